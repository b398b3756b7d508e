//! Harvested profit enters the price little by little, so that nobody can buy in just before a
//! harvest and leave with it just after.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;

/// Profit that is released evenly from `from` to `until`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockedProfit {
    /// Tokens locked at `from`.
    pub tokens: Uint128,
    /// Seconds.
    pub from: u64,
    /// Seconds.
    pub until: u64,
}

impl LockedProfit {
    /// Tokens still locked at `now`: tokens less tokens x (now - from) / (until - from), the
    /// released part rounded down, so that nothing is released early.
    ///
    /// # Errors
    /// Never for a lock made by this module.
    pub fn locked_at_ceil(&self, now: u64) -> Result<Uint128, AccountingError> {
        if now >= self.until {
            return Ok(Uint128::zero());
        }
        let elapsed = now.saturating_sub(self.from);
        let period = self.until.saturating_sub(self.from);
        let released = self.tokens.checked_multiply_ratio(elapsed, period)?;
        Ok(self.tokens.checked_sub(released)?)
    }

    /// A harvest's first page: what is left and `profit` are spread from `now` over `period`.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn begin(&self, now: u64, profit: Uint128, period: u64) -> Result<Self, AccountingError> {
        Ok(Self {
            tokens: self.locked_at_ceil(now)?.checked_add(profit)?,
            from: now,
            until: now.saturating_add(period),
        })
    }

    /// A harvest's later page: `profit` is added without moving the end.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn add(&self, now: u64, profit: Uint128) -> Result<Self, AccountingError> {
        Ok(Self {
            tokens: self.locked_at_ceil(now)?.checked_add(profit)?,
            from: now,
            until: self.until,
        })
    }

    /// A loss is taken from what is still locked first; what exceeds it falls on the price.
    ///
    /// # Errors
    /// Never for a lock made by this module.
    pub fn absorb(&self, now: u64, loss: Uint128) -> Result<Self, AccountingError> {
        Ok(Self {
            tokens: self.locked_at_ceil(now)?.saturating_sub(loss),
            from: now,
            until: self.until,
        })
    }
}
