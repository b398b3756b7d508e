//! The chain before and after.

use defenders_allocation::{Concentration, compute_concentration};

use super::compute::Spread;
use super::draft::is_bonded;
use super::situation::Situation;

/// Concentration of the bonded validators now, and after all that is sent.
pub fn compute_networks(
    situation: &Situation,
    spread: &Spread<'_>,
) -> (Concentration, Concentration) {
    let moved = |address: &str| {
        let found = spread
            .candidates
            .iter()
            .position(|it| it.address == address);
        let index = found?;
        Some((spread.candidates.get(index)?.own, *spread.after.get(index)?))
    };
    let bonded = situation.validators.iter().filter(|info| is_bonded(info));
    let (before, after): (Vec<u128>, Vec<u128>) = bonded
        .map(|info| {
            let (own, own_after) = moved(&info.address).unwrap_or_default();
            let others = info.tokens.saturating_sub(own);
            (info.tokens, others.saturating_add(own_after))
        })
        .unzip();
    (
        compute_concentration(&before, &[]),
        compute_concentration(&after, &[]),
    )
}
