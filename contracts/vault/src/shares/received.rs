//! Shares that come with a call.

use cosmwasm_std::{Coin, Uint128};

use super::error::SharesError;
use super::Shares;
use crate::funds;

impl Shares {
    /// How many shares the sender hands over: of a cw20 as many as it says; of coins as many as it sends.
    ///
    /// # Errors
    /// [`SharesError::NoShares`], [`SharesError::Funds`].
    pub fn received(&self, sent: &[Coin], said: Option<Uint128>) -> Result<Uint128, SharesError> {
        match &self.denom {
            Some(coins) => Ok(funds::ensure_amount(sent, &coins.denom, said)?),
            None => {
                funds::ensure_none(sent)?;
                said.ok_or(SharesError::NoShares {})
            }
        }
    }
}
