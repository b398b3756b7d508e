//! Sums and ratios of stakes, which no input overflows.

use cosmwasm_std::{Decimal, Uint128, Uint256, Uint512};

use crate::order::sort_by;

/// 1 in units of `Decimal`.
pub(super) const ONE: u128 = Decimal::one().atomics().u128();

/// The largest first.
pub(crate) fn sorted_descending(stakes: &[u128]) -> Vec<u128> {
    let mut sorted = stakes.to_vec();
    sort_by(&mut sorted, |a, b| b.cmp(a));
    sorted
}

/// Saturates beyond 2^256, which takes 2^128 stakes.
pub(super) fn sum<'a>(stakes: impl IntoIterator<Item = &'a u128>) -> Uint256 {
    stakes.into_iter().fold(Uint256::zero(), |sum, tokens| {
        sum.saturating_add(Uint256::from(*tokens))
    })
}

/// Saturates beyond 2^512, which takes 2^256 stakes.
pub(super) fn sum_of_squares(stakes: &[u128]) -> Uint512 {
    stakes.iter().fold(Uint512::zero(), |sum, tokens| {
        let square = Uint128::new(*tokens).full_mul(*tokens);
        sum.saturating_add(Uint512::from(square))
    })
}

/// floor(part x scale / whole), 0 over nothing. No step overflows: the parts here are below 2^384,
/// the scales below 2^60, and no ratio is above the number of stakes.
pub(super) fn ratio_floor(part: Uint512, scale: u128, whole: Uint512) -> Uint128 {
    part.saturating_mul(Uint512::from(scale))
        .checked_div(whole)
        .ok()
        .and_then(|ratio| Uint128::try_from(ratio).ok())
        .unwrap_or_default()
}
