//! Mnemonics: BIP-39 in English.

use std::fmt;

use bip39::{ErrorKind, Language, Seed};
use chacha20poly1305::aead::OsRng;
use chacha20poly1305::aead::rand_core::RngCore;
use zeroize::Zeroizing;

use super::error::KeyError;

/// Bytes of 24 words.
const ENTROPY: usize = 32;

/// 12 to 24 words that keys are derived from. Wiped from memory when dropped.
pub struct Mnemonic(bip39::Mnemonic);

impl Mnemonic {
    /// A new one of 24 words, by the system's randomness.
    pub fn generate() -> Result<Self, KeyError> {
        let mut entropy = Zeroizing::new([0u8; ENTROPY]);
        let no_randomness = |reason: String| KeyError::Machine { reason };
        OsRng
            .try_fill_bytes(entropy.as_mut_slice())
            .map_err(|error| no_randomness(error.to_string()))?;
        let mnemonic = bip39::Mnemonic::from_entropy(entropy.as_slice(), Language::English);
        mnemonic
            .map(Self)
            .map_err(|error| no_randomness(error.to_string()))
    }

    /// Reads words with any white space between them.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let words = text.split_whitespace().count();
        if !matches!(words, 12 | 15 | 18 | 21 | 24) {
            return Err(KeyError::MnemonicLength { words });
        }
        let text = Zeroizing::new(text.to_lowercase());
        bip39::Mnemonic::from_phrase(&text, Language::English)
            .map(Self)
            .map_err(|error| match error {
                ErrorKind::InvalidWord(index) => KeyError::MnemonicWord {
                    position: index + 1,
                },
                _ => KeyError::MnemonicChecksum,
            })
    }

    /// The words, to be shown once.
    pub fn words(&self) -> &str {
        self.0.phrase()
    }

    pub(super) fn seed(&self) -> Seed {
        Seed::new(&self.0, "")
    }
}

impl fmt::Debug for Mnemonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mnemonic(…)")
    }
}
