//! How concentrated stake is, one number at a time.

use cosmwasm_std::{Decimal, Uint256, Uint512};

use super::numbers::{ratio_floor, sorted_descending, sum, sum_of_squares, ONE};

/// Decimal places of the effective number.
const EFFECTIVE_NUMBER_DECIMALS: u32 = 6;
/// 10^6, see [`EFFECTIVE_NUMBER_DECIMALS`].
const EFFECTIVE_NUMBER_SCALE: u128 = 1_000_000;

/// 1 in basis points.
const BASIS_POINTS: u128 = 10_000;

/// The fewest validators with sum x denominator >= numerator x S, exactly: 1/3 can halt a
/// Tendermint chain, 2/3 decide it. 0 when nothing is staked; all of them for a share above 1.
pub fn compute_nakamoto(stakes: &[u128], numerator: u128, denominator: u128) -> usize {
    let needed = sum(stakes).full_mul(Uint256::from(numerator));
    let denominator = Uint256::from(denominator);
    let mut so_far = Uint256::zero();
    sorted_descending(stakes)
        .iter()
        .take_while(|tokens| {
            let short = so_far.full_mul(denominator) < needed;
            so_far = so_far.saturating_add(Uint256::from(**tokens));
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
