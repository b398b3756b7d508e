//! Standard output: one text, or one JSON object.

use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// How many texts standard output took.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

/// Writes to standard output. Who reads it may stop reading.
pub fn print(text: &str) -> Result<(), OutputError> {
    let mut output = io::stdout();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Ok(()) => {
            TAKEN.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// How many texts standard output took: whoever must know that something was told compares before and after.
pub fn count_taken() -> usize {
    TAKEN.load(Ordering::Relaxed)
}
