//! Why the development chain did not do it.

use defenders_node::NodeError;
use defenders_node::keys::KeyError;

use crate::input::FileError;
use crate::output::OutputError;

/// Why the development chain did not do it.
#[derive(Debug, thiserror::Error)]
pub enum DevnetError {
    /// A file is wrong.
    #[error(transparent)]
    File(#[from] FileError),
    /// The user can mend it, in words.
    #[error("{0}")]
    Impossible(String),
    /// It is not running.
    #[error(
        "no development chain runs in {home}: start it with `defenders devnet start --home {home}`"
    )]
    NotRunning {
        /// Its folder.
        home: String,
    },
    /// What is needed to build node or page is not there.
    #[error("{what} is needed for a build, and is not there: {advice}")]
    Needed {
        /// A program.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A program that was started did not come to a good end.
    #[error("{what} failed: {reason}")]
    Failed {
        /// Which.
        what: String,
        /// Why, with where more is told.
        reason: String,
    },
    /// A file of the chain's folder.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The node refused.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// A key cannot be kept.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl DevnetError {
    /// Whether the user can mend it.
    pub fn is_of_user(&self) -> bool {
        match self {
            DevnetError::File(_)
            | DevnetError::Impossible(_)
            | DevnetError::NotRunning { .. }
            | DevnetError::Needed { .. }
            | DevnetError::Key(_) => true,
            // the node says which name or time it does not know
            DevnetError::Node(error) => matches!(error, NodeError::Refused { .. }),
            DevnetError::Failed { .. } | DevnetError::Io { .. } | DevnetError::Output(_) => false,
        }
    }

    /// A word for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            DevnetError::File(_) => "file",
            DevnetError::Impossible(_)
            | DevnetError::NotRunning { .. }
            | DevnetError::Needed { .. } => "arguments",
            DevnetError::Key(_) => "key",
            DevnetError::Node(_) => "node",
            DevnetError::Output(_) => "output",
            DevnetError::Failed { .. } | DevnetError::Io { .. } => "broken",
        }
    }
}
