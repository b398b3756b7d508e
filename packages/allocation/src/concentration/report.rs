//! Everything at once: all metrics of the chain with the vault, without it, and as it would be, by
//! validator and by operator.

use crate::gather::Gather;
use cosmwasm_std::Decimal;

use super::{
    gini::compute_gini,
    metrics::{
        compute_effective_number, compute_hhi, compute_nakamoto, compute_nakamoto_at,
        compute_top_share,
    },
};
use crate::{error::AllocationError, math::add};

/// All metrics of one distribution of stake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// How many hold something.
    pub holders: usize,
    /// Fewest with at least 1/3 of the stake.
    pub nakamoto_third: usize,
    /// Fewest with at least 2/3 of the stake.
    pub nakamoto_two_thirds: usize,
    /// Fewest with at least each of the thresholds asked for, in that order.
    pub nakamoto_at: Vec<usize>,
    /// See [`compute_effective_number`].
    pub effective_number: Decimal,
    /// See [`compute_hhi`].
    pub hhi: Decimal,
    /// See [`compute_gini`].
    pub gini: Decimal,
    /// Part of the stake with the largest, see [`compute_top_share`].
    pub top_1_share: Decimal,
    /// With the five largest.
    pub top_5_share: Decimal,
    /// With the ten largest.
    pub top_10_share: Decimal,
    /// With the twenty largest.
    pub top_20_share: Decimal,
}

/// All metrics of these stakes; Nakamoto also at `thresholds`, in basis points.
pub fn compute_concentration(stakes: &[u128], thresholds: &[u16]) -> Concentration {
    Concentration {
        holders: stakes.iter().filter(|tokens| **tokens > 0).count(),
        nakamoto_third: compute_nakamoto(stakes, 1, 3),
        nakamoto_two_thirds: compute_nakamoto(stakes, 2, 3),
        nakamoto_at: thresholds
            .iter()
            .map(|threshold| compute_nakamoto_at(stakes, *threshold))
            .gather(),
        effective_number: compute_effective_number(stakes),
        hhi: compute_hhi(stakes),
        gini: compute_gini(stakes),
        top_1_share: compute_top_share(stakes, 1),
        top_5_share: compute_top_share(stakes, 5),
        top_10_share: compute_top_share(stakes, 10),
        top_20_share: compute_top_share(stakes, 20),
    }
}

/// A validator with the vault's part in it, now and after something hypothetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position<'a> {
    /// The group of validators with one operator, if it is in one.
    pub operator: Option<&'a str>,
    /// Its stake without the vault's, in tokens.
    pub external: u128,
    /// The vault's stake on it, in tokens.
    pub delegated: u128,
    /// The vault's stake on it instead, in tokens.
    pub delegated_after: u128,
}

/// The same chain in three states of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// As it is.
    pub with: Concentration,
    /// Had the vault nothing, and all other stake stayed where it is.
    pub without: Concentration,
    /// As it would be.
    pub after: Concentration,
}

/// The comparison for both ways of counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcentrationReport {
    /// Every validator for itself.
    pub by_validator: Comparison,
    /// Validators of one operator as one. A validator without an operator is its own.
    pub by_operator: Comparison,
}

/// All metrics in all states, both ways; Nakamoto also at `thresholds`, in basis points. Refuses
/// stakes that add up to more than 128 bits.
pub fn compute_concentration_report(
    positions: &[Position<'_>],
    thresholds: &[u16],
) -> Result<ConcentrationReport, AllocationError> {
    let by_validator = Stakes::of(positions)?;
    let by_operator = by_validator.by_operator(positions)?;
    Ok(ConcentrationReport {
        by_validator: by_validator.compare(thresholds),
        by_operator: by_operator.compare(thresholds),
    })
}

/// Stakes of the same holders in the three states.
#[derive(Default)]
struct Stakes {
    with: Vec<u128>,
    without: Vec<u128>,
    after: Vec<u128>,
}

impl Stakes {
    fn of(positions: &[Position<'_>]) -> Result<Self, AllocationError> {
        let mut stakes = Self::default();
        for position in positions {
            stakes
                .with
                .push(add(position.external, position.delegated)?);
            stakes.without.push(position.external);
            stakes
                .after
                .push(add(position.external, position.delegated_after)?);
        }
        Ok(stakes)
    }

    fn by_operator(&self, positions: &[Position<'_>]) -> Result<Self, AllocationError> {
        let operators: Vec<_> = positions.iter().map(|it| it.operator).gather();
        Ok(Self {
            with: add_up_operators(&operators, &self.with)?,
            without: add_up_operators(&operators, &self.without)?,
            after: add_up_operators(&operators, &self.after)?,
        })
    }

    fn compare(&self, thresholds: &[u16]) -> Comparison {
        Comparison {
            with: compute_concentration(&self.with, thresholds),
            without: compute_concentration(&self.without, thresholds),
            after: compute_concentration(&self.after, thresholds),
        }
    }
}

/// The stakes of operators, whose order means nothing: one for each operator that is named, and one
/// for each stake of nobody named.
fn add_up_operators(
    operators: &[Option<&str>],
    stakes: &[u128],
) -> Result<Vec<u128>, AllocationError> {
    let mut alone = Vec::new();
    let mut together: Vec<(&str, u128)> = Vec::new();
    for (operator, tokens) in operators.iter().zip(stakes) {
        let Some(operator) = operator else {
            alone.push(*tokens);
            continue;
        };
        match together.binary_search_by_key(operator, |(known, _)| *known) {
            Ok(index) => {
                if let Some((_, sum)) = together.get_mut(index) {
                    *sum = add(*sum, *tokens)?;
                }
            }
            Err(index) => together.insert(index, (operator, *tokens)),
        }
    }
    alone.extend(together.into_iter().map(|(_, tokens)| tokens));
    Ok(alone)
}
