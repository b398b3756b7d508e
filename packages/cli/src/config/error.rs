//! What can be wrong with the settings.

use std::path::PathBuf;

use defenders_node::keys::KeyError;

use super::field::Field;
use super::origin::Origin;
use crate::input::FileError;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// `defenders.toml` breaks its grammar, or says what nothing would read.
    #[error("{}:{line}: {reason}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A value out of its range.
    #[error("{}: {reason}", tell_place(*field, from))]
    Value {
        /// Which setting.
        field: Field,
        /// Who said so.
        from: Origin,
        /// What is wrong with it.
        reason: String,
    },
    /// Values that are each valid and contradict each other.
    #[error("{}, from {from}, and {}, from {other_from}: {reason}", field.name(), other.name())]
    Contradiction {
        /// One setting.
        field: Field,
        /// Who said so.
        from: Origin,
        /// The other.
        other: Field,
        /// Who said that.
        other_from: Origin,
        /// What is between them.
        reason: String,
    },
    /// Needed, and nobody said it.
    #[error("{} is needed: give {}", field.name(), field.tell_ways())]
    Missing {
        /// Which setting.
        field: Field,
    },
    /// Without a home folder there is no place by default.
    #[error("there is no home folder to look for keys in: give {}", Field::Keyring.tell_ways())]
    NoHome,
    /// Nor to remember what is under way.
    #[error(
        "there is no home folder to keep notes of what is under way in: give {}",
        Field::State.tell_ways()
    )]
    NoState,
    /// Nobody is there to be asked.
    #[error(
        "the keyring {} is encrypted, and there is no terminal to ask for the passphrase: give {}",
        folder.display(),
        Field::PassphraseFile.tell_ways()
    )]
    NobodyToAsk {
        /// Of the keyring.
        folder: PathBuf,
    },
    /// The terminal did not answer.
    #[error("the passphrase cannot be read: {0}")]
    Prompt(std::io::Error),
    /// Of a key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// An option, or a variable of the environment, names its setting already; a file holds several.
fn tell_place(field: Field, from: &Origin) -> String {
    match from {
        Origin::Flag(_) | Origin::Variable(_) => from.to_string(),
        _ => format!("{from}: {}", field.name()),
    }
}
