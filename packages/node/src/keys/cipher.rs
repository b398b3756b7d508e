//! Encrypting a private key under a passphrase: argon2id, then chacha20poly1305.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::{Aead, OsRng, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::passphrase::Passphrase;

/// Bytes of a salt.
pub const SALT: usize = 16;
/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of an encrypted private key.
pub const CIPHERTEXT: usize = 32 + 16;

/// What it costs to try one passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory, KiB.
    pub m: u32,
    /// Passes over it.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl Cost {
    /// The second choice of RFC 9106, on one lane.
    pub const USUAL: Cost = Cost {
        m: 64 * 1024,
        t: 3,
        p: 1,
    };
    /// A file that asks for more would only keep the machine busy.
    const MOST: Cost = Cost {
        m: 256 * 1024,
        t: 16,
        p: 4,
    };

    fn to_params(self) -> Option<Params> {
        let most = Self::MOST;
        let is_bearable = self.m <= most.m && self.t <= most.t && self.p <= most.p;
        Params::new(self.m, self.t, self.p, Some(32))
            .ok()
            .filter(|_| is_bearable)
    }

    /// Whether a key can be derived at this cost.
    pub fn is_possible(self) -> bool {
        self.to_params().is_some()
    }
}

/// What is needed beside the passphrase.
#[derive(Clone, Copy)]
pub struct Sealing {
    pub cost: Cost,
    pub salt: [u8; SALT],
    pub nonce: [u8; NONCE],
}

impl Sealing {
    /// With new salt and nonce.
    pub fn new(cost: Cost) -> Result<Self, KeyError> {
        let mut sealing = Self {
            cost,
            salt: [0; SALT],
            nonce: [0; NONCE],
        };
        for bytes in [&mut sealing.salt[..], &mut sealing.nonce[..]] {
            OsRng.try_fill_bytes(bytes).map_err(failed)?;
        }
        Ok(sealing)
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<ChaCha20Poly1305, KeyError> {
        let params = self
            .cost
            .to_params()
            .ok_or_else(|| failed("the cost is out of bounds"))?;
        let mut key = Zeroizing::new([0u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &self.salt, key.as_mut_slice())
            .map_err(failed)?;
        Ok(ChaCha20Poly1305::new(&(*key).into()))
    }

    /// Encrypts a private key, bound to what is said of it.
    pub fn seal(
        &self,
        passphrase: &Passphrase,
        secret: &[u8; 32],
        said: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let payload = Payload {
            msg: secret,
            aad: said,
        };
        let cipher = self.cipher(passphrase)?;
        cipher.encrypt(&self.nonce.into(), payload).map_err(failed)
    }

    /// Decrypts it. `None` when the passphrase or what is said of it is another one.
    pub fn open(
        &self,
        passphrase: &Passphrase,
        ciphertext: &[u8],
        said: &[u8],
    ) -> Result<Option<Zeroizing<[u8; 32]>>, KeyError> {
        let payload = Payload {
            msg: ciphertext,
            aad: said,
        };
        let cipher = self.cipher(passphrase)?;
        let Ok(opened) = cipher.decrypt(&self.nonce.into(), payload) else {
            return Ok(None);
        };
        let opened = Zeroizing::new(opened);
        let mut secret = Zeroizing::new([0u8; 32]);
        let is_whole = opened.len() == secret.len();
        if is_whole {
            secret.copy_from_slice(&opened);
        }
        Ok(is_whole.then_some(secret))
    }
}

fn failed(reason: impl ToString) -> KeyError {
    KeyError::Machine {
        reason: reason.to_string(),
    }
}
