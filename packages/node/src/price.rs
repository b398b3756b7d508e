//! What a unit of gas costs.

use std::fmt;
use std::str::FromStr;

use crate::coin::{Coin, is_denom};

const PLACES: usize = 18;
const UNIT: u128 = 10u128.pow(PLACES as u32);

/// Price of a unit of gas: base units of a denom, with at most 18 places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GasPrice {
    /// Base units of `denom` x 10^18.
    atomics: u128,
    /// Base denom.
    pub denom: String,
}

/// A text that is no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no gas price, as 0.025uatom")]
pub struct ParsePriceError {
    text: String,
}

impl GasPrice {
    /// `atomics` x 10^-18 base units of `denom`.
    pub fn from_atomics(atomics: u128, denom: impl Into<String>) -> Self {
        let denom = denom.into();
        Self { atomics, denom }
    }

    /// What `gas` costs, rounded up; None at 2^128 and above.
    pub fn fee_ceil(&self, gas: u64) -> Option<Coin> {
        let product = self.atomics.checked_mul(u128::from(gas))?;
        Some(Coin::new(product.div_ceil(UNIT), self.denom.clone()))
    }

    /// Whether it is more than `most` of the same denom; false of another denom.
    pub fn is_above(&self, most: &GasPrice) -> bool {
        self.denom == most.denom && self.atomics > most.atomics
    }

    /// The larger of two of the same denom; `self` otherwise.
    #[must_use]
    pub fn or_more(self, other: &GasPrice) -> Self {
        match other.is_above(&self) {
            true => other.clone(),
            false => self,
        }
    }
}

impl fmt::Display for GasPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.atomics / UNIT, self.atomics % UNIT);
        let part = format!("{part:018}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}{}", self.denom),
            part => write!(f, "{whole}.{part}{}", self.denom),
        }
    }
}

impl FromStr for GasPrice {
    type Err = ParsePriceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| ParsePriceError { text: text.into() })
    }
}

fn parse(text: &str) -> Option<GasPrice> {
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let (number, denom) = text.split_at(text.bytes().take_while(is_number).count());
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    if whole.is_empty() || part.is_empty() || part.len() > PLACES || !is_denom(denom) {
        return None;
    }
    let whole: u128 = whole.parse().ok()?;
    let part: u128 = format!("{part:0<18}").parse().ok()?;
    let atomics = whole.checked_mul(UNIT)?.checked_add(part)?;
    Some(GasPrice::from_atomics(atomics, denom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_are_rounded_up_and_exact() {
        let price: GasPrice = "0.025uatom".parse().unwrap();
        assert_eq!(price.fee_ceil(200_001), Some(Coin::new(5_001, "uatom")));
        assert_eq!(price.fee_ceil(0), Some(Coin::new(0, "uatom")));
        let large: GasPrice = "10000000000aevmos".parse().unwrap();
        assert_eq!(large.fee_ceil(u64::MAX), None);
        assert_eq!(
            large.fee_ceil(1_000),
            Some(Coin::new(10u128.pow(13), "aevmos"))
        );
        assert_eq!(price.to_string(), "0.025uatom");
        assert_eq!("3uatom".parse::<GasPrice>().unwrap().to_string(), "3uatom");
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for bad in [
            "",
            "0.025",
            "uatom",
            ".5uatom",
            "1.uatom",
            "-1uatom",
            "1e3",
            "0.0000000000000000001uatom",
        ] {
            assert!(bad.parse::<GasPrice>().is_err(), "{bad}");
        }
    }
}
