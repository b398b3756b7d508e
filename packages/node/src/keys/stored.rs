//! What is known of keys without their passphrase.

use super::error::KeyError;
use super::file::KeyFile;
use super::name::KeyName;
use super::path::HdPath;
use super::private_key::PublicKey;

/// What is known of a key without its passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// Its name.
    pub name: KeyName,
    /// Where it was derived; none of a raw private key.
    pub path: Option<HdPath>,
    /// Its public half.
    pub public_key: PublicKey,
}

/// All keys of a keyring.
#[derive(Debug, Default)]
pub struct Listing {
    /// By name.
    pub keys: Vec<StoredKey>,
    /// Why others cannot be told.
    pub unreadable: Vec<KeyError>,
}

impl KeyFile {
    /// What is known of it without its passphrase.
    pub(super) fn to_stored(&self) -> StoredKey {
        StoredKey {
            name: self.name.clone(),
            path: self.path,
            public_key: self.public_key,
        }
    }
}
