//! A key as it lies in its file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::cipher::{CIPHERTEXT, Cost, NONCE, SALT, Sealing};
use super::error::KeyError;
use super::name::KeyName;
use super::passphrase::Passphrase;
use super::path::HdPath;
use super::private_key::{KEY_TYPE, PrivateKey, PublicKey};

/// Of files written here.
const VERSION: u64 = 1;
const KDF: &str = "argon2id";
const CIPHER: &str = "chacha20poly1305";

/// All that the file says, in the order in which it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u64,
    name: String,
    key_type: String,
    path: Option<String>,
    public_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encrypted: Option<Encrypted>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plain: Option<Plain>,
    /// Tells damage from a wrong passphrase.
    checksum: String,
}

/// A private key as 64 hex digits.
#[derive(Serialize, Deserialize)]
struct Plain(String);

impl Drop for Plain {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encrypted {
    kdf: String,
    cost: Cost,
    salt: String,
    cipher: String,
    nonce: String,
    ciphertext: String,
}

/// Any version of it.
#[derive(Deserialize)]
struct AnyVersion {
    version: u64,
}

/// A key as it lies in its file, understood.
pub struct KeyFile {
    pub name: KeyName,
    pub path: Option<HdPath>,
    pub public_key: PublicKey,
    held: Held,
}

enum Held {
    Encrypted(Sealing, Vec<u8>),
    Plain(Zeroizing<[u8; 32]>),
}

impl KeyFile {
    /// Under a passphrase.
    pub fn seal(
        name: KeyName,
        key: &PrivateKey,
        passphrase: &Passphrase,
        cost: Cost,
    ) -> Result<Self, KeyError> {
        let sealing = Sealing::new(cost)?;
        let said = said_of(&name, key.path(), key.public_key());
        let ciphertext = sealing.seal(passphrase, key.as_bytes(), said.as_bytes())?;
        Ok(Self::new(name, key, Held::Encrypted(sealing, ciphertext)))
    }

    /// In plain, for test keyrings.
    pub fn plain(name: KeyName, key: &PrivateKey) -> Self {
        Self::new(name, key, Held::Plain(Zeroizing::new(*key.as_bytes())))
    }

    fn new(name: KeyName, key: &PrivateKey, held: Held) -> Self {
        Self {
            name,
            path: key.path(),
            public_key: *key.public_key(),
            held,
        }
    }

    pub fn is_plain(&self) -> bool {
        matches!(self.held, Held::Plain(_))
    }

    /// The private key. `file` is for messages.
    pub fn open(
        &self,
        file: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<PrivateKey, KeyError> {
        let secret = match (&self.held, passphrase) {
            (Held::Plain(secret), _) => secret.clone(),
            (Held::Encrypted(..), None) => {
                let folder = file.parent().unwrap_or(file).to_path_buf();
                return Err(KeyError::PassphraseMissing { folder });
            }
            (Held::Encrypted(sealing, ciphertext), Some(passphrase)) => {
                let said = said_of(&self.name, self.path, &self.public_key);
                let opened = sealing.open(passphrase, ciphertext, said.as_bytes())?;
                opened.ok_or_else(|| KeyError::WrongPassphrase {
                    file: file.to_path_buf(),
                })?
            }
        };
        let key = PrivateKey::from_bytes(secret, self.path)
            .map_err(|_| damaged(file, "the private key is none"))?;
        match key.public_key() == &self.public_key {
            true => Ok(key),
            false => Err(damaged(file, "the private key is of another public key")),
        }
    }

    /// As JSON.
    pub fn write(&self) -> Result<Zeroizing<String>, serde_json::Error> {
        let (encrypted, plain) = match &self.held {
            Held::Plain(secret) => (None, Some(Plain(hex::encode(secret.as_slice())))),
            Held::Encrypted(sealing, ciphertext) => (
                Some(Encrypted {
                    kdf: KDF.to_string(),
                    cost: sealing.cost,
                    salt: hex::encode(sealing.salt),
                    cipher: CIPHER.to_string(),
                    nonce: hex::encode(sealing.nonce),
                    ciphertext: hex::encode(ciphertext),
                }),
                None,
            ),
        };
        let mut written = Written {
            version: VERSION,
            name: self.name.to_string(),
            key_type: KEY_TYPE.to_string(),
            path: self.path.map(|path| path.to_string()),
            public_key: self.public_key.to_hex(),
            encrypted,
            plain,
            checksum: String::new(),
        };
        written.checksum = written.compute_checksum()?;
        Ok(Zeroizing::new(
            serde_json::to_string_pretty(&written)? + "\n",
        ))
    }

    /// Reads what was written. `file` is for messages.
    pub fn read(file: &Path, text: &[u8]) -> Result<Self, KeyError> {
        let any: AnyVersion = serde_json::from_slice(text).map_err(|error| damaged(file, error))?;
        if any.version > VERSION {
            return Err(KeyError::LaterVersion {
                file: file.to_path_buf(),
                version: any.version,
                known: VERSION,
            });
        }
        let written: Written =
            serde_json::from_slice(text).map_err(|error| damaged(file, error))?;
        let checksum = written
            .compute_checksum()
            .map_err(|error| damaged(file, error))?;
        if checksum != written.checksum {
            return Err(damaged(file, "its checksum is another one"));
        }
        written.understand().map_err(|reason| damaged(file, reason))
    }
}

impl Written {
    /// Of all else that the file says.
    fn compute_checksum(&self) -> Result<String, serde_json::Error> {
        let unsigned = Zeroizing::new(serde_json::to_vec(&(
            self.version,
            &self.name,
            &self.key_type,
            &self.path,
            &self.public_key,
            &self.encrypted,
            &self.plain,
        ))?);
        Ok(hex::encode(Sha256::digest(&unsigned)))
    }

    fn understand(&self) -> Result<KeyFile, &'static str> {
        if self.version != VERSION {
            return Err("no version of it is called so");
        }
        if self.key_type != KEY_TYPE {
            return Err("its key type is not secp256k1");
        }
        let path = match &self.path {
            Some(text) => Some(HdPath::parse(text).ok_or("its path is none")?),
            None => None,
        };
        let held = match (&self.encrypted, &self.plain) {
            (Some(encrypted), None) => encrypted.understand()?,
            (None, Some(plain)) => {
                let mut secret = Zeroizing::new([0u8; 32]);
                hex::decode_to_slice(plain.0.as_bytes(), secret.as_mut_slice())
                    .map_err(|_| "the private key is not 64 hex digits")?;
                Held::Plain(secret)
            }
            _ => return Err("it needs one of `encrypted` and `plain`"),
        };
        Ok(KeyFile {
            name: self.name.parse().map_err(|_| "its name is none")?,
            path,
            public_key: PublicKey::parse(&self.public_key).ok_or("its public key is none")?,
            held,
        })
    }
}

impl Encrypted {
    fn understand(&self) -> Result<Held, &'static str> {
        if self.kdf != KDF || self.cipher != CIPHER {
            return Err("it is not encrypted by argon2id and chacha20poly1305");
        }
        if !self.cost.is_possible() {
            return Err("the cost of its passphrase is out of bounds");
        }
        let mut sealing = Sealing {
            cost: self.cost,
            salt: [0; SALT],
            nonce: [0; NONCE],
        };
        let mut ciphertext = vec![0; CIPHERTEXT];
        for (text, bytes) in [
            (&self.salt, &mut sealing.salt[..]),
            (&self.nonce, &mut sealing.nonce[..]),
            (&self.ciphertext, &mut ciphertext[..]),
        ] {
            hex::decode_to_slice(text, bytes)
                .map_err(|_| "salt, nonce or ciphertext is too short")?;
        }
        Ok(Held::Encrypted(sealing, ciphertext))
    }
}

/// What the ciphertext is bound to: nobody can give a key another name or another public half.
fn said_of(name: &KeyName, path: Option<HdPath>, public_key: &PublicKey) -> String {
    let path = path.map(|path| path.to_string()).unwrap_or_default();
    format!(
        "defenders key {VERSION}\n{name}\n{KEY_TYPE}\n{path}\n{}",
        public_key.to_hex()
    )
}

fn damaged(file: &Path, reason: impl ToString) -> KeyError {
    KeyError::Damaged {
        file: file.to_path_buf(),
        reason: reason.to_string(),
    }
}
