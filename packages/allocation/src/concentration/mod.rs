//! How concentrated stake is. Every number here takes the stakes of validators, in tokens and in
//! any order; validators without stake change nothing but the Gini coefficient. Sums go through 256
//! bits and squares through 512, so no input overflows.

mod gini;
mod report;

pub use gini::compute_gini;
pub use report::{
    compute_concentration, compute_concentration_report, Comparison, Concentration,
    ConcentrationReport, Position,
};

use cosmwasm_std::{Decimal, Uint128, Uint256, Uint512};

use crate::order::sort_by;

/// Decimal places of the effective number.
const EFFECTIVE_NUMBER_DECIMALS: u32 = 6;
/// 10^6, see [`EFFECTIVE_NUMBER_DECIMALS`].
const EFFECTIVE_NUMBER_SCALE: u128 = 1_000_000;
/// 1 in units of `Decimal`.
const ONE: u128 = Decimal::one().atomics().u128();

/// 1 in basis points.
const BASIS_POINTS: u128 = 10_000;

/// A validator with its stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake<'a> {
    /// Operator address.
    pub validator: &'a str,
    /// Its stake.
    pub tokens: u128,
}

/// The fewest validators with sum x denominator >= numerator x S, exactly: 1/3 can halt a
/// Tendermint chain, 2/3 decide it. 0 when nothing is staked; all of them for a share above 1.
pub fn compute_nakamoto(stakes: &[u128], numerator: u128, denominator: u128) -> usize {
    let needed = sum(stakes).full_mul(Uint256::from(numerator));
    let denominator = Uint256::from(denominator);
    let mut held = Uint256::zero();
    sorted_descending(stakes)
        .iter()
        .take_while(|tokens| {
            let short = held.full_mul(denominator) < needed;
            held = held.saturating_add(Uint256::from(**tokens));
            short
        })
        .count()
}

/// [`compute_nakamoto`] at a threshold in basis points, 10 000 being everything. A third and two
/// thirds are no whole number of them: use the fraction there.
pub fn compute_nakamoto_at(stakes: &[u128], basis_points: u16) -> usize {
    compute_nakamoto(stakes, u128::from(basis_points), BASIS_POINTS)
}

/// S^2 / sum of v_i^2, rounded down at 6 decimal places: how many validators of equal stake would
/// be as concentrated. 0 when nothing is staked.
pub fn compute_effective_number(stakes: &[u128]) -> Decimal {
    let total = sum(stakes);
    let number = ratio_floor(
        total.full_mul(total),
        EFFECTIVE_NUMBER_SCALE,
        sum_of_squares(stakes),
    );
    // At most the number of validators, so it always fits.
    Decimal::from_atomics(number, EFFECTIVE_NUMBER_DECIMALS).unwrap_or_default()
}

/// Herfindahl-Hirschman index: sum of v_i^2 / S^2, between 0 and 1, rounded down at 18 decimal
/// places. 0 when nothing is staked.
pub fn compute_hhi(stakes: &[u128]) -> Decimal {
    let total = sum(stakes);
    let hhi = ratio_floor(sum_of_squares(stakes), ONE, total.full_mul(total));
    Decimal::new(hhi)
}

/// Share of all stake that the `k` largest hold, rounded down at 18 decimal places. 0 when nothing
/// is staked.
pub fn compute_top_share(stakes: &[u128], k: usize) -> Decimal {
    let sorted = sorted_descending(stakes);
    let top = sum(sorted.iter().take(k));
    let share = ratio_floor(Uint512::from(top), ONE, Uint512::from(sum(stakes)));
    Decimal::new(share)
}

/// Share of all stake that the largest holds. See [`compute_top_share`].
pub fn compute_largest_share(stakes: &[u128]) -> Decimal {
    compute_top_share(stakes, 1)
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
    let mut ranked: Vec<_> = stakes.iter().enumerate().collect();
    sort_by(&mut ranked, |(_, a), (_, b)| {
        b.tokens
            .cmp(&a.tokens)
            .then_with(|| a.validator.cmp(b.validator))
    });
    let needed = Uint512::from(total);
    let mut inside = vec![false; stakes.len()];
    let mut held = Uint256::zero();
    for (index, stake) in ranked {
        if held.full_mul(Uint256::from(3u128)) >= needed {
            break;
        }
        held = held.saturating_add(Uint256::from(stake.tokens));
        if let Some(flag) = inside.get_mut(index) {
            *flag = true;
        }
    }
    inside
}

fn sorted_descending(stakes: &[u128]) -> Vec<u128> {
    let mut sorted = stakes.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted
}

/// Saturates beyond 2^256, which takes 2^128 stakes.
fn sum<'a>(stakes: impl IntoIterator<Item = &'a u128>) -> Uint256 {
    stakes.into_iter().fold(Uint256::zero(), |sum, tokens| {
        sum.saturating_add(Uint256::from(*tokens))
    })
}

/// Saturates beyond 2^512, which takes 2^256 stakes.
fn sum_of_squares(stakes: &[u128]) -> Uint512 {
    stakes.iter().fold(Uint512::zero(), |sum, tokens| {
        let square = Uint128::new(*tokens).full_mul(*tokens);
        sum.saturating_add(Uint512::from(square))
    })
}

/// floor(part x scale / whole), 0 over nothing. No step overflows: the parts here are below 2^384,
/// the scales below 2^60, and no ratio is above the number of stakes.
fn ratio_floor(part: Uint512, scale: u128, whole: Uint512) -> Uint128 {
    part.saturating_mul(Uint512::from(scale))
        .checked_div(whole)
        .ok()
        .and_then(|ratio| Uint128::try_from(ratio).ok())
        .unwrap_or_default()
}
