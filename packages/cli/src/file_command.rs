//! What the commands share that answer one JSON file: their arguments, and what may go wrong.

use std::path::{Path, PathBuf};

use defenders_allocation::AllocationError;

use crate::input::{FileError, InputError};
use crate::output::OutputError;
use crate::terminal::ViewArgs;

/// Which file, and how to show the result.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The numbers to answer, as JSON; - is standard input.
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,

    #[command(flatten)]
    pub view: ViewArgs,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FileCommandError {
    /// The file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Numbers that are each valid and jointly infeasible.
pub fn impossible(error: &AllocationError, file: &Path) -> FileError {
    let error = InputError::Impossible {
        path: "top level".to_string(),
        reason: error.to_string(),
    };
    error.in_file(file)
}
