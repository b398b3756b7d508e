//! What can go wrong with keys.

use std::io;
use std::path::PathBuf;

use super::name::{KeyName, NoKeyName};

/// Why there is no key. No message holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Of a key.
    #[error(transparent)]
    Name(#[from] NoKeyName),
    /// BIP-39 knows five lengths.
    #[error("the mnemonic has {words} words: it must have 12, 15, 18, 21 or 24")]
    MnemonicLength {
        /// Words found.
        words: usize,
    },
    /// The word itself is a secret.
    #[error(
        "word {position} of the mnemonic is not in the English list of BIP-39: look for a slip of the pen"
    )]
    MnemonicWord {
        /// Counted from 1.
        position: usize,
    },
    /// The words are known, together they are none.
    #[error(
        "the mnemonic's checksum is wrong: a word is missing, replaced by another, or in another place"
    )]
    MnemonicChecksum,
    /// 32 bytes in hex, and not every number.
    #[error(
        "the private key is not 64 hex digits of a secp256k1 key, with nothing else in the file"
    )]
    PrivateKey,
    /// Chains that derive addresses as Ethereum does.
    #[error(
        "coin type 60 is that of Ethereum: chains that use it sign with ethsecp256k1 and have other addresses for the \
         same mnemonic, which is not supported; give the coin type of the chain, 118 of most"
    )]
    EthereumCoinType,
    /// The same, known by the address.
    #[error(
        "addresses that begin with {prefix}1 belong to ethsecp256k1 keys, which are not supported: the address made \
         here would be another one than the wallet's"
    )]
    EthereumPrefix {
        /// The chain's prefix.
        prefix: String,
    },
    /// Neither does BIP-32.
    #[error("{number} is no {what} of a path: it must be below 2147483648")]
    PathNumber {
        /// `coin type` or `index`.
        what: &'static str,
        /// As given.
        number: u32,
    },
    /// What stands before the 1 of an address.
    #[error("{prefix:?} is no prefix of addresses: small letters and digits, as cosmos")]
    Prefix {
        /// As given.
        prefix: String,
    },
    /// Short ones are found by trying.
    #[error("the passphrase has {letters} characters: it needs at least {least}")]
    PassphraseTooShort {
        /// Characters found.
        letters: usize,
        /// Fewest characters.
        least: usize,
    },
    /// Encrypted keys need one.
    #[error("the keyring {} is encrypted: give the passphrase", folder.display())]
    PassphraseMissing {
        /// Of the keyring.
        folder: PathBuf,
    },
    /// The file is whole and does not open.
    #[error("{}: the passphrase is wrong: try again, or delete the key and import its mnemonic anew", file.display())]
    WrongPassphrase {
        /// Of the key.
        file: PathBuf,
    },
    /// One keyring has one passphrase.
    #[error(
        "{}: another passphrase opens the keys that are in this keyring: give that one, or another keyring",
        folder.display()
    )]
    OtherPassphrase {
        /// Of the keyring.
        folder: PathBuf,
    },
    /// The file is not as it was written.
    #[error(
        "{}: the file is damaged ({reason}): restore it from a copy, or delete the key and import its mnemonic anew",
        file.display()
    )]
    Damaged {
        /// Of the key.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Written by a program to come.
    #[error(
        "{}: the file has version {version}, this program knows up to {known}: use the program that wrote it, or a \
         later one",
        file.display()
    )]
    LaterVersion {
        /// Of the key.
        file: PathBuf,
        /// What the file says.
        version: u64,
        /// The latest that is known here.
        known: u64,
    },
    /// Files that changed places would sign for another account.
    #[error(
        "{}: the key in it is called {name:?}: call the file {name}.json again, or delete it and import the key anew",
        file.display()
    )]
    OtherName {
        /// Of the key.
        file: PathBuf,
        /// What the file says.
        name: String,
    },
    /// A key in plain among encrypted ones, or the other way round.
    #[error(
        "{}: the key is {}, the keyring is {}: delete the key and import it anew",
        file.display(),
        if *is_plain { "in plain" } else { "encrypted" },
        if *is_plain { "encrypted" } else { "a test keyring" }
    )]
    OtherProtection {
        /// Of the key.
        file: PathBuf,
        /// Whether the file has it in plain.
        is_plain: bool,
    },
    /// There is none of this name.
    #[error("there is no key {name} in the keyring {}{}", folder.display(), tell_others(others))]
    NoSuchKey {
        /// Of the keyring.
        folder: PathBuf,
        /// As asked.
        name: KeyName,
        /// Names that there are.
        others: Vec<KeyName>,
    },
    /// Nothing is overwritten.
    #[error("there is a key {name} in the keyring {} already: take another name, or delete it first", folder.display())]
    KeyExists {
        /// Of the keyring.
        folder: PathBuf,
        /// As given.
        name: KeyName,
    },
    /// The folder is not there.
    #[error("there is no keyring {}: adding a key makes one", folder.display())]
    NoKeyring {
        /// Of the keyring.
        folder: PathBuf,
    },
    /// Test keyrings are made so, and stay so.
    #[error(
        "{} {}: take another folder",
        folder.display(),
        if *is_test { "is a test keyring, which holds keys in plain" } else { "is no test keyring" }
    )]
    OtherKind {
        /// Of the keyring.
        folder: PathBuf,
        /// What it is.
        is_test: bool,
    },
    /// Others could read it.
    #[error("{} can be read by others (mode {mode:03o}): run chmod {} {}", path.display(),
        if path.is_dir() { "700" } else { "600" }, path.display())]
    OpenToOthers {
        /// Folder or file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The system says no.
    #[error("{}: cannot be {action}: {source}", path.display())]
    Io {
        /// Folder or file.
        path: PathBuf,
        /// `read`, `written`, `deleted`.
        action: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// No randomness, or no memory for the key derivation.
    #[error("the key cannot be encrypted: {reason}")]
    Machine {
        /// What failed.
        reason: String,
    },
}

fn tell_others(others: &[KeyName]) -> String {
    match others {
        [] => ", which is empty".to_string(),
        _ => format!(
            ": there are {}",
            others
                .iter()
                .map(KeyName::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
