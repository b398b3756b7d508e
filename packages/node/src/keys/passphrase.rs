//! Passphrases.

use std::fmt;

use zeroize::Zeroizing;

use super::error::KeyError;

/// The fewest characters of a passphrase.
pub const LEAST_PASSPHRASE: usize = 12;

/// What opens a keyring. Wiped from memory when dropped, and never shown.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Refuses what is too short, and says what the least length is.
    pub fn new(text: Zeroizing<String>) -> Result<Self, KeyError> {
        match text.chars().count() {
            letters if letters < LEAST_PASSPHRASE => Err(KeyError::PassphraseTooShort {
                letters,
                least: LEAST_PASSPHRASE,
            }),
            _ => Ok(Self(text)),
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
