//! The fee on rewards, and the keeper's part of it.

use cosmwasm_std::{Decimal, Uint128};

use crate::error::AccountingError;

/// Most that the fee may take of rewards, in code: 10 %.
pub const MAX_PERFORMANCE_FEE_RATE: Decimal = Decimal::percent(10);

/// How harvested rewards are split. fee + bounty + profit = rewards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
    /// Tokens for the fee's recipient.
    pub fee: Uint128,
    /// Tokens for the caller.
    pub bounty: Uint128,
    /// Tokens for the share owners.
    pub profit: Uint128,
}

/// whole fee = rewards x rate, bounty = whole fee x bounty share, both rounded down; rates above
/// their hard caps count as the caps.
///
/// # Errors
/// When a product is beyond 128 bits, which the capped rates cannot reach.
pub fn compute_fee_floor(
    rewards: Uint128,
    performance_fee_rate: Decimal,
    keeper_bounty_share: Decimal,
) -> Result<Fee, AccountingError> {
    let whole = floor_of(rewards, performance_fee_rate.min(MAX_PERFORMANCE_FEE_RATE))?;
    let bounty = floor_of(whole, keeper_bounty_share.min(Decimal::one()))?;
    Ok(Fee {
        fee: whole.checked_sub(bounty)?,
        bounty,
        profit: rewards.checked_sub(whole)?,
    })
}

/// A share of 1 at most, so the result is no more than `tokens`.
fn floor_of(tokens: Uint128, share: Decimal) -> Result<Uint128, AccountingError> {
    Ok(tokens.checked_multiply_ratio(share.atomics(), Decimal::one().atomics())?)
}
