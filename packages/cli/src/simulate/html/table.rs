//! Tables of the page.

use super::text::{escape, keep_percents};

/// A column: names, which may be broken anywhere, words, which may not, or numbers, which stand at the
/// right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Names of any length.
    Names(&'static str),
    /// Short words.
    Words(&'static str),
    /// Numbers and amounts.
    Number(&'static str),
}

/// A table in the making. All text is escaped here.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// One with these columns and no rows.
    pub fn new(caption: impl Into<String>, columns: &[Column]) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, with a cell for each column.
    pub fn add<const N: usize>(&mut self, cells: [String; N]) {
        self.rows
            .push(cells.map(|cell| keep_percents(&cell)).into());
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The element.
    pub fn render(&self) -> String {
        let mut html = format!(
            "<table>\n<caption>{}</caption>\n<thead><tr>",
            escape(&self.caption)
        );
        for column in &self.columns {
            html += &match column {
                Column::Names(name) | Column::Words(name) => {
                    format!("<th scope=\"col\">{}</th>", escape(name))
                }
                Column::Number(name) => {
                    format!("<th scope=\"col\" class=\"n\">{}</th>", escape(name))
                }
            };
        }
        html += "</tr></thead>\n<tbody>\n";
        for row in &self.rows {
            html += "<tr>";
            for (cell, column) in row.iter().zip(&self.columns) {
                html += &match column {
                    Column::Names(_) => format!("<td>{}</td>", escape(cell)),
                    Column::Words(_) => format!("<td class=\"w\">{}</td>", escape(cell)),
                    Column::Number(_) => format!("<td class=\"n\">{}</td>", escape(cell)),
                };
            }
            html += "</tr>\n";
        }
        html + "</tbody>\n</table>\n"
    }
}
