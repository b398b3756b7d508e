//! Why a question has no answer.

use thiserror::Error;

use crate::spread::SpreadError;

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
