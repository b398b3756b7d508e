//! How concentrated stake is, as it is shown.

use cosmwasm_std::Decimal;
use defenders_allocation::Concentration;
use serde::Serialize;

/// Of a distribution of stake; each as `defenders concentration --json` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metrics {
    /// How many hold something.
    pub holders: u32,
    /// Fewest with at least a third.
    pub nakamoto_third: u32,
    /// Fewest with at least two thirds.
    pub nakamoto_two_thirds: u32,
    /// S^2 / sum v^2, rounded down at 6 decimals.
    pub effective: Decimal,
    /// Part of the stake with the largest.
    pub top1_share: Decimal,
    /// With the ten largest.
    pub top10_share: Decimal,
}

impl Metrics {
    /// Of what the allocation has computed.
    pub fn of(concentration: &Concentration) -> Self {
        Self {
            holders: to_count(concentration.holders),
            nakamoto_third: to_count(concentration.nakamoto_third),
            nakamoto_two_thirds: to_count(concentration.nakamoto_two_thirds),
            effective: concentration.effective_number,
            top1_share: concentration.top_1_share,
            top10_share: concentration.top_10_share,
        }
    }
}

/// No set has as many.
pub fn to_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
