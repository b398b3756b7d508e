//! Notes of what is under way, kept on disk before a node sees it.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::write_whole;

/// The notes cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// A folder or a file cannot be read or written.
    #[error("{path}: {error}; nothing new was sent")]
    Io {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// A note that cannot be read.
    #[error(
        "{path} is damaged ({reason}); nothing was sent: look at the account's transactions, then remove the file"
    )]
    Damaged {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// Another program sends with the same key.
    #[error(
        "another program sends with the key of {address} at this moment ({path} is locked); nothing was sent: wait for it, or use another key"
    )]
    Busy {
        /// Whose key.
        address: String,
        /// The lock.
        path: String,
    },
}

/// A signed transaction that may be in a block, or may get into one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// SHA-256 of its bytes, upper case hex.
    pub hash: String,
    /// As signed, hex.
    pub bytes: String,
    /// SHA-256 of its messages and memo: the intention.
    pub intention: String,
    /// What it is for, for people.
    pub what: String,
    /// Its place among the account's transactions.
    pub sequence: u64,
    /// The chain's height when it was signed.
    pub height: u64,
    /// The last height at which it may get in; None when it may for as long as its place is free.
    pub last_height: Option<u64>,
}

/// The notes of one account on one chain. While it lives no other program may send with the same key.
#[derive(Debug)]
pub struct Journal {
    file: PathBuf,
    _lock: File,
}

impl Journal {
    /// The notes of an account, in a folder. Refused while another program holds them.
    pub fn open(folder: &Path, chain_id: &str, address: &str) -> Result<Self, JournalError> {
        let folder = folder_of(folder, chain_id);
        // who else is on this machine need not know what is sent
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder);
        made.map_err(|error| failed(&folder, error))?;
        let path = folder.join(format!("{address}.lock"));
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| failed(&path, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                file: folder.join(format!("{address}.json")),
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(JournalError::Busy {
                address: address.to_string(),
                path: path.display().to_string(),
            }),
            Err(fs::TryLockError::Error(error)) => Err(failed(&path, error)),
        }
    }

    /// Addresses of the accounts that have something under way on a chain, in ascending order.
    pub fn list(folder: &Path, chain_id: &str) -> Result<Vec<String>, JournalError> {
        let folder = folder_of(folder, chain_id);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&folder, error)),
        };
        let mut addresses = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| failed(&folder, error))?.file_name();
            let address = name.to_str().and_then(|name| name.strip_suffix(".json"));
            // notes of other kinds have more points in their names
            let address = address.filter(|address| !address.contains('.'));
            addresses.extend(address.map(str::to_string));
        }
        addresses.sort();
        Ok(addresses)
    }

    /// The file that holds the note.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What is under way, if anything is.
    pub fn load(&self) -> Result<Option<Pending>, JournalError> {
        let text = match fs::read(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&self.file, error)),
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| JournalError::Damaged {
                path: self.file.display().to_string(),
                reason: error.to_string(),
            })
    }

    /// Writes it down, whole or not at all, and on the disk when this returns.
    pub fn save(&self, pending: &Pending) -> Result<(), JournalError> {
        let text =
            serde_json::to_vec_pretty(pending).map_err(|error| failed(&self.file, error.into()))?;
        write_whole(&self.file, &text).map_err(|error| failed(&self.file, error))
    }

    /// This transaction is not under way any more; another one may be.
    pub fn clear_of(&self, hash: &str) -> Result<(), JournalError> {
        match self.load()? {
            Some(pending) if pending.hash == hash => self.clear(),
            Some(_) | None => Ok(()),
        }
    }

    /// Nothing is under way any more.
    pub fn clear(&self) -> Result<(), JournalError> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&self.file, error)),
            _ => Ok(()),
        }
    }
}

fn folder_of(folder: &Path, chain_id: &str) -> PathBuf {
    folder.join(chain_id.replace(['/', '\\'], "_"))
}

fn failed(path: &Path, error: io::Error) -> JournalError {
    let path = path.display().to_string();
    JournalError::Io { path, error }
}
