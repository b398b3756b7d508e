//! Why a command did not come to a good end, and how that is told.

use crate::concentration::ConcentrationError;
use crate::file_command::FileCommandError;
use crate::input::FileError;
use crate::notice::{self, Failure};
use crate::output::OutputError;
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
}

/// What all commands can meet.
enum Cause<'a> {
    Arguments(String),
    File(&'a FileError),
    Impossible(String),
    Output(&'a OutputError),
    Invariants(String),
    Broken(String),
}

impl CommandError {
    /// 2 when the user can mend it, else 1.
    pub fn exit_status(&self) -> u8 {
        match self.cause() {
            Cause::Arguments(_) | Cause::File(_) | Cause::Impossible(_) => 2,
            Cause::Output(_) | Cause::Invariants(_) | Cause::Broken(_) => 1,
        }
    }

    /// Says it on standard error.
    pub fn tell(&self) {
        let (kind, file, message) = match self.cause() {
            Cause::Arguments(message) => ("arguments", None, message),
            Cause::File(error) => ("file", Some(error.file.as_str()), error.source.to_string()),
            Cause::Impossible(message) => ("arguments", None, message),
            Cause::Output(error) => ("output", None, error.to_string()),
            Cause::Invariants(message) => ("invariants", None, message),
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
                ConcentrationError::Output(error) => Cause::Output(error),
            },
        }
    }
}

/// What clap says, without what is the same for all errors.
fn tell_arguments(error: &clap::Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    text.trim_end().to_string()
}
