//! Why a question has no answer.

use defenders_allocation::AllocationError;
use defenders_client::input::InputError;
use thiserror::Error;

/// Why a question has no answer.
#[derive(Debug, Error)]
pub enum ClientError {
    /// It is not what is asked here.
    #[error("not understood: {what}")]
    NotJson {
        /// The decoder's words.
        what: String,
    },
    /// A list of checksums of something else.
    #[error(
        "this is no list of checksums: each line is a SHA-256, two spaces and a file, as in checksums.txt of a release"
    )]
    NoChecksums,
    /// No plan.
    #[error(transparent)]
    Spread(#[from] SpreadError),
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum SpreadError {
    /// A list that cannot be read.
    #[error(transparent)]
    List(#[from] InputError),
    /// Numbers that do not fit.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
}
