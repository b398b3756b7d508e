//! A part of the page: a title, a sentence that says what is shown, a picture, its table.

use super::table::Table;
use super::text::{escape, keep_percents};
use crate::terminal::count;

/// How a series is drawn.
#[derive(Clone, Copy, Debug)]
pub enum Drawn {
    /// By a line.
    Line,
    /// By bars.
    Bar,
}

/// A part of the page.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// What it shows.
    pub says: String,
    /// An SVG element; empty where there is none.
    pub picture: String,
    /// Class, how drawn, name of each series of the picture.
    pub keys: Vec<(&'static str, Drawn, String)>,
    /// The picture's numbers, and others that belong to it, each with its name.
    pub tables: Vec<(&'static str, Table)>,
}

impl Section {
    /// The element.
    pub fn render(&self) -> String {
        let mut html = format!(
            "<section>\n<h2>{}</h2>\n<p>{}</p>\n",
            escape(&self.title),
            escape(&keep_percents(&self.says))
        );
        if !self.picture.is_empty() {
            html += &format!(
                "<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n",
                self.picture,
                self.keys.iter().map(render_key).collect::<String>()
            );
        }
        for (name, table) in &self.tables {
            html += &format!(
                "<details>\n<summary>{name}: table, {}</summary>\n{}</details>\n",
                count(table.len(), "row", "rows"),
                table.render()
            );
        }
        html + "</section>\n"
    }
}

fn render_key((class, drawn, name): &(&str, Drawn, String)) -> String {
    let sign = match drawn {
        Drawn::Line => format!("<path class=\"line {class}\" d=\"M0 6H28\"/>"),
        Drawn::Bar => format!("<rect class=\"bar {class}\" x=\"8\" width=\"12\" height=\"12\"/>"),
    };
    format!(
        "<span class=\"key\"><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\">{sign}</svg> {}</span>",
        escape(name)
    )
}
