//! Why a file cannot be used: one wording for one condition, whatever the file is for.

use std::io;
use std::path::Path;

use crate::inspect::InspectError;

const STANDARD_INPUT: &str = "-";

/// The file as it is named in messages and reports.
pub fn file_name(file: &Path) -> String {
    match is_standard_input(file) {
        true => "standard input".to_string(),
        false => file.display().to_string(),
    }
}

/// Whether this names standard input.
pub fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == STANDARD_INPUT
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {source}")]
pub struct FileError {
    /// The file as named.
    pub file: String,
    /// What is wrong with it.
    pub source: InputError,
}

/// What is wrong with an input. Places are paths such as `validators[3].groups[1]`, counted from 0;
/// lines, pages and validators of a set are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is to be written, and cannot be.
    #[error("cannot be written: {0}")]
    Unwritable(io::Error),
    /// Standard input ends once.
    #[error("standard input is asked for twice: give one of them as a file")]
    StandardInputTwice,
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
    /// Something else, which people have in its place.
    #[error("{path}this is {what}: {instead}")]
    LooksLike {
        /// Where; empty, or with a colon and a space behind it.
        path: String,
        /// What it looks like.
        what: String,
        /// What to give instead.
        instead: &'static str,
    },
    /// A table that begins otherwise.
    #[error("line 1: expected the header {header:?}, found {found:?}{hint}")]
    Header {
        /// The names of its fields.
        header: String,
        /// The first line.
        found: String,
        /// What may be the reason; empty, or with a colon before it.
        hint: &'static str,
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
    /// The same where the right name can be guessed, or told.
    #[error("{path}: there is no {kind} {name:?}{hint}")]
    Misnamed {
        /// Where.
        path: String,
        /// Of what it should be the name.
        kind: &'static str,
        /// The name.
        name: String,
        /// What may be meant; empty, or with a comma before it.
        hint: String,
    },
    /// A set without a validator.
    #[error("the set is empty: no validator in it")]
    EmptySet,
    /// A set in which nobody could sign a block.
    #[error(
        "{}",
        match validators {
            1 => "the only validator is not bonded, or jailed, or has no tokens".to_string(),
            _ => format!("none of the {validators} validators is bonded, unjailed and has tokens"),
        }
    )]
    NoneBonded {
        /// Validators in the set.
        validators: usize,
    },
    /// No chain has that much.
    #[error("{path}: the tokens up to here add up to more than 10^33")]
    TooManyTokens {
        /// Where.
        path: String,
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
            file: file_name(file),
            source: self,
        }
    }

    /// Something else, which people have in the place of a whole file.
    pub fn looks_like(what: impl Into<String>, instead: &'static str) -> Self {
        Self::LooksLike {
            path: String::new(),
            what: what.into(),
            instead,
        }
    }
}

impl From<InspectError> for InputError {
    fn from(error: InspectError) -> Self {
        match error {
            InspectError::LooksLike { what, instead } => Self::looks_like(what, instead),
            InspectError::Missing { path } => Self::Missing { path },
            InspectError::Impossible { path, reason } => Self::Impossible { path, reason },
            InspectError::NoChecksum {
                line,
                expected,
                found,
            } => Self::Wrong {
                path: format!("line {line}"),
                expected,
                found: format!("{found:?}"),
            },
        }
    }
}
