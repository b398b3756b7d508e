//! What can go wrong in `defenders concentration`.

use defenders_allocation::AllocationError;

use crate::config::Field;
use crate::input::FileError;
use crate::output::OutputError;
use crate::session::SessionError;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ConcentrationError {
    /// A file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// Numbers that are each valid, jointly infeasible.
    #[error(transparent)]
    Impossible(#[from] AllocationError),
    /// Neither a set nor a node.
    #[error(
        "no stakes are named: give --set, --validators, or a node with {ways}",
        ways = Field::Nodes.tell_ways()
    )]
    NoSource,
    /// An amount that is none.
    #[error("--deposit: {0}")]
    Deposit(String),
    /// The chain cannot be asked.
    #[error(transparent)]
    Session(Box<SessionError>),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl From<SessionError> for ConcentrationError {
    fn from(error: SessionError) -> Self {
        Self::Session(Box::new(error))
    }
}
