//! Standard output: one text, or one JSON object.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

/// Standard output did not take it.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// It cannot be written to.
    #[error("standard output: {0}")]
    Closed(#[from] io::Error),
    /// The report cannot be told as JSON.
    #[error("report: {0}")]
    Json(#[from] serde_json::Error),
}

/// A report as a JSON object that ends with a newline.
pub fn to_json(report: &impl Serialize) -> Result<String, OutputError> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}

/// Writes to standard output. Who reads it may stop reading.
pub fn print(text: &str) -> Result<(), OutputError> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
