//! What can go wrong in `defenders keys`.

use defenders_node::keys::{KeyError, KeyName};

use crate::config::ConfigError;
use crate::input::FileError;
use crate::output::OutputError;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Of a key or keyring.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Nobody said yes.
    #[error("the key {0} stays: nobody said yes; --yes deletes without asking")]
    Unconfirmed(KeyName),
    /// A new mnemonic would go into a file or a log.
    #[error(
        "standard error is no terminal, where a new mnemonic would be shown: --mnemonic-out names a file for it"
    )]
    NowhereToShow,
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}
