//! The top third: the fewest validators that hold a third of the stake can halt the chain and get
//! nothing. Near its edge a validator stays as it was, so that it does not flap.

use crate::gather::Gather;
use cosmwasm_std::{Uint128, Uint256, Uint512};

use crate::concentration::{compute_top_third_of, sorted_descending, Stake};

/// Where a validator stands to the top third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopThird {
    /// One of the fewest that together hold at least a third.
    Inside,
    /// Outside, but not by both margins.
    Near,
    /// Outside by both margins.
    Clear,
}

/// Clear of the top third is a validator if those larger than itself by more than this, in percent
/// of its own stake, ...
pub const SIZE_MARGIN_PERCENT: u128 = 5;
/// ... hold a third and this much more of all stake, in percent.
pub const TOP_THIRD_MARGIN_PERCENT: u128 = 1;

/// For each of these stakes, which are those without the vault's own, where it stands to the top
/// third. `total` is the sum of all stakes of the chain; smaller ones may be left out of `stakes`:
/// they are clear if the smallest given is.
pub fn compute_top_third_with_margins(total: u128, stakes: &[Stake<'_>]) -> Vec<TopThird> {
    let inside = compute_top_third_of(total, stakes);
    let tokens: Vec<_> = stakes.iter().map(|stake| stake.tokens).gather();
    // A third and a margin of the total, times 300. Constants: nothing can overflow or saturate.
    let needed = TOP_THIRD_MARGIN_PERCENT
        .saturating_mul(3)
        .saturating_add(100);
    let needed = Uint512::from(percent_of(total, needed));
    // The smallest of the fewest that hold as much. A validator is clear when this one is among
    // those larger than itself; nobody is when all together hold less.
    let mut sum = Uint256::zero();
    let edge = sorted_descending(&tokens).into_iter().find(|tokens| {
        sum = sum.saturating_add(Uint256::from(*tokens));
        sum.full_mul(Uint256::from(300u128)) >= needed
    });
    let is_clear = |tokens: u128| {
        let own = percent_of(tokens, SIZE_MARGIN_PERCENT.saturating_add(100));
        total == 0 || edge.is_some_and(|edge| percent_of(edge, 100) > own)
    };
    inside
        .into_iter()
        .zip(tokens)
        .map(|(is_inside, tokens)| match is_inside {
            true => TopThird::Inside,
            false if is_clear(tokens) => TopThird::Clear,
            false => TopThird::Near,
        })
        .gather()
}

fn percent_of(tokens: u128, percent: u128) -> Uint256 {
    Uint128::new(tokens).full_mul(percent)
}
