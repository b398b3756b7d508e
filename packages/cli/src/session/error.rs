//! Why a command that speaks to a chain did not come to a good end.

use defenders_node::NodeError;
use defenders_node::send::{SendError, UnsignedError};

use crate::config::ConfigError;
use crate::input::FileError;
use crate::output::OutputError;

/// Why a command that speaks to a chain did not come to a good end.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file is wrong.
    #[error(transparent)]
    File(#[from] FileError),
    /// What the user wants cannot be: in words, with what to do.
    #[error("{0}")]
    Impossible(String),
    /// The address is of no vault.
    #[error("{address} is no vault of the Defenders: {reason}; check --vault")]
    NoVault {
        /// As given.
        address: String,
        /// Why.
        reason: String,
    },
    /// The chain cannot be asked, or refused a question.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// It was not sent, or not carried out.
    #[error(transparent)]
    Send(#[from] SendError),
    /// Of a file with a transaction.
    #[error(transparent)]
    Unsigned(#[from] UnsignedError),
    /// The user said no.
    #[error("not confirmed: nothing was sent")]
    NotConfirmed,
    /// Nobody is there to be asked.
    #[error(
        "there is no terminal to ask on: nothing was sent; give --yes to send without asking, or --dry-run"
    )]
    NobodyToAsk,
    /// A file cannot be written.
    #[error("{file}: {error}")]
    Unwritable {
        /// Which.
        file: String,
        /// Why.
        error: std::io::Error,
    },
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A message or an answer is not what it should be.
    #[error("{0}")]
    Broken(String),
}

impl SessionError {
    /// Whether the user can mend it: then nothing was sent.
    pub fn is_of_user(&self) -> bool {
        match self {
            SessionError::Config(_)
            | SessionError::File(_)
            | SessionError::Impossible(_)
            | SessionError::NoVault { .. }
            | SessionError::NobodyToAsk => true,
            SessionError::Node(error) => error.is_of_user(),
            SessionError::Send(error) => is_send_of_user(error),
            SessionError::Unsigned(UnsignedError::Send(error)) => is_send_of_user(error),
            SessionError::Unsigned(_) => true,
            SessionError::NotConfirmed
            | SessionError::Unwritable { .. }
            | SessionError::Output(_)
            | SessionError::Broken(_) => false,
        }
    }

    /// A word for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            SessionError::Config(_) => "config",
            SessionError::File(_) => "file",
            SessionError::Impossible(_)
            | SessionError::NoVault { .. }
            | SessionError::NobodyToAsk => "arguments",
            SessionError::Node(_) => "node",
            SessionError::Send(error) | SessionError::Unsigned(UnsignedError::Send(error)) => {
                kind_of_send(error)
            }
            SessionError::Unsigned(_) => "file",
            SessionError::NotConfirmed => "not_confirmed",
            SessionError::Unwritable { .. } | SessionError::Output(_) => "output",
            SessionError::Broken(_) => "broken",
        }
    }
}

fn is_send_of_user(error: &SendError) -> bool {
    match error {
        SendError::Node(error) => error.is_of_user(),
        SendError::WouldFail { .. }
        | SendError::TooDear { .. }
        | SendError::NoPrice
        | SendError::FeeOverflow { .. }
        | SendError::CannotPay { .. }
        | SendError::CannotPayBoth { .. }
        | SendError::RefusedAtDoor { .. }
        | SendError::WrongSigner { .. }
        | SendError::Key { .. } => true,
        SendError::Journal(_)
        | SendError::Failed { .. }
        | SendError::OutOfGas { .. }
        | SendError::Waiting { .. }
        | SendError::Undecided { .. }
        | SendError::Expired { .. }
        | SendError::Displaced { .. } => false,
    }
}

fn kind_of_send(error: &SendError) -> &'static str {
    match error {
        SendError::Node(_) => "node",
        SendError::Journal(_) => "journal",
        SendError::Failed { .. } | SendError::OutOfGas { .. } => "failed",
        SendError::Waiting { .. } => "waiting",
        SendError::Undecided { .. } => "undecided",
        SendError::Expired { .. } | SendError::Displaced { .. } => "not_included",
        SendError::WouldFail { .. }
        | SendError::TooDear { .. }
        | SendError::NoPrice
        | SendError::FeeOverflow { .. }
        | SendError::CannotPay { .. }
        | SendError::CannotPayBoth { .. }
        | SendError::RefusedAtDoor { .. }
        | SendError::WrongSigner { .. }
        | SendError::Key { .. } => "refused",
    }
}
