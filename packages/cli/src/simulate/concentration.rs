//! The chain's concentration before, after, and at best.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(validator: &str, external: u128, delegated: u128) -> ValidatorRow {
        ValidatorRow {
            validator: validator.to_string(),
            name: None,
            left_out: None,
            was_bonded: true,
            before: Uint128::zero(),
            external: external.into(),
            delegated: delegated.into(),
            status: Status::Bonded,
            target: None,
            jailed: false,
            tombstoned: false,
            commission: Decimal::zero(),
            listed: true,
        }
    }

    #[test]
    fn ratio_to_the_best_is_rounded_down() {
        let of = |effective: &str| Concentration {
            effective: effective.parse().unwrap(),
            ..compute_concentration(&[1]).unwrap()
        };
        let ratio = compute_best_ratio(&of("43.582127"), &of("43.584624"));
        assert_eq!(ratio.to_string(), "0.999942"); // 43.582127 / 43.584624 = 0.9999427…
        assert_eq!(compute_best_ratio(&of("2"), &of("2")), Decimal::one());
    }

    fn unbounded() -> Policy {
        Policy {
            vault_share_cap: Decimal::one(),
            chain_share_cap: None,
            match_cap: None,
            bond_factor: None,
            floor: Decimal::one(),
        }
    }

    #[test]
    fn after_counts_bonded_stake_only() {
        let mut out = row("c", 1_000, 0);
        out.status = Status::Unbonding;
        let after = compute_after(&[row("a", 20, 10), row("b", 10, 0), out]).unwrap();
        assert_eq!(after.effective.to_string(), "1.6"); // 40^2 / (30^2 + 10^2)
        assert_eq!(after.largest_share.to_string(), "0.75"); // 30 / 40
        assert_eq!((after.nakamoto_third, after.nakamoto_two_thirds), (1, 1));
    }

    #[test]
    fn best_levels_what_the_vault_has_and_leaves_others_alone() {
        let mut foreign = row("d", 60, 0);
        foreign.listed = false;
        let rows = [row("a", 10, 30), row("b", 20, 0), row("c", 30, 0), foreign];
        let best = compute_best(&rows, &unbounded(), 30, &[]).unwrap();
        // 30 units on 10, 20, 30 make 30, 30, 30: 150^2 / (3 x 30^2 + 60^2) = 22500 / 6300
        assert_eq!(best.effective.to_string(), "3.571428");
    }

    #[test]
    fn best_gives_nothing_to_the_jailed_and_takes_nothing_from_them() {
        let mut jailed = row("a", 10, 30);
        jailed.jailed = true;
        let best = compute_best(&[jailed, row("b", 20, 0)], &unbounded(), 30, &[]).unwrap();
        assert_eq!(best.largest_share.to_string(), "0.666666666666666666"); // 40 / 60
    }

    #[test]
    fn caps_are_those_of_the_whole_vault_and_what_stands_above_them_may_stay() {
        let policy = Policy {
            vault_share_cap: Decimal::percent(50),
            ..unbounded()
        };
        // of 100 tokens 60 are delegated, and 50 may stand on one: b could take 30 of them, but
        // gets no more than it needs to stand where a stands
        let rows = [row("a", 10, 40), row("b", 30, 20)];
        let best = compute_best(&rows, &policy, 100, &[]).unwrap();
        assert_eq!(best, compute_after(&rows).unwrap()); // 50 and 50

        // of 60 tokens 30 may stand on one, yet a keeps the 40 that it has
        let rows = [row("a", 0, 40), row("b", 60, 20)];
        let best = compute_best(&rows, &policy, 60, &[]).unwrap();
        assert_eq!(best.largest_share.to_string(), "0.666666666666666666"); // 80 / 120
    }

    #[test]
    fn groups_bind_the_best_and_what_they_have_above_may_stay() {
        let group = |cap| GroupCap {
            members: ["a", "b"].map(String::from).into(),
            cap: Decimal::percent(cap),
        };
        let best = |rows: &[ValidatorRow], cap| {
            let best = compute_best(rows, &unbounded(), 40, &[group(cap)]).unwrap();
            best.effective.to_string()
        };
        // 40 tokens level 0, 0, 60 at 20, 20, 60; a and b together may have a quarter: 5, 5, 90
        let rows = [row("a", 0, 0), row("b", 0, 0), row("c", 60, 40)];
        assert_eq!(best(&rows, 100), "2.272727"); // 100^2 / (20^2 + 20^2 + 60^2)
        assert_eq!(best(&rows, 25), "1.226993"); // 100^2 / (5^2 + 5^2 + 90^2)
        // they have 30, and 10 more than they may: 15, 15, 70
        let rows = [row("a", 0, 30), row("b", 0, 0), row("c", 60, 10)];
        assert_eq!(best(&rows, 25), "1.869158"); // 100^2 / (15^2 + 15^2 + 70^2)
    }

    fn any_row() -> impl Strategy<Value = (u128, u128, u8)> {
        (0..1_000_000u128, 0..400_000u128, 0..32u8)
    }

    proptest! {
        /// Whatever stands where, for whatever reason: never more concentrated by any measure.
        #[test]
        fn best_is_never_below_after(
            stakes in prop::collection::vec(any_row(), 1..40),
            (alpha, match_cap, chain_cap) in (1..100u64, 1..100u64, 1..100u64),
            waiting in 0..500_000u128,
            group_caps in prop::collection::vec((1..100u64, 1..16u8), 0..4),
        ) {
            let rows: Vec<ValidatorRow> = stakes
                .iter()
                .enumerate()
                .map(|(index, (external, delegated, odd))| {
                    let mut row = row(&format!("v{index:02}"), *external + 1, *delegated);
                    row.listed = odd & 3 != 3;
                    row.jailed = *odd == 4;
                    if *odd == 8 {
                        row.status = Status::Unbonding;
                    }
                    row
                })
                .collect();
            let policy = Policy {
                vault_share_cap: Decimal::percent(alpha),
                match_cap: Some(Decimal::percent(match_cap)),
                chain_share_cap: Some(Decimal::percent(chain_cap)),
                ..unbounded()
            };
            // members by their index modulo 16: groups overlap
            let groups: Vec<GroupCap> = group_caps
                .iter()
                .map(|(cap, number)| GroupCap {
                    members: rows
                        .iter()
                        .enumerate()
                        .filter(|(index, _)| (index % 16) as u8 & number != 0)
                        .map(|(_, row)| row.validator.clone())
                        .collect(),
                    cap: Decimal::percent(*cap),
                })
                .collect();
            let delegated: u128 = rows.iter().map(|row| row.delegated.u128()).sum();
            if bonded(&rows).next().is_some() {
                let after = compute_after(&rows).unwrap();
                let best = compute_best(&rows, &policy, delegated + waiting, &groups).unwrap();
                prop_assert!(best.effective >= after.effective, "{best:?} {after:?}");
                if !groups.is_empty() {
                    return Ok(()); // one of them may be more even at another measure
                }
                prop_assert!(best.nakamoto_third >= after.nakamoto_third);
                prop_assert!(best.nakamoto_two_thirds >= after.nakamoto_two_thirds);
                prop_assert!(best.top10_share <= after.top10_share);
                prop_assert!(best.largest_share <= after.largest_share);
            }
        }
    }
}
