//! Why something is no proposal.

/// What is wrong with it. Places are paths such as `proposal.msgs`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InspectError {
    /// Something else, which people have in its place.
    #[error("this is {what}: {instead}")]
    LooksLike {
        /// What it looks like.
        what: &'static str,
        /// What to give instead.
        instead: &'static str,
    },
    /// A field that has no default.
    #[error("{path}: the field is missing")]
    Missing {
        /// Where.
        path: String,
    },
    /// There is no proposal in it.
    #[error("{path}: {reason}")]
    Impossible {
        /// Where.
        path: String,
        /// Why.
        reason: String,
    },
    /// A line of a list of checksums that begins with something else.
    #[error("line {line}: expected {expected}, found {found:?}")]
    NoChecksum {
        /// Counted from 1.
        line: usize,
        /// What has to be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
}
