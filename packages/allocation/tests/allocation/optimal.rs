//! Invariant 7, by brute force: no other allocation between floors and caps that places as much is
//! better for any concentration metric, and nobody could have placed more. With groups this is
//! claimed without a floor, and for groups that are disjoint or lie within each other.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_effective_number, compute_hhi, compute_nakamoto, compute_top_share, Group, Groups,
    Policy, Validator,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{policy, share, validators, Case},
};

/// All ways to put exactly `tokens` between (floor, cap) pairs.
fn allocations(bounds: &[(u128, u128)], tokens: u128) -> Vec<Vec<u128>> {
    let Some(((floor, cap), rest)) = bounds.split_first() else {
        return if tokens == 0 { vec![vec![]] } else { vec![] };
    };
    (*floor..=tokens.min(*cap))
        .flat_map(|first| {
            allocations(rest, tokens - first)
                .into_iter()
                .map(move |mut others| {
                    others.insert(0, first);
                    others
                })
        })
        .collect()
}

/// All of them that keep the caps of groups too.
fn feasible(case: &Case, tokens: u128) -> Vec<Vec<u128>> {
    let caps = naive::caps(case.base, case.total_bonded, &case.policy, &case.validators);
    let floor = naive::floor(case.base, &case.policy, &case.validators);
    let bounds: Vec<_> = caps.iter().map(|cap| (floor.min(*cap), *cap)).collect();
    let mut all = allocations(&bounds, tokens);
    all.retain(|allocation| naive::keeps_groups(allocation, case.groups.list(), case.base));
    all
}

/// The chain's stakes: what others put on the validators, an allocation, and validators not listed.
fn stakes(case: &Case, allocation: &[u128], unlisted: &[u128]) -> Vec<u128> {
    let listed = case.validators.iter().zip(allocation);
    listed
        .map(|(validator, tokens)| validator.external + tokens)
        .chain(unlisted.iter().copied())
        .collect()
}

/// Whether each two of the groups are disjoint or one holds the other.
fn are_nested(groups: &[Group]) -> bool {
    let common = |a: &Group, b: &Group| a.members.iter().filter(|i| b.members.contains(i)).count();
    groups.iter().all(|a| {
        groups.iter().all(|b| {
            let common = common(a, b);
            common == 0 || common == a.members.len() || common == b.members.len()
        })
    })
}

/// Up to four groups over so many validators, each added if it crosses none before it.
fn nested_groups(validators: usize) -> impl Strategy<Value = Groups> {
    let row = (
        proptest::collection::vec(any::<bool>(), validators),
        share(12, 0..=12),
    );
    proptest::collection::vec(row, 1..=4).prop_map(move |rows| {
        let mut groups = vec![];
        for (flags, cap) in rows {
            let name = format!("group {}", groups.len());
            let members = (0..validators).filter(|i| flags[*i]).collect();
            groups.push(Group { name, cap, members });
            if !are_nested(&groups) {
                groups.pop();
            }
        }
        Groups::new(validators, groups).unwrap()
    })
}

/// A case, and validators that are not listed. With a floor, or with groups, or with neither.
fn tiny_case() -> impl Strategy<Value = (Case, Vec<u128>)> {
    let unlisted = proptest::collection::vec(0u128..=20, 0..=2);
    let rest = (policy(), unlisted, any::<bool>());
    (1u128..=9, 20u128..=80, validators(2..=4), rest).prop_flat_map(
        |(total, total_bonded, mut validators, (mut policy, unlisted, has_floor))| {
            // Small stakes beside small totals, so that every unit counts.
            validators
                .iter_mut()
                .for_each(|validator| validator.external /= 3);
            if !has_floor {
                policy.floor = Decimal::zero();
            }
            nested_groups(validators.len()).prop_map(move |groups| {
                let case = Case {
                    total,
                    base: total,
                    total_bonded,
                    policy: policy.clone(),
                    validators: validators.clone(),
                    groups: if has_floor { Groups::NONE } else { groups },
                };
                (case, unlisted.clone())
            })
        },
    )
}

fn sum_of_squares(stakes: &[u128]) -> u128 {
    stakes.iter().map(|tokens| tokens * tokens).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_allocation_beats_the_rule_on_any_metric((case, unlisted) in tiny_case()) {
        let result = case.targets();
        let placed = case.total - result.unplaced;
        let ours = stakes(&case, &result.tokens, &unlisted);
        let effective = compute_effective_number(&ours);
        let hhi = compute_hhi(&ours);
        let nakamoto = [1, 2].map(|numerator| compute_nakamoto(&ours, numerator, 3));
        let top: Vec<_> = (1..=ours.len()).map(|k| compute_top_share(&ours, k)).collect();

        let others = feasible(&case, placed);
        prop_assert!(others.contains(&result.tokens));
        for other in others {
            let theirs = stakes(&case, &other, &unlisted);
            // Exact, where the decimals are rounded.
            prop_assert!(sum_of_squares(&ours) <= sum_of_squares(&theirs), "{other:?}");
            prop_assert!(effective >= compute_effective_number(&theirs), "{other:?}");
            prop_assert!(hhi <= compute_hhi(&theirs), "{other:?}");
            for (numerator, ours) in [1, 2].into_iter().zip(nakamoto) {
                prop_assert!(ours >= compute_nakamoto(&theirs, numerator, 3), "{other:?}");
            }
            for (k, ours) in (1..).zip(&top) {
                prop_assert!(*ours <= compute_top_share(&theirs, k), "top {k}: {other:?}");
            }
        }
        // And nobody could have placed more.
        if result.unplaced > 0 {
            prop_assert!(feasible(&case, placed + 1).is_empty());
        }
    }
}

/// What is given up when groups cross: the rule serves the lowest first and never takes back, so it
/// may fill a group with a validator that blocks two others.
#[test]
fn groups_that_cross_may_leave_something_unplaced_that_another_order_would_place() {
    let member = |name: &str, members: &[usize]| Group {
        name: name.to_string(),
        cap: Decimal::percent(50),
        members: members.to_vec(),
    };
    let validator = |address: &str, external| Validator::eligible(address, external, 0);
    let case = Case {
        total: 2,
        base: 2,
        total_bonded: 0,
        policy: Policy {
            vault_share_cap: Decimal::one(),
            chain_share_cap: None,
            match_cap: None,
            bond_factor: None,
            floor: Decimal::zero(),
        },
        validators: vec![validator("a", 0), validator("b", 5), validator("c", 5)],
        groups: Groups::new(3, vec![member("g", &[0, 1]), member("h", &[0, 2])]).unwrap(),
    };
    assert_eq!(case.targets().tokens, [1, 0, 0]);
    assert_eq!(case.targets().unplaced, 1);
    assert_eq!(feasible(&case, 2), [[0, 1, 1]]);
}
