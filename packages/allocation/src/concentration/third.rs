//! The fewest validators that hold a third of the stake.

use crate::gather::Gather;
use cosmwasm_std::{Uint256, Uint512};

use super::numbers::sum;
use crate::order::sort_by;

/// A validator with its stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake<'a> {
    /// Operator address.
    pub validator: &'a str,
    /// Its stake.
    pub tokens: u128,
}

/// For each stake given, whether it is among the fewest that together hold at least 1/3 of them
/// all. Of equal stakes the lower address comes first.
pub fn compute_top_third(stakes: &[Stake<'_>]) -> Vec<bool> {
    let total = sum(stakes.iter().map(|stake| &stake.tokens));
    top_third(total, stakes)
}

/// [`compute_top_third`] of a known total, for when only the largest stakes were read. If what was
/// read holds less than a third, all of it is inside.
pub fn compute_top_third_of(total: u128, stakes: &[Stake<'_>]) -> Vec<bool> {
    top_third(Uint256::from(total), stakes)
}

fn top_third(total: Uint256, stakes: &[Stake<'_>]) -> Vec<bool> {
    let mut ranked: Vec<_> = stakes.iter().enumerate().gather();
    sort_by(&mut ranked, |(_, a), (_, b)| {
        b.tokens
            .cmp(&a.tokens)
            .then_with(|| a.validator.cmp(b.validator))
    });
    let needed = Uint512::from(total);
    let mut inside = vec![false; stakes.len()];
    let mut sum = Uint256::zero();
    for (index, stake) in ranked {
        if sum.full_mul(Uint256::from(3u128)) >= needed {
            break;
        }
        sum = sum.saturating_add(Uint256::from(stake.tokens));
        if let Some(flag) = inside.get_mut(index) {
            *flag = true;
        }
    }
    inside
}
