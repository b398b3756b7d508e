//! The operations on money that every rule here shares.

use cosmwasm_std::{Decimal, Uint128};

use crate::error::AllocationError;

/// 1 in units of `Decimal`.
pub(crate) const ONE: u128 = Decimal::one().atomics().u128();

/// floor(share x tokens).
pub(crate) fn share_floor(share: Decimal, tokens: u128) -> u128 {
    multiply_ratio_floor(tokens, share.atomics().u128(), ONE)
}

/// floor(tokens x numerator / denominator) through 256 bits. Beyond 128 bits it is `u128::MAX`:
/// all callers compute upper bounds, and a bound that no amount can reach does not bind.
pub(crate) fn multiply_ratio_floor(tokens: u128, numerator: u128, denominator: u128) -> u128 {
    Uint128::new(tokens)
        .checked_multiply_ratio(numerator, denominator)
        .map_or(u128::MAX, |product| product.u128())
}

/// left + right.
pub(crate) fn add(left: u128, right: u128) -> Result<u128, AllocationError> {
    left.checked_add(right)
        .ok_or(AllocationError::SumOverflow { left, right })
}
