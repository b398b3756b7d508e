//! The report of `defenders concentration`, in the shape of its JSON.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{
    AllocationError, Comparison, Concentration, Position, compute_concentration_report,
};
use serde::Serialize;

use super::chain::{BondedValidator, Chain, SelfLimit, TopValidator};

/// Amounts are strings in base units, shares and indices decimal strings, counts numbers.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Name of the shipped set, or the file as given.
    pub set: String,
    /// All stake counted.
    pub tokens: States<Uint128>,
    /// The deposit; null if there is none.
    pub deposit: Option<DepositRow>,
    /// Every validator for itself.
    pub by_validator: States<Metrics>,
    /// Validators of one group as one; null without groups.
    pub by_operator: Option<States<Metrics>>,
}

/// Something of the chain in three states of the vault.
#[derive(Debug, Serialize)]
pub struct States<T> {
    /// As it is.
    pub with: T,
    /// Without the vault's stake; null without a book.
    pub without: Option<T>,
    /// With the deposit; null if there is none.
    pub after: Option<T>,
    /// With the same amount at the validator that has most; there with a node and a deposit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_top: Option<T>,
}

/// The deposit.
#[derive(Debug, Serialize)]
pub struct DepositRow {
    /// Its tokens.
    pub tokens: Uint128,
    /// The vault's stake and the deposit together.
    #[serde(skip)]
    pub total: Uint128,
    /// What the caps leave no place for of it.
    pub unplaced: Uint128,
    /// Its part of the chain, rounded down.
    pub chain_share: Decimal,
    /// What the vault would say to that; null when nothing.
    pub self_limit: Option<SelfLimit>,
    /// Operator address of the validator that has most; there where `at_top` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_validator: Option<String>,
    /// What its operator calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_name: Option<String>,
}

impl Report {
    /// What a reader should know before all else.
    pub fn warning(&self) -> Option<String> {
        let deposit = self.deposit.as_ref()?;
        let is_lost = !deposit.total.is_zero() && deposit.unplaced == deposit.total;
        is_lost.then(|| "the caps leave no place for anything that the vault has".to_string())
    }
}

/// All metrics of one distribution.
#[derive(Debug, Serialize)]
pub struct Metrics {
    /// How many hold something.
    pub holders: usize,
    /// Fewest with at least 1/3 of the stake.
    pub nakamoto_third: usize,
    /// Fewest with at least 2/3 of the stake.
    pub nakamoto_two_thirds: usize,
    /// Fewest at each threshold asked for.
    pub nakamoto_at: Vec<Threshold>,
    /// S^2 / sum v^2, rounded down at 6 decimals.
    pub effective: Decimal,
    /// sum v^2 / S^2, rounded down at 18 decimals, as all below.
    pub hhi: Decimal,
    /// Sum of all differences over 2 n S.
    pub gini: Decimal,
    /// Part of the stake with the largest.
    pub top1_share: Decimal,
    /// With the five largest.
    pub top5_share: Decimal,
    /// With the ten largest.
    pub top10_share: Decimal,
    /// With the twenty largest.
    pub top20_share: Decimal,
}

/// A Nakamoto coefficient of one's own.
#[derive(Debug, Serialize)]
pub struct Threshold {
    /// Part of the stake.
    pub basis_points: u16,
    /// Fewest with at least that.
    pub fewest: usize,
}

/// The report on a chain.
pub fn compute_report(chain: &Chain, thresholds: &[u16]) -> Result<Report, AllocationError> {
    let positions: Vec<Position<'_>> = chain
        .validators
        .iter()
        .map(|validator| Position {
            operator: validator.operator.as_deref(),
            external: validator.external,
            delegated: validator.delegated,
            delegated_after: validator.delegated_after,
        })
        .collect();
    let report = compute_concentration_report(&positions, thresholds)?;
    let at_top = compute_at_top(chain, positions, thresholds)?;
    let (at_top, at_top_by_operator) = at_top.unzip();
    let metrics = |comparison: Comparison, at_top: Option<Concentration>| States {
        with: Metrics::of(comparison.with, thresholds),
        without: chain
            .has_book
            .then(|| Metrics::of(comparison.without, thresholds)),
        after: chain
            .deposit
            .is_some()
            .then(|| Metrics::of(comparison.after, thresholds)),
        at_top: at_top.map(|at_top| Metrics::of(at_top, thresholds)),
    };
    // No sum overflows: the set's is bounded, and the deposit was added to it before.
    let sum = |tokens: &dyn Fn(&BondedValidator) -> u128| -> Uint128 {
        chain.validators.iter().map(tokens).sum::<u128>().into()
    };
    Ok(Report {
        set: chain.set.clone(),
        tokens: States {
            with: sum(&|it| it.external + it.delegated),
            without: chain.has_book.then(|| sum(&|it| it.external)),
            after: chain
                .deposit
                .is_some()
                .then(|| sum(&|it| it.external + it.delegated_after)),
            at_top: match (&chain.top, &chain.deposit) {
                (Some(_), Some(deposit)) => {
                    let all = sum(&|it| it.external + it.delegated);
                    Some(all.saturating_add(deposit.tokens.into()))
                }
                _ => None,
            },
        },
        deposit: chain.deposit.as_ref().map(|deposit| DepositRow {
            tokens: deposit.tokens.into(),
            total: deposit.total.into(),
            unplaced: deposit.unplaced.into(),
            chain_share: deposit.chain_share,
            self_limit: deposit.self_limit,
            top_validator: chain.top.as_ref().map(|top| top.operator.clone()),
            top_name: chain.top.as_ref().and_then(|top| top.name.clone()),
        }),
        by_validator: metrics(report.by_validator, at_top),
        by_operator: chain
            .has_groups
            .then(|| metrics(report.by_operator, at_top_by_operator)),
    })
}

/// The chain if the deposit went where most stake is, by validator and by operator.
fn compute_at_top(
    chain: &Chain,
    mut positions: Vec<Position<'_>>,
    thresholds: &[u16],
) -> Result<Option<(Concentration, Concentration)>, AllocationError> {
    let (Some(TopValidator { index, .. }), Some(deposit)) = (&chain.top, &chain.deposit) else {
        return Ok(None);
    };
    for (place, position) in positions.iter_mut().enumerate() {
        let more = if place == *index { deposit.tokens } else { 0 };
        position.delegated_after =
            position
                .delegated
                .checked_add(more)
                .ok_or(AllocationError::SumOverflow {
                    left: position.delegated,
                    right: more,
                })?;
    }
    let report = compute_concentration_report(&positions, thresholds)?;
    Ok(Some((report.by_validator.after, report.by_operator.after)))
}

impl Metrics {
    /// Of a distribution, and of the thresholds asked for.
    pub fn of(concentration: Concentration, thresholds: &[u16]) -> Self {
        let at = thresholds.iter().zip(concentration.nakamoto_at);
        Self {
            holders: concentration.holders,
            nakamoto_third: concentration.nakamoto_third,
            nakamoto_two_thirds: concentration.nakamoto_two_thirds,
            nakamoto_at: at
                .map(|(basis_points, fewest)| Threshold {
                    basis_points: *basis_points,
                    fewest,
                })
                .collect(),
            effective: concentration.effective_number,
            hhi: concentration.hhi,
            gini: concentration.gini,
            top1_share: concentration.top_1_share,
            top5_share: concentration.top_5_share,
            top10_share: concentration.top_10_share,
            top20_share: concentration.top_20_share,
        }
    }
}
