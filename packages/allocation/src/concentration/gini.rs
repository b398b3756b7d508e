//! The Gini coefficient: how far stakes are from equal.

use cosmwasm_std::{Decimal, Uint128, Uint256, Uint512};

use super::numbers::{ratio_floor, sorted_descending, sum, ONE};

/// Sum over all pairs (i, j) of |v_i - v_j|, over 2 n S, rounded down at 18 decimal places: 0 when
/// all hold the same, (n - 1) / n when one of n holds everything. 0 when nothing is staked.
///
/// n counts every stake given, **those of 0 too**: here, and nowhere else in this module, who holds
/// nothing counts. Otherwise giving some to who has none could look like less equality.
pub fn compute_gini(stakes: &[u128]) -> Decimal {
    // With v descending and i from 0, every pair counts once as larger less smaller: v_i is the
    // larger one in n - 1 - i pairs and the smaller one in i of them. The sum over ordered pairs is
    // twice that, and the 2 in the denominator takes it back.
    let mut larger = Uint512::zero();
    let mut smaller = Uint512::zero();
    for (i, tokens) in sorted_descending(stakes).into_iter().enumerate() {
        let tokens = Uint128::new(tokens);
        let below = stakes.len().saturating_sub(i).saturating_sub(1);
        larger = larger.saturating_add(tokens.full_mul(below as u128).into());
        smaller = smaller.saturating_add(tokens.full_mul(i as u128).into());
    }
    // Cannot saturate: in descending order the first sum is the larger one.
    let differences = larger.saturating_sub(smaller);
    let whole = sum(stakes).full_mul(Uint256::from(stakes.len() as u128));
    Decimal::new(ratio_floor(differences, ONE, whole))
}
