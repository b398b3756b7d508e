//! Keys that sign: from mnemonics and private keys, kept in a folder under a passphrase.

mod cipher;
mod error;
mod file;
mod key;
mod keyring;
mod mnemonic;
mod name;
mod passphrase;
mod path;
mod private_key;
mod stored;
#[cfg(test)]
mod tests;

pub use error::KeyError;
pub use key::Key;
pub use keyring::Keyring;
pub use mnemonic::Mnemonic;
pub use name::{KeyName, NoKeyName};
pub use passphrase::{LEAST_PASSPHRASE, Passphrase};
pub use path::HdPath;
pub use private_key::{KEY_TYPE, PrivateKey, PublicKey};
pub use stored::{Listing, StoredKey};
