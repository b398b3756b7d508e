//! Why a command did not come to a good end, and how that is told.

use crate::concentration::ConcentrationError;
use crate::config::ConfigError;
use crate::devnet::DevnetError;
use crate::file_command::FileCommandError;
use crate::input::FileError;
use crate::keys::KeysError;
use crate::notice::{self, Failure};
use crate::output::OutputError;
use crate::session::SessionError;
use crate::simulate::SimulateError;

/// Why a command did not come to a good end.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum CommandError {
    /// The arguments are wrong.
    Arguments(#[from] clap::Error),
    /// Of `simulate`.
    Simulate(#[from] SimulateError),
    /// Of the commands that answer a file.
    FileCommand(#[from] FileCommandError),
    /// Of `concentration`.
    Concentration(#[from] ConcentrationError),
    /// Of `keys`.
    Keys(#[from] KeysError),
    /// Of the settings.
    Config(#[from] ConfigError),
    /// The result cannot be written.
    Output(#[from] OutputError),
    /// Of the commands that speak to a chain.
    Session(Box<SessionError>),
    /// Of `devnet`.
    Devnet(#[from] DevnetError),
}

impl From<SessionError> for CommandError {
    fn from(error: SessionError) -> Self {
        Self::Session(Box::new(error))
    }
}

/// What all commands can meet.
enum Cause<'a> {
    Arguments(String),
    File(&'a FileError),
    Impossible(String),
    Config(String),
    Key(String),
    Output(&'a OutputError),
    Invariants(String),
    Session(&'a SessionError),
    Devnet(&'a DevnetError),
    Broken(String),
}

impl CommandError {
    /// 2 when the user can mend it, else 1.
    pub fn exit_status(&self) -> u8 {
        match self.cause() {
            Cause::Arguments(_)
            | Cause::File(_)
            | Cause::Impossible(_)
            | Cause::Config(_)
            | Cause::Key(_) => 2,
            Cause::Session(error) => match error.is_of_user() {
                true => 2,
                false => 1,
            },
            Cause::Devnet(error) => match error.is_of_user() {
                true => 2,
                false => 1,
            },
            Cause::Output(_) | Cause::Invariants(_) | Cause::Broken(_) => 1,
        }
    }

    /// Says it on standard error.
    pub fn tell(&self) {
        let (kind, file, message) = match self.cause() {
            Cause::Arguments(message) => ("arguments", None, message),
            Cause::File(error) => ("file", Some(error.file.as_str()), error.source.to_string()),
            Cause::Impossible(message) => ("arguments", None, message),
            Cause::Config(message) => ("config", None, message),
            Cause::Key(message) => ("key", None, message),
            Cause::Output(error) => ("output", None, error.to_string()),
            Cause::Invariants(message) => ("invariants", None, message),
            Cause::Devnet(error) => (error.kind(), None, error.to_string()),
            Cause::Session(error) => (error.kind(), None, error.to_string()),
            Cause::Broken(message) => ("broken", None, message),
        };
        notice::fail(&Failure {
            status: self.exit_status(),
            kind,
            file,
            message: &message,
        });
    }

    fn cause(&self) -> Cause<'_> {
        match self {
            CommandError::Arguments(error) => Cause::Arguments(tell_arguments(error)),
            CommandError::Simulate(error) => match error {
                SimulateError::File(error) => Cause::File(error),
                SimulateError::Output(error) => Cause::Output(error),
                SimulateError::Violated { .. } => Cause::Invariants(error.to_string()),
                SimulateError::Broken(error) => Cause::Broken(format!("{error:#}")),
            },
            CommandError::FileCommand(error) => match error {
                FileCommandError::File(error) => Cause::File(error),
                FileCommandError::Output(error) => Cause::Output(error),
            },
            CommandError::Concentration(error) => match error {
                ConcentrationError::File(error) => Cause::File(error),
                ConcentrationError::Impossible(error) => Cause::Impossible(error.to_string()),
                ConcentrationError::NoSource | ConcentrationError::Deposit(_) => {
                    Cause::Impossible(error.to_string())
                }
                ConcentrationError::Session(error) => cause_of_session(error),
                ConcentrationError::Output(error) => Cause::Output(error),
            },
            CommandError::Keys(error) => match error {
                KeysError::Config(error) => cause_of_config(error),
                KeysError::Key(error) => Cause::Key(error.to_string()),
                KeysError::File(error) => Cause::File(error),
                KeysError::Unconfirmed(_) | KeysError::NowhereToShow => {
                    Cause::Impossible(error.to_string())
                }
                KeysError::Output(error) => Cause::Output(error),
            },
            CommandError::Config(error) => cause_of_config(error),
            CommandError::Output(error) => Cause::Output(error),
            CommandError::Devnet(DevnetError::File(error)) => Cause::File(error),
            CommandError::Devnet(error) => Cause::Devnet(error),
            CommandError::Session(error) => cause_of_session(error),
        }
    }
}

fn cause_of_session(error: &SessionError) -> Cause<'_> {
    match error {
        SessionError::Config(error) => cause_of_config(error),
        SessionError::File(error) => Cause::File(error),
        error => Cause::Session(error),
    }
}

fn cause_of_config(error: &ConfigError) -> Cause<'_> {
    match error {
        ConfigError::File(error) => Cause::File(error),
        ConfigError::Key(error) => Cause::Key(error.to_string()),
        _ => Cause::Config(error.to_string()),
    }
}

/// What clap says, without what is the same for all errors.
fn tell_arguments(error: &clap::Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    text.trim_end().to_string()
}
