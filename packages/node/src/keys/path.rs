//! Where a key is derived: BIP-44.

use std::fmt;

use cosmrs::bip32::DerivationPath;

use super::error::KeyError;

/// Hardened numbers begin here.
const FIRST_HARDENED: u32 = 1 << 31;
/// Of Ethereum, and of chains that sign as it does.
const ETHEREUM: u32 = 60;

/// `m/44'/COIN'/0'/0/INDEX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HdPath {
    coin_type: u32,
    index: u32,
}

impl HdPath {
    /// Of the Cosmos Hub, and of most chains.
    pub const COSMOS: HdPath = HdPath {
        coin_type: 118,
        index: 0,
    };

    /// Refuses coin type 60: those chains derive addresses in another way.
    pub fn new(coin_type: u32, index: u32) -> Result<Self, KeyError> {
        if coin_type == ETHEREUM {
            return Err(KeyError::EthereumCoinType);
        }
        for (what, number) in [("coin type", coin_type), ("index", index)] {
            if number >= FIRST_HARDENED {
                return Err(KeyError::PathNumber { what, number });
            }
        }
        Ok(Self { coin_type, index })
    }

    pub(super) fn to_derivation(self) -> Option<DerivationPath> {
        self.to_string().parse().ok()
    }

    /// As it is written. `None` for what this program would not derive.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (coin_type, index) = text.strip_prefix("m/44'/")?.split_once("'/0'/0/")?;
        let path = Self::new(coin_type.parse().ok()?, index.parse().ok()?).ok()?;
        (path.to_string() == text).then_some(path)
    }
}

impl fmt::Display for HdPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m/44'/{}'/0'/0/{}", self.coin_type, self.index)
    }
}
