//! The line of the top third: the fewest validators that hold a third of the stake can halt the
//! chain and get nothing. Near the line a validator stays as it was, so that it does not flap.

use cosmwasm_std::{Uint128, Uint256, Uint512};

use crate::concentration::{compute_top_third_of, Stake};

/// Where a validator stands to the line of the top third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// One of the fewest that together hold at least a third.
    Inside,
    /// Outside, but not by both margins.
    Near,
    /// Outside by both margins.
    Clear,
}

/// Clear of the line is a validator if those larger than itself by more than this, in percent of its
/// own stake, ...
pub const SIZE_MARGIN_PERCENT: u128 = 5;
/// ... hold a third and this much more of all stake, in percent.
pub const LINE_MARGIN_PERCENT: u128 = 1;

/// For each of these stakes, which are those without the vault's own, where it stands to the line.
/// `total` is the sum of all stakes of the chain; smaller ones may be left out of `stakes`: they
/// are clear if the smallest given is.
pub fn compute_lines(total: u128, stakes: &[Stake<'_>]) -> Vec<Line> {
    let inside = compute_top_third_of(total, stakes);
    let mut descending: Vec<_> = stakes.iter().map(|stake| stake.tokens).collect();
    descending.sort_unstable_by(|a, b| b.cmp(a));
    let is_clear = |tokens: u128| {
        // Constants: nothing here can overflow or saturate.
        let own = percent_of(tokens, SIZE_MARGIN_PERCENT.saturating_add(100));
        let larger = descending
            .iter()
            .take_while(|other| percent_of(**other, 100) > own)
            .fold(Uint256::zero(), |sum, other| {
                sum.saturating_add(Uint256::from(*other))
            });
        // larger / total >= 1/3 + margin, times 300.
        let line = LINE_MARGIN_PERCENT.saturating_mul(3).saturating_add(100);
        larger.full_mul(Uint256::from(300u128)) >= Uint512::from(percent_of(total, line))
    };
    inside
        .into_iter()
        .zip(stakes)
        .map(|(is_inside, stake)| match is_inside {
            true => Line::Inside,
            false if is_clear(stake.tokens) => Line::Clear,
            false => Line::Near,
        })
        .collect()
}

fn percent_of(tokens: u128, percent: u128) -> Uint256 {
    Uint128::new(tokens).full_mul(percent)
}
