//! What can go wrong between a test and its chain.

use std::path::PathBuf;

/// Result of whatever asks the program.
pub type Outcome<T> = Result<T, Error>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program is not where it was looked for.
    #[error("{} is missing: build it with tests/wasmd/build.sh of its checkout, or name it in WASMD_CHAIN", path.display())]
    ProgramMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The system did not start the program.
    #[error("{} did not start: {source}", path.display())]
    NotStarted {
        /// The program.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The program ended instead of answering.
    #[error("the real chain died of {request}")]
    Died {
        /// What was asked, cut short.
        request: String,
    },
    /// The program did not serve a request, which has changed nothing.
    #[error("{name}: {message}, asked {request}")]
    Unserved {
        /// The condition, one of the protocol's names.
        name: String,
        /// Its numbers.
        message: String,
        /// What was asked, cut short.
        request: String,
    },
    /// The chain refused a transaction.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// An answer is not what the protocol says, or a message no JSON.
    #[error("{what}: {source}")]
    Json {
        /// What was read or written.
        what: &'static str,
        /// What the reader said.
        source: serde_json::Error,
    },
    /// A part of an answer is not what the chain's own types say.
    #[error("{found} is no {wanted}")]
    Malformed {
        /// What was expected.
        wanted: &'static str,
        /// What was there.
        found: String,
    },
}

/// A transaction that the chain refused, as it tells it. Its block is made, and its fee is paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("codespace: {codespace}, code: {code}: {log}")]
pub struct Refused {
    /// The module that refused.
    pub codespace: String,
    /// Its number for the reason.
    pub code: u32,
    /// Its words.
    pub log: String,
    /// Gas used until then.
    pub gas_used: u64,
}

impl Error {
    /// Whether the program did not serve the request, for this reason.
    pub fn is_unserved(&self, reason: &str) -> bool {
        matches!(self, Self::Unserved { name, .. } if name == reason)
    }

    /// The chain's refusal of a transaction, if that is what it is.
    pub fn refused(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            _ => None,
        }
    }
}
