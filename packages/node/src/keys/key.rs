//! A key that is ready to sign for one chain.

use std::fmt;

use cosmrs::crypto::PublicKey;
use cosmrs::crypto::secp256k1::SigningKey;

use super::name::KeyName;

/// A key that signs. The private half is wiped from memory when dropped, and never shown.
pub struct Key {
    name: KeyName,
    prefix: String,
    address: String,
    signing_key: SigningKey,
}

impl Key {
    pub(super) fn new(
        name: KeyName,
        prefix: String,
        address: String,
        signing_key: SigningKey,
    ) -> Self {
        Self {
            name,
            prefix,
            address,
            signing_key,
        }
    }

    /// Its name in the keyring.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// What addresses of the chain begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The account's address on the chain.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// As transactions name it.
    pub fn public_key(&self) -> PublicKey {
        self.signing_key.public_key()
    }

    /// What signs.
    pub fn signing_key(&self) -> &SigningKey {
        &self.signing_key
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, {})", self.name, self.address)
    }
}
