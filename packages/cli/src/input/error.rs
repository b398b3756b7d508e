//! Why a file cannot be used.

use std::io;
use std::path::Path;

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {source}")]
pub struct FileError {
    /// The file as named.
    pub file: String,
    /// What is wrong with it.
    pub source: InputError,
}

/// What is wrong with an input. Places are paths such as `validators[3].groups[1]`, counted from 0.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Text is UTF-8.
    #[error("not valid UTF-8 at line {line} column {column}")]
    Encoding {
        /// Counted from 1.
        line: usize,
        /// In bytes, counted from 1.
        column: usize,
    },
    /// It breaks the grammar; the message ends with line and column.
    #[error("not valid JSON: {0}")]
    Syntax(#[from] serde_json::Error),
    /// A table that begins otherwise.
    #[error("line 1: expected the header {header:?}, found {found:?}")]
    Header {
        /// The names of its fields.
        header: String,
        /// The first line.
        found: String,
    },
    /// A line of a table with too few or too many fields.
    #[error("{path}: expected {expected} fields, found {found}")]
    Cells {
        /// Which line.
        path: String,
        /// Fields of the table.
        expected: usize,
        /// Fields of the line.
        found: usize,
    },
    /// A value of another kind or outside its range.
    #[error("{path}: expected {expected}, found {found}")]
    Wrong {
        /// Where.
        path: String,
        /// What has to be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A field that nothing would read.
    #[error("{path}: unknown field, known here are {known}")]
    UnknownField {
        /// Where.
        path: String,
        /// Fields of this object.
        known: String,
    },
    /// One field, two values.
    #[error("{path}: the field is given twice")]
    FieldTwice {
        /// Where.
        path: String,
    },
    /// A field that has no default.
    #[error("{path}: the field is missing")]
    Missing {
        /// Where.
        path: String,
    },
    /// A name that has to be unique.
    #[error("{path}: {name:?} is given twice, first at {first}")]
    Duplicate {
        /// Where.
        path: String,
        /// The name.
        name: String,
        /// Where it was first.
        first: String,
    },
    /// A name that stands for nothing.
    #[error("{path}: there is no {kind} {name:?}")]
    Unknown {
        /// Where.
        path: String,
        /// Of what it should be the name.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// All of the above can be right and the numbers still have no answer.
    #[error("{path}: {reason}")]
    Impossible {
        /// Where.
        path: String,
        /// Why.
        reason: String,
    },
}

impl InputError {
    /// The same, with the file.
    pub fn in_file(self, file: &Path) -> FileError {
        FileError {
            file: file.display().to_string(),
            source: self,
        }
    }
}
