//! Tokens per share, and the only places where one is turned into the other.

use cosmwasm_std::{CheckedMultiplyRatioError, Uint128};

use crate::error::AccountingError;

/// What shares are worth at one moment: `tokens` for `shares`, `shares` never 0 in a vault with
/// a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Tokens that all shares are worth together.
    pub tokens: Uint128,
    /// All shares.
    pub shares: Uint128,
}

impl Rate {
    /// tokens = shares x total tokens / total shares, rounded down.
    ///
    /// # Errors
    /// When there are no shares at all.
    pub fn tokens_for_shares_floor(&self, shares: Uint128) -> Result<Uint128, AccountingError> {
        Ok(shares.checked_multiply_ratio(self.tokens, self.shares)?)
    }

    /// shares = tokens x total shares / total tokens, rounded down.
    ///
    /// # Errors
    /// When all shares are worth 0 tokens.
    pub fn shares_for_tokens_floor(&self, tokens: Uint128) -> Result<Uint128, AccountingError> {
        Ok(tokens.checked_multiply_ratio(self.shares, self.tokens)?)
    }

    /// shares = tokens x total shares / total tokens, rounded up: the fewest shares that are
    /// worth `tokens`.
    ///
    /// # Errors
    /// When all shares are worth 0 tokens.
    pub fn shares_for_tokens_ceil(&self, tokens: Uint128) -> Result<Uint128, AccountingError> {
        let product = tokens.full_mul(self.shares);
        let divisor = self.tokens.into();
        let floor = product
            .checked_div(divisor)
            .map_err(|_| CheckedMultiplyRatioError::DivideByZero)?;
        let shares = Uint128::try_from(floor).map_err(|_| CheckedMultiplyRatioError::Overflow)?;
        if floor.checked_mul(divisor)? == product {
            return Ok(shares);
        }
        Ok(shares.checked_add(Uint128::one())?)
    }
}
