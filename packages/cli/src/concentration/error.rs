//! What can go wrong in `defenders concentration`.

use defenders_allocation::AllocationError;

use crate::input::FileError;
use crate::output::OutputError;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ConcentrationError {
    /// A file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// Numbers that are each valid, jointly infeasible.
    #[error(transparent)]
    Impossible(#[from] AllocationError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}
