//! A folder of keys, a file each.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::cipher::Cost;
use super::error::KeyError;
use super::file::KeyFile;
use super::key::Key;
use super::name::KeyName;
use super::passphrase::Passphrase;
use super::private_key::PrivateKey;
use super::stored::{Listing, StoredKey};

/// In the folder of a test keyring.
const TEST_MARKER: &str = "TEST-KEYRING";
const TEST_MARKER_SAYS: &str =
    "The keys here lie in plain. They are for chains on one's own machine only.\n";
const ENDING: &str = ".json";
/// Bytes of a file beyond which it is none of a key.
const MOST_BYTES: u64 = 64 * 1024;

/// A folder of keys. Files are written whole or not at all, and nothing is overwritten.
#[derive(Debug)]
pub struct Keyring {
    folder: PathBuf,
    is_test: bool,
    cost: Cost,
}

impl Keyring {
    /// One that is there.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        match fs::metadata(folder) {
            Ok(found) if found.is_dir() => ensure_private(folder, &found)?,
            Ok(_) => return Err(no_keyring(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(no_keyring(folder));
            }
            Err(error) => return Err(failed(folder, "read", error)),
        }
        let marker = folder.join(TEST_MARKER);
        let is_test = marker
            .try_exists()
            .map_err(|error| failed(&marker, "read", error))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            is_test,
            cost: Cost::USUAL,
        })
    }

    /// One that is there, or a new one. What is there must be of this kind.
    pub fn open_or_create(folder: &Path, is_test: bool) -> Result<Self, KeyError> {
        match Self::open(folder) {
            Ok(keyring) if keyring.is_test == is_test => Ok(keyring),
            // an empty folder that somebody made beforehand
            Ok(keyring) if is_test && keyring.is_empty()? => {
                keyring.mark_test()?;
                Self::open(folder)
            }
            Ok(keyring) => Err(KeyError::OtherKind {
                folder: folder.to_path_buf(),
                is_test: keyring.is_test,
            }),
            Err(KeyError::NoKeyring { .. }) => {
                let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
                made.map_err(|error| failed(folder, "written", error))?;
                let keyring = Self::open(folder)?;
                if is_test {
                    keyring.mark_test()?;
                }
                Self::open(folder)
            }
            Err(error) => Err(error),
        }
    }

    #[cfg(test)]
    pub(super) fn with_cost(self, cost: Cost) -> Self {
        Self { cost, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether keys lie in plain here: only for chains on one's own machine.
    pub fn is_test(&self) -> bool {
        self.is_test
    }

    /// All keys.
    pub fn list(&self) -> Result<Listing, KeyError> {
        let mut listing = Listing::default();
        for name in self.names()? {
            match self.read(&name) {
                Ok(file) => listing.keys.push(file.to_stored()),
                Err(error) => listing.unreadable.push(error),
            }
        }
        Ok(listing)
    }

    /// What is known of a key without its passphrase.
    pub fn show(&self, name: &KeyName) -> Result<StoredKey, KeyError> {
        Ok(self.read(name)?.to_stored())
    }

    /// A key that signs on chains of this prefix. Test keyrings need no passphrase.
    pub fn load(
        &self,
        name: &KeyName,
        prefix: &str,
        passphrase: Option<&Passphrase>,
    ) -> Result<Key, KeyError> {
        let private_key = self.read(name)?.open(&self.file(name), passphrase)?;
        private_key.into_key(name.clone(), prefix)
    }

    /// Saves a key under a new name. One passphrase opens all keys of a keyring.
    pub fn import(
        &self,
        name: &KeyName,
        key: &PrivateKey,
        passphrase: Option<&Passphrase>,
    ) -> Result<StoredKey, KeyError> {
        self.ensure_free(name)?;
        let file = match (self.is_test, passphrase) {
            (true, _) => KeyFile::plain(name.clone(), key),
            (false, None) => {
                return Err(KeyError::PassphraseMissing {
                    folder: self.folder.clone(),
                });
            }
            (false, Some(passphrase)) => {
                self.ensure_opens_others(passphrase)?;
                KeyFile::seal(name.clone(), key, passphrase, self.cost)?
            }
        };
        self.write_new(name, &file)?;
        Ok(file.to_stored())
    }

    /// Refuses a name that is taken.
    pub fn ensure_free(&self, name: &KeyName) -> Result<(), KeyError> {
        let file = self.file(name);
        match file.try_exists() {
            Ok(false) => Ok(()),
            Ok(true) => Err(self.exists(name)),
            Err(error) => Err(failed(&file, "read", error)),
        }
    }

    /// Deletes a key, whatever state its file is in.
    pub fn delete(&self, name: &KeyName) -> Result<(), KeyError> {
        let file = self.file(name);
        match fs::remove_file(&file) {
            Ok(()) => self.sync(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(self.no_such_key(name)),
            Err(error) => Err(failed(&file, "deleted", error)),
        }
    }

    fn names(&self) -> Result<Vec<KeyName>, KeyError> {
        let fail = |error| failed(&self.folder, "read", error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(fail)? {
            let name = entry.map_err(fail)?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(ENDING));
            // whatever else lies there is no key
            names.extend(name.and_then(|name| name.parse::<KeyName>().ok()));
        }
        names.sort();
        Ok(names)
    }

    fn is_empty(&self) -> Result<bool, KeyError> {
        Ok(self.names()?.is_empty())
    }

    fn file(&self, name: &KeyName) -> PathBuf {
        self.folder.join(format!("{name}{ENDING}"))
    }

    fn read(&self, name: &KeyName) -> Result<KeyFile, KeyError> {
        let file = self.file(name);
        let fail = |error| failed(&file, "read", error);
        let opened = match File::open(&file) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(self.no_such_key(name));
            }
            Err(error) => return Err(fail(error)),
        };
        ensure_private(&file, &opened.metadata().map_err(fail)?)?;
        let mut text = Zeroizing::new(Vec::new());
        opened
            .take(MOST_BYTES)
            .read_to_end(&mut text)
            .map_err(fail)?;
        let key = KeyFile::read(&file, &text)?;
        if key.name != *name {
            return Err(KeyError::OtherName {
                file,
                name: key.name.to_string(),
            });
        }
        if key.is_plain() != self.is_test {
            return Err(KeyError::OtherProtection {
                file,
                is_plain: key.is_plain(),
            });
        }
        Ok(key)
    }

    /// Two passphrases in one keyring would be told apart by trying.
    fn ensure_opens_others(&self, passphrase: &Passphrase) -> Result<(), KeyError> {
        for name in self.names()? {
            let Ok(file) = self.read(&name) else { continue };
            return match file.open(&self.file(&name), Some(passphrase)) {
                Err(KeyError::WrongPassphrase { .. }) => Err(KeyError::OtherPassphrase {
                    folder: self.folder.clone(),
                }),
                _ => Ok(()),
            };
        }
        Ok(())
    }

    fn write_new(&self, name: &KeyName, key: &KeyFile) -> Result<(), KeyError> {
        let file = self.file(name);
        let fail = |error| failed(&file, "written", error);
        let text = key.write().map_err(|error| fail(error.into()))?;
        // made with mode 600
        let mut temporary = NamedTempFile::new_in(&self.folder).map_err(fail)?;
        temporary.write_all(text.as_bytes()).map_err(fail)?;
        temporary.as_file().sync_all().map_err(fail)?;
        match temporary.persist_noclobber(&file) {
            Ok(_) => self.sync(),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(self.exists(name))
            }
            Err(error) => Err(fail(error.error)),
        }
    }

    fn mark_test(&self) -> Result<(), KeyError> {
        let marker = self.folder.join(TEST_MARKER);
        fs::write(&marker, TEST_MARKER_SAYS).map_err(|error| failed(&marker, "written", error))?;
        self.sync()
    }

    /// What was renamed or deleted stays so when the power fails.
    fn sync(&self) -> Result<(), KeyError> {
        let synced = File::open(&self.folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| failed(&self.folder, "written", error))
    }

    fn exists(&self, name: &KeyName) -> KeyError {
        KeyError::KeyExists {
            folder: self.folder.clone(),
            name: name.clone(),
        }
    }

    fn no_such_key(&self, name: &KeyName) -> KeyError {
        KeyError::NoSuchKey {
            folder: self.folder.clone(),
            name: name.clone(),
            others: self.names().unwrap_or_default(),
        }
    }
}

fn no_keyring(folder: &Path) -> KeyError {
    KeyError::NoKeyring {
        folder: folder.to_path_buf(),
    }
}

fn failed(path: &Path, action: &'static str, source: io::Error) -> KeyError {
    KeyError::Io {
        path: path.to_path_buf(),
        action,
        source,
    }
}

fn ensure_private(path: &Path, found: &fs::Metadata) -> Result<(), KeyError> {
    let mode = found.mode() & 0o777;
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(KeyError::OpenToOthers {
            path: path.to_path_buf(),
            mode,
        }),
    }
}
