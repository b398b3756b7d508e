//! An amount of a denom.

use std::fmt;
use std::str::FromStr;

use cosmrs::proto::cosmos::base::v1beta1::Coin as ProtoCoin;

/// An amount of a denom, base units.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Coin {
    /// Base denom.
    pub denom: String,
    /// Base units.
    #[serde(with = "as_text")]
    pub amount: u128,
}

/// A text that is no coin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no amount with a denom, as 1000000uatom")]
pub struct ParseCoinError {
    text: String,
}

impl Coin {
    /// `amount` base units of `denom`.
    pub fn new(amount: u128, denom: impl Into<String>) -> Self {
        let denom = denom.into();
        Self { denom, amount }
    }

    pub(crate) fn to_proto(&self) -> ProtoCoin {
        ProtoCoin {
            denom: self.denom.clone(),
            amount: self.amount.to_string(),
        }
    }

    /// None when the amount is no number below 2^128.
    pub(crate) fn from_proto(coin: &ProtoCoin) -> Option<Self> {
        Some(Self::new(coin.amount.parse().ok()?, coin.denom.clone()))
    }
}

impl fmt::Display for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.denom)
    }
}

impl FromStr for Coin {
    type Err = ParseCoinError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (amount, denom) = text.split_at(digits);
        match amount.parse() {
            Ok(amount) if is_denom(denom) => Ok(Self::new(amount, denom)),
            _ => Err(ParseCoinError { text: text.into() }),
        }
    }
}

/// As x/bank has it: `[a-zA-Z][a-zA-Z0-9/:._-]{2,127}`.
pub(crate) fn is_denom(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"/:._-".contains(&byte);
    (3..=128).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(is_inner)
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&amount.to_string())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_coins() {
        let coin: Coin = "1000000000000000000000000ibc/27394FB0".parse().unwrap();
        assert_eq!(coin, Coin::new(10u128.pow(24), "ibc/27394FB0"));
        assert_eq!(coin.to_string(), "1000000000000000000000000ibc/27394FB0");
        let json = serde_json::to_string(&coin).unwrap();
        assert_eq!(serde_json::from_str::<Coin>(&json).unwrap(), coin);
        for bad in [
            "", "12", "uatom", "-1uatom", "1.5uatom", "1 uatom", "1u", "1u a",
        ] {
            assert!(bad.parse::<Coin>().is_err(), "{bad}");
        }
    }
}
