//! The chain's concentration before, after, and at best.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use anyhow::Result;
use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{
    Group, Groups, Limits, Policy, Standing, Validator, compute_caps, compute_effective_number,
    compute_largest_share, compute_nakamoto, compute_targets, compute_top_share,
};

use super::report::{Concentration, Status, ValidatorRow};

/// Concentration of these stakes.
pub fn compute_concentration(stakes: &[u128]) -> Result<Concentration> {
    Ok(Concentration {
        nakamoto_third: u32::try_from(compute_nakamoto(stakes, 1, 3))?,
        nakamoto_two_thirds: u32::try_from(compute_nakamoto(stakes, 2, 3))?,
        effective: compute_effective_number(stakes),
        top10_share: compute_top_share(stakes, 10),
        largest_share: compute_largest_share(stakes),
    })
}

/// Concentration of all bonded stake.
pub fn compute_after(validators: &[ValidatorRow]) -> Result<Concentration> {
    let stakes: Vec<u128> = bonded(validators).map(|row| row.tokens().u128()).collect();
    compute_concentration(&stakes)
}

/// Concentration of all bonded stake, had the target rule without a floor placed anew what the
/// vault has on bonded, unjailed validators.
///
/// Listed validators may get what the caps of `policy` allow a vault of `total` tokens, which counts
/// what waits to be delegated too. Nobody has to give up what it has: stake that stands above a cap,
/// or on a validator that is no longer listed, may stay. So where the stake is now is one of the
/// allocations to choose from, and the result, the least majorized of them all, is never less even.
/// Where `groups` overlap there may be no least majorized one: then where the stake is now stands
/// against the rule's answer.
pub fn compute_best(
    validators: &[ValidatorRow],
    policy: &Policy,
    total: u128,
    groups: &[GroupCap],
) -> Result<Concentration> {
    let candidates: Vec<Validator> = bonded(validators)
        .map(|row| Validator {
            address: row.validator.clone(),
            external: row.external.u128(),
            delegated: row.delegated.u128(),
            standing: Standing::eligible_if(row.listed && !row.jailed),
            ..Validator::default()
        })
        .collect();
    let total_bonded: Uint128 = bonded(validators).map(ValidatorRow::tokens).sum();
    let caps = compute_caps(total, total_bonded.u128(), policy, &candidates)?;
    let candidates: Vec<Validator> = candidates
        .into_iter()
        .zip(bonded(validators))
        .zip(caps)
        .map(|((candidate, row), cap)| Validator {
            standing: Standing::eligible_if(!row.jailed),
            limits: Limits {
                owner_max: Some(cap.tokens.max(candidate.delegated)),
                ..Limits::default()
            },
            ..candidate
        })
        .collect();
    let placed: u128 = candidates
        .iter()
        .filter(|candidate| candidate.is_eligible())
        .map(|candidate| candidate.delegated)
        .sum();
    let groups = groups.iter().enumerate();
    let groups = groups.map(|(number, group)| group.over(number, &candidates, placed, total));
    let targets = compute_targets(
        placed,
        placed,
        total_bonded.u128(),
        &ONLY_DECLARED,
        &candidates,
        &Groups::new(candidates.len(), groups.collect())?,
    )?;
    let stakes: Vec<u128> = candidates
        .iter()
        .zip(targets.tokens)
        .map(|(candidate, target)| match candidate.is_eligible() {
            true => candidate.external + target,
            false => candidate.external + candidate.delegated,
        })
        .collect();
    let best = compute_concentration(&stakes)?;
    let after = compute_after(validators)?;
    Ok(match best.effective >= after.effective {
        true => best,
        false => after,
    })
}

/// Validators that together may have no more than a part of the vault.
#[derive(Clone, Debug)]
pub struct GroupCap {
    /// Operator addresses.
    pub members: BTreeSet<String>,
    /// In force, of all that the vault places.
    pub cap: Decimal,
}

impl GroupCap {
    /// As a part of what is placed anew. What stands above the cap may stay.
    fn over(&self, number: usize, candidates: &[Validator], placed: u128, total: u128) -> Group {
        let members = candidates.iter().enumerate();
        let members: Vec<usize> = members
            .filter(|(_, it)| it.is_eligible() && self.members.contains(&it.address))
            .map(|(index, _)| index)
            .collect();
        let present = members.iter().filter_map(|index| candidates.get(*index));
        let present: u128 = present.map(|it| it.delegated).sum();
        let most = Uint128::new(total).mul_floor(self.cap).u128().max(present);
        let part = Decimal::checked_from_ratio(most.min(placed), placed).unwrap_or(Decimal::one());
        Group {
            name: number.to_string(),
            // rounded up, or what is there would not fit by a unit
            cap: part.saturating_add(Decimal::raw(1)),
            members,
        }
    }
}

/// How much of the best effective number was reached, rounded down to 6 decimals.
pub fn compute_best_ratio(after: &Concentration, best: &Concentration) -> Decimal {
    let (after, best) = (after.effective.atomics(), best.effective.atomics());
    let ratio = Decimal::checked_from_ratio(after, best).unwrap_or_default();
    let millionth = Uint128::new(10u128.pow(12));
    Decimal::raw((ratio.atomics() / millionth * millionth).u128())
}

/// No floor, and no cap but each validator's own maximum.
const ONLY_DECLARED: Policy = Policy {
    vault_share_cap: Decimal::one(),
    chain_share_cap: None,
    match_cap: None,
    bond_factor: None,
    floor: Decimal::zero(),
};

fn bonded(validators: &[ValidatorRow]) -> impl Iterator<Item = &ValidatorRow> {
    validators.iter().filter(|row| row.status == Status::Bonded)
}
