//! Who shares an operator, a hosting provider, a jurisdiction with whom: read from a file, and what
//! the vault has with each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{compute_group_cap_in_force, count_eligible_groups};
use serde::Serialize;

use super::concentration::GroupCap;
use super::report::{Policy, ValidatorRow};
use crate::input::listing::Names;
use crate::input::{FileError, InputError, Object, load_rows};
use crate::validator_set::SetValidator;

/// Most groups that a vault knows.
const MOST_GROUPS: usize = 40;
/// Longest name, bytes.
const MOST_LETTERS: usize = 32;

/// What validators share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Who runs them.
    Operator,
    /// Whose machines they are on.
    Hosting,
    /// Under whose law.
    Jurisdiction,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Operator, Kind::Hosting, Kind::Jurisdiction];

    /// The field of the file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Operator => "operator",
            Kind::Hosting => "hosting",
            Kind::Jurisdiction => "jurisdiction",
        }
    }
}

/// The groups of one validator, by kind.
pub type GroupsOf = BTreeMap<Kind, String>;

/// What the vault has with one group at the end.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// What its members share.
    pub kind: Kind,
    /// Its name.
    pub group: String,
    /// Its members in the set.
    pub validators: usize,
    /// The vault's delegations to them.
    pub delegated: Uint128,
    /// Part of all the vault's delegations, rounded down.
    pub vault_share: Decimal,
}

/// Reads a file of groups. Refuses validators that the set does not know, and names that the vault
/// would refuse.
pub fn load_groups(
    file: &Path,
    set: &[SetValidator],
) -> Result<BTreeMap<String, GroupsOf>, FileError> {
    let mut names = Names::default();
    let mut known = BTreeSet::new();
    let fields = ["validator", "operator", "hosting", "jurisdiction"];
    let rows = load_rows(file, &fields, |mut row| {
        let node = row.required("validator")?;
        let validator = names.add(&node)?;
        // sets are sorted
        if set
            .binary_search_by(|it| it.operator.as_str().cmp(&validator))
            .is_err()
        {
            return Err(node.unknown("validator in the set", validator));
        }
        Ok((validator, read_groups(&mut row, &mut known)?))
    })?;
    Ok(rows.into_iter().collect())
}

fn read_groups(
    row: &mut Object,
    known: &mut BTreeSet<(Kind, String)>,
) -> Result<GroupsOf, InputError> {
    let mut groups = GroupsOf::new();
    for kind in Kind::ALL {
        let Some(node) = row.optional(kind.name()) else {
            continue;
        };
        let parsed = node.text("a name of 1 to 32 of a-z, 0-9 and -, or nothing", |text| {
            is_name_or_nothing(text).then(|| text.to_string())
        })?;
        if parsed.is_empty() {
            continue;
        }
        known.insert((kind, parsed.clone()));
        if known.len() > MOST_GROUPS {
            return Err(InputError::Impossible {
                path: node.path().to_string(),
                reason: format!(
                    "{parsed:?} is one group more than {MOST_GROUPS}, all that a vault knows"
                ),
            });
        }
        groups.insert(kind, parsed);
    }
    Ok(groups)
}

fn is_name_or_nothing(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    text.len() <= MOST_LETTERS && text.bytes().all(is_letter)
}

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

    #[test]
    fn names_are_those_that_the_vault_takes() {
        for text in ["", "a", "aws-eu-west-1", &"x".repeat(32)] {
            assert!(is_name_or_nothing(text), "{text}");
        }
        for text in ["A", "a b", "a_b", "é", &"x".repeat(33)] {
            assert!(!is_name_or_nothing(text), "{text}");
        }
    }
}
