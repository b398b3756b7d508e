//! What follows from money, queue and supply at one moment: rates, reserve, and how much may be
//! delegated.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;
use crate::money::Money;
use crate::queue::Queue;
use crate::rate::Rate;

/// The books at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Valuation<'a> {
    /// Where every token is.
    pub money: &'a Money,
    /// Whose shares wait.
    pub queue: &'a Queue,
    /// The supply.
    pub total_shares: Uint128,
    /// Seconds.
    pub now: u64,
}

impl Valuation<'_> {
    /// What shares are worth to those who leave: total assets / total shares.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn rate(&self) -> Result<Rate, AccountingError> {
        Ok(Rate {
            tokens: self.money.total_assets(self.now)?,
            shares: self.total_shares,
        })
    }

    /// What shares cost those who come: locked profit is not given away.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn deposit_rate(&self) -> Result<Rate, AccountingError> {
        Ok(Rate {
            tokens: self.money.assets_with_locked_profit()?,
            shares: self.total_shares,
        })
    }

    /// Idle kept for the unserved shares of a batch that has begun or is ready, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn reserve_floor(&self) -> Result<Uint128, AccountingError> {
        self.queue.reserve_floor(self.rate()?, self.now)
    }

    /// Idle that may be delegated, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn idle_above_reserve(&self) -> Result<Uint128, AccountingError> {
        Ok(self.money.idle.saturating_sub(self.reserve_floor()?))
    }

    /// T: all delegations and the idle that may join them, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn tokens_to_allocate(&self) -> Result<Uint128, AccountingError> {
        Ok(self.money.bonded.checked_add(self.idle_above_reserve()?)?)
    }

    /// T at least, as long as the queue stays: what is locked or marked down now may be released, and
    /// the reserve grows with the price. Tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn lasting_tokens_to_allocate(&self) -> Result<Uint128, AccountingError> {
        let reserve = self.queue.reserve_floor(self.deposit_rate()?, self.now)?;
        let idle = self.money.idle.saturating_sub(reserve);
        Ok(self.money.bonded.checked_add(idle)?)
    }

    /// T and restaking: what is placed, and what will be, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn tokens_to_allocate_in_time(&self) -> Result<Uint128, AccountingError> {
        let restaking = self.money.restaking;
        Ok(self.tokens_to_allocate()?.checked_add(restaking)?)
    }
}
