//! Where a result is shown, and how much of it.

use super::amounts::{Denom, Unit};

/// When nobody says how wide the terminal is.
pub const WIDTH: usize = 80;
/// Narrower ones would show nothing.
const LEAST_WIDTH: usize = 40;

/// A place to show results.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether everything is shown, however wide.
    pub is_full: bool,
    /// Rows of the longest tables, if the user said so; 0 means all.
    pub top: Option<usize>,
    /// In what amounts are shown.
    pub unit: Unit,
}

impl Screen {
    /// One that shows amounts in the chain's unit, or in base units.
    pub fn new(width: usize, is_full: bool, top: Option<usize>, denom: Option<Denom>) -> Self {
        Self {
            width,
            is_full,
            top,
            unit: Unit::new(denom, is_full),
        }
    }

    /// How many of `rows` rows to show; `usually` unless the user said another number.
    pub fn top(&self, rows: usize, usually: usize) -> usize {
        match self.top.unwrap_or(usually) {
            0 => rows,
            most => most.min(rows),
        }
    }

    /// Words, broken into lines.
    pub fn wrap(&self, text: &str) -> String {
        textwrap::fill(text, self.width)
    }
}

/// A text behind a label, broken into lines that begin where its first one does.
pub fn hang(label: &str, text: &str, width: usize) -> String {
    let next = " ".repeat(label.chars().count());
    let options = textwrap::Options::new(width)
        .initial_indent(label)
        .subsequent_indent(&next)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

/// That of the terminal when standard output is one, else that of `COLUMNS`, else 80.
pub fn find_width() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    let terminal = terminal.map(|(width, _)| usize::from(width.0));
    let columns = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
    let width = terminal.or_else(columns).filter(|width| *width > 0);
    width.unwrap_or(WIDTH).max(LEAST_WIDTH)
}
