//! `cosmos.base.v1beta1.Coin` as it was sent: it may be of nothing, and of no denom.

use anybuf::Bufany;
use cosmwasm_std::{Coin, Uint128};
use cw_multi_test::error::{AnyResult, anyhow};

use crate::denom::is_denom;
use crate::error::FactoryError;

/// A coin that need not be one.
pub struct Amount {
    pub denom: String,
    /// Digits, perhaps with a sign, or nothing.
    digits: String,
}

impl Amount {
    /// `None` when the field is no coin.
    pub fn decode(message: &Bufany<'_>, field: u32) -> Option<Self> {
        let (denom, digits) = match message.value(field) {
            None => (String::new(), String::new()),
            Some(_) => {
                let coin = message.message(field)?;
                (coin.string(1)?, coin.string(2)?)
            }
        };
        let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
        let is_number = unsigned.bytes().all(|byte| byte.is_ascii_digit())
            && (unsigned.len() == 1 || !unsigned.starts_with('0'))
            && (!unsigned.is_empty() || digits.is_empty());
        is_number.then_some(Self { denom, digits })
    }

    /// Nothing is an amount too.
    pub fn ensure_valid(&self) -> Result<(), FactoryError> {
        let is_valid =
            is_denom(&self.denom) && !self.digits.is_empty() && !self.digits.starts_with('-');
        self.ensure(is_valid)
    }

    /// More than nothing.
    pub fn ensure_positive(&self) -> Result<(), FactoryError> {
        self.ensure_valid()?;
        self.ensure(self.digits != "0")
    }

    fn ensure(&self, is_so: bool) -> Result<(), FactoryError> {
        let digits = match self.digits.as_str() {
            "" => "<nil>",
            digits => digits,
        };
        match is_so {
            true => Ok(()),
            false => Err(FactoryError::invalid_coins(digits, &self.denom)),
        }
    }

    /// As cw-multi-test's bank has it.
    ///
    /// # Errors
    /// When it is more than that bank can hold: a chain would take it.
    pub fn to_coin(&self) -> AnyResult<Coin> {
        let amount: Uint128 = (self.digits.parse())
            .map_err(|_| anyhow!("{} is more than this bank can hold", self.digits))?;
        Ok(Coin {
            denom: self.denom.clone(),
            amount,
        })
    }
}
