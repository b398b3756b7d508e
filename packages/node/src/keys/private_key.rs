//! What signs, before it has a name.

use std::fmt;

use cosmrs::bip32::XPrv;
use cosmrs::crypto::secp256k1::SigningKey;
use zeroize::Zeroizing;

use super::error::KeyError;
use super::key::Key;
use super::mnemonic::Mnemonic;
use super::name::KeyName;
use super::path::HdPath;

/// Of all keys here.
pub const KEY_TYPE: &str = "secp256k1";

/// Prefixes of chains whose accounts are ethsecp256k1 keys, whatever the coin type.
const ETHEREUM_PREFIXES: [&str; 9] = [
    "canto", "crc", "dym", "evmos", "haqq", "inj", "plq", "xpla", "zeta",
];

/// A private key of secp256k1 and where it was derived. Wiped from memory when dropped.
pub struct PrivateKey {
    bytes: Zeroizing<[u8; 32]>,
    path: Option<HdPath>,
    public_key: PublicKey,
}

impl PrivateKey {
    /// Derives one.
    pub fn from_mnemonic(mnemonic: &Mnemonic, path: HdPath) -> Result<Self, KeyError> {
        let derivation = path.to_derivation().ok_or(KeyError::PrivateKey)?;
        let derived = XPrv::derive_from_path(mnemonic.seed(), &derivation)
            .map_err(|_| KeyError::PrivateKey)?;
        let bytes = Zeroizing::new(<[u8; 32]>::from(derived.private_key().to_bytes()));
        Self::from_bytes(bytes, Some(path))
    }

    /// 64 hex digits, white space around them.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice())
            .map_err(|_| KeyError::PrivateKey)?;
        Self::from_bytes(bytes, None)
    }

    pub(super) fn from_bytes(
        bytes: Zeroizing<[u8; 32]>,
        path: Option<HdPath>,
    ) -> Result<Self, KeyError> {
        let public_key = sign_with(&bytes)?.public_key();
        let public_key = PublicKey::new(public_key)?;
        Ok(Self {
            bytes,
            path,
            public_key,
        })
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Where it was derived, if it was.
    pub fn path(&self) -> Option<HdPath> {
        self.path
    }

    /// Its public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The key by its name, for a chain.
    pub fn into_key(self, name: KeyName, prefix: &str) -> Result<Key, KeyError> {
        let address = self.public_key.address(prefix)?;
        let signing_key = sign_with(&self.bytes)?;
        Ok(Key::new(name, prefix.to_string(), address, signing_key))
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey(of {})", self.public_key.to_hex())
    }
}

fn sign_with(bytes: &[u8; 32]) -> Result<SigningKey, KeyError> {
    SigningKey::from_slice(bytes).map_err(|_| KeyError::PrivateKey)
}

/// A public key of secp256k1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key: cosmrs::crypto::PublicKey,
    bytes: [u8; 33],
}

impl PublicKey {
    pub(super) fn new(key: cosmrs::crypto::PublicKey) -> Result<Self, KeyError> {
        let bytes = key
            .to_bytes()
            .try_into()
            .map_err(|_| KeyError::PrivateKey)?;
        Ok(Self { key, bytes })
    }

    /// 66 hex digits.
    pub fn to_hex(&self) -> String {
        hex::encode(self.bytes)
    }

    /// 66 hex digits. `None` for anything else than a point on the curve.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let key = cosmrs::tendermint::PublicKey::from_raw_secp256k1(&hex::decode(text).ok()?)?;
        let key = Self::new(key.into()).ok()?;
        (key.to_hex() == text).then_some(key)
    }

    /// The account's address on chains of this prefix, refused where accounts are other keys.
    pub fn address(&self, prefix: &str) -> Result<String, KeyError> {
        if ETHEREUM_PREFIXES.contains(&prefix) {
            return Err(KeyError::EthereumPrefix {
                prefix: prefix.to_string(),
            });
        }
        let address = match is_prefix(prefix) {
            true => self.key.account_id(prefix).ok(),
            false => None,
        };
        let address = address.map(|address| address.to_string());
        address.ok_or_else(|| KeyError::Prefix {
            prefix: prefix.to_string(),
        })
    }
}

impl From<PublicKey> for cosmrs::crypto::PublicKey {
    fn from(key: PublicKey) -> Self {
        key.key
    }
}

fn is_prefix(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=32).contains(&text.len()) && text.bytes().all(is_plain)
}
