//! The key that signs: from the keyring, or from a mnemonic in a file.

use std::io::{IsTerminal, stderr};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Once;

use defenders_node::keys::{
    HdPath, Key, KeyError, KeyName, Keyring, LEAST_PASSPHRASE, Mnemonic, Passphrase, PrivateKey,
};
use zeroize::Zeroizing;

use super::args::SendArgs;
use super::error::ConfigError;
use super::field::Field;
use super::settle::{Config, require};
use crate::input::{FileError, is_standard_input, read_text};
use crate::notice;

/// What the key of a mnemonic in a file is called.
const FROM_FILE: &str = "mnemonic-file";

impl Config {
    /// The key that signs. Asks for a passphrase where one is needed and no file has it.
    pub fn load_signer(&self, send: &SendArgs) -> Result<Key, ConfigError> {
        let prefix = require(self.address_prefix.as_ref(), Field::AddressPrefix)?;
        if let Some(file) = &send.mnemonic_file {
            let mnemonic = Mnemonic::parse(&read_secret(file)?)?;
            let key = PrivateKey::from_mnemonic(&mnemonic, HdPath::COSMOS)?;
            return Ok(key.into_key(FROM_FILE.parse().map_err(KeyError::from)?, prefix)?);
        }
        let name = require(self.from.as_ref(), Field::From)?;
        self.load_key(name, prefix)
    }

    /// A key of the keyring, for addresses of this prefix.
    pub fn load_key(&self, name: &KeyName, prefix: &str) -> Result<Key, ConfigError> {
        let keyring = self.open_keyring()?;
        // before anybody is asked for a passphrase
        keyring.show(name)?.public_key.address(prefix)?;
        let passphrase = self.passphrase_of(&keyring)?;
        Ok(keyring.load(name, prefix, passphrase.as_ref())?)
    }

    /// The keyring, which must be there.
    pub fn open_keyring(&self) -> Result<Keyring, ConfigError> {
        let keyring = Keyring::open(self.keyring_folder()?)?;
        warn_of_test_keyring(&keyring);
        Ok(keyring)
    }

    /// The folder of the keyring, there or not.
    pub fn keyring_folder(&self) -> Result<&Path, ConfigError> {
        let folder = self.keyring.as_ref().ok_or(ConfigError::NoHome)?;
        Ok(&folder.value)
    }

    /// What opens this keyring: of its file, or of whoever sits there. None opens test keyrings.
    pub fn passphrase_of(&self, keyring: &Keyring) -> Result<Option<Passphrase>, ConfigError> {
        if keyring.is_test() {
            return Ok(None);
        }
        let text = match (self.passphrase.get(), &self.passphrase_file) {
            (Some(text), _) => text.clone(),
            (None, Some(file)) => {
                let text = read_secret(&file.value)?;
                Zeroizing::new(text.lines().next().unwrap_or_default().to_string())
            }
            (None, None) => ask(keyring.folder())?,
        };
        // one question a run, however many keys it needs
        let text = self.passphrase.get_or_init(|| text);
        Ok(Some(Passphrase::new(text.clone())?))
    }
}

/// Keys in plain are no secret for whoever reads the disk.
pub fn warn_of_test_keyring(keyring: &Keyring) {
    static WARNED: Once = Once::new();
    if keyring.is_test() && !WARNED.is_completed() {
        WARNED.call_once(|| {});
        notice::warn(&format!(
            "{} is a test keyring: its keys lie in plain, for this machine only",
            keyring.folder().display()
        ));
    }
}

/// A file that holds a secret.
pub fn read_secret(file: &Path) -> Result<Zeroizing<String>, FileError> {
    let text = Zeroizing::new(read_text(file).map_err(|error| error.in_file(file))?);
    let found = std::fs::metadata(file).ok().filter(|found| found.is_file());
    if let (Some(found), false) = (found, is_standard_input(file))
        && found.mode() & 0o077 != 0
    {
        notice::warn(&format!(
            "{} can be read by others: run chmod 600",
            file.display()
        ));
    }
    Ok(text)
}

/// The one question of a run.
fn ask(folder: &Path) -> Result<Zeroizing<String>, ConfigError> {
    if !stderr().is_terminal() {
        return Err(ConfigError::NobodyToAsk {
            folder: folder.to_path_buf(),
        });
    }
    let prompt = format!(
        "Passphrase of {} (at least {LEAST_PASSPHRASE} characters): ",
        folder.display()
    );
    let text = rpassword::prompt_password(prompt).map_err(ConfigError::Prompt)?;
    Ok(Zeroizing::new(text))
}
