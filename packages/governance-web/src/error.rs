//! Why a question has no answer.

use thiserror::Error;

/// Why a question has no answer.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum GovernanceError {
    /// It is not what is asked here.
    #[error("what the page asks is not understood: {what}")]
    NotJson {
        /// The decoder's words.
        what: String,
    },
    /// A list of checksums of something else.
    #[error(
        "this is no list of checksums: each line is a SHA-256, two spaces and a file, as in checksums.txt of a release"
    )]
    NoChecksums,
}
