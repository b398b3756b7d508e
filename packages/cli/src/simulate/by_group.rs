//! What the vault has with those who share an operator, a hosting provider, a jurisdiction.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{compute_group_cap_in_force, count_eligible_groups};

use super::concentration::GroupCap;
use super::findings::GroupRow;
use super::groups::{GroupsOf, Kind};
use super::report::{Policy, ValidatorRow};

/// A row for each group, in the order of kinds and names. Who names no operator is its own, and has
/// no row.
pub fn compute_groups(
    groups: &BTreeMap<String, GroupsOf>,
    validators: &[ValidatorRow],
) -> Vec<GroupRow> {
    let all: Uint128 = validators.iter().map(|row| row.delegated).sum();
    let mut sums: BTreeMap<(Kind, &str), (usize, Uint128)> = BTreeMap::new();
    for row in validators {
        for (kind, group) in groups.get(&row.validator).into_iter().flatten() {
            let (members, delegated) = sums.entry((*kind, group)).or_default();
            *members += 1;
            *delegated += row.delegated;
        }
    }
    let rows = sums.into_iter();
    rows.map(|((kind, group), (validators, delegated))| GroupRow {
        kind,
        group: group.to_string(),
        validators,
        delegated,
        vault_share: Decimal::checked_from_ratio(delegated, all).unwrap_or_default(),
    })
    .collect()
}

/// The group caps that the policy has in force: max(the kind's cap, 1.25 / groups of that kind among
/// the listed), where who names none is a group of its own.
pub fn compute_group_caps(
    groups: &BTreeMap<String, GroupsOf>,
    validators: &[ValidatorRow],
    policy: &Policy,
) -> Vec<GroupCap> {
    let caps = [
        (Kind::Operator, policy.operator_group_cap),
        (Kind::Hosting, policy.provider_group_cap),
        (Kind::Jurisdiction, policy.jurisdiction_group_cap),
    ];
    let listed = validators.iter().filter(|row| row.listed);
    let mut all = Vec::new();
    for (kind, cap) in caps {
        let Some(cap) = cap else { continue };
        let named = |validator: &str| Some(groups.get(validator)?.get(&kind)?.as_str());
        let declared = listed.clone().map(|row| named(&row.validator));
        let cap = compute_group_cap_in_force(cap, count_eligible_groups(declared));
        let mut members: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for row in validators {
            if let Some(group) = named(&row.validator) {
                let members = members.entry(group).or_default();
                members.insert(row.validator.clone());
            }
        }
        all.extend(
            members
                .into_values()
                .map(|members| GroupCap { members, cap }),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::tables::tests::report;

    #[test]
    fn caps_in_force_are_widened_for_few_groups() {
        let report = report();
        let names = |index: usize| report.validators[index].validator.clone();
        // among 150 listed two groups of two: 148 of hosting, all others alone
        let hosting = |name: &str| GroupsOf::from([(Kind::Hosting, name.to_string())]);
        let groups = [(20, "x"), (21, "x"), (22, "y"), (23, "y")];
        let groups = groups.map(|(index, name)| (names(index), hosting(name)));
        let groups: BTreeMap<String, GroupsOf> = groups.into();
        let caps = |cap: u64| {
            let mut policy = report.policy.clone();
            policy.provider_group_cap = Some(Decimal::bps(cap));
            compute_group_caps(&groups, &report.validators, &policy)
        };
        let wide = caps(2_500);
        assert_eq!(wide.len(), 2);
        assert_eq!(wide[0].members, BTreeSet::from([names(20), names(21)]));
        assert_eq!(wide[0].cap, Decimal::percent(25));
        // 1.25 / 148
        let narrow = Decimal::from_ratio(125u128, 14_800u128);
        assert_eq!(caps(1)[1].cap, narrow);
        assert!(compute_group_caps(&groups, &report.validators, &report.policy).is_empty());
    }
}
