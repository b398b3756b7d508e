//! The rule at the size of real chains: up to 300 validators, up to 40 groups, amounts up to 10^27
//! and two real sets, against the second algorithm. (That the second is right is checked against
//! the unit-by-unit twin as well.)

use cosmwasm_std::Decimal;
use defenders_allocation::{Group, Groups, Limits, Policy, Standing, Validator};
use proptest::prelude::*;

use crate::{
    naive, second,
    strategy::{case, Case},
};

const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

/// Amounts of one case: so small that levels tie all the time, or up to 10^27.
fn scale() -> impl Strategy<Value = u128> {
    prop_oneof![
        Just(4u128),
        Just(40),
        Just(1_000),
        Just(1_000_000_007),
        Just(MOST)
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    let share = |parts: u64, most: u64| (0..=most).prop_map(move |p| Decimal::from_ratio(p, parts));
    (
        share(1_000, 200),
        proptest::option::of(share(1_000, 30)),
        proptest::option::of(share(7, 6)),
        proptest::option::weighted(0.3, share(3, 60)),
        share(8, 8),
    )
        .prop_map(|(alpha, chain, gamma, beta, floor)| Policy {
            vault_share_cap: alpha,
            chain_share_cap: chain,
            match_cap: gamma,
            bond_factor: beta,
            floor,
        })
}

fn validators(scale: u128) -> impl Strategy<Value = Vec<Validator>> {
    let row = (
        0..=scale,
        proptest::option::weighted(0.1, 0..=scale / 2),
        proptest::option::weighted(0.8, 0..=scale / 4),
        prop::bool::weighted(0.9),
    );
    proptest::collection::vec(row, 100..=300).prop_map(|rows| {
        let count = rows.len();
        let validator = |(i, (external, own_max, self_bond, eligible))| Validator {
            // 307 is a prime above every count: distinct addresses, not in order.
            address: format!("valoper{:03}", i * 11 % 307),
            external,
            standing: Standing::eligible_if(eligible),
            limits: Limits {
                own_max,
                self_bond,
                ..Limits::default()
            },
            ..Validator::default()
        };
        let validators: Vec<_> = rows.into_iter().enumerate().map(validator).collect();
        assert_eq!(validators.len(), count);
        validators
    })
}

/// Up to 40 groups that hold few or many of the validators, with caps about what they would get.
fn groups(validators: usize) -> impl Strategy<Value = Groups> {
    let group = (1usize..=60, 0usize..60, 0u64..=150).prop_flat_map(move |(every, first, cap)| {
        let members: Vec<_> = (first..validators).step_by(every).collect();
        let fair = members.len() as u64 * 1_000 / validators.max(1) as u64;
        (
            Just(members).prop_shuffle(),
            Just(Decimal::from_ratio(fair * cap, 100_000u64)),
        )
    });
    proptest::collection::vec(group, 0..=40).prop_map(move |rows| {
        let group = |(i, (members, cap)): (usize, (Vec<usize>, Decimal))| Group {
            name: format!("group {}", i * 7 % 41),
            cap,
            members,
        };
        let list = rows.into_iter().enumerate().map(group).collect();
        Groups::new(validators, list).unwrap()
    })
}

fn real_size_case() -> impl Strategy<Value = Case> {
    (scale(), policy()).prop_flat_map(|(scale, policy)| {
        (validators(scale), 0..=100 * scale).prop_flat_map(move |(validators, total)| {
            let policy = policy.clone();
            let total_bonded = validators
                .iter()
                .map(|validator| validator.external)
                .sum::<u128>()
                + total;
            groups(validators.len()).prop_map(move |groups| Case {
                total,
                base: total + total / 7,
                total_bonded,
                policy: policy.clone(),
                validators: validators.clone(),
                groups,
            })
        })
    })
}

/// Targets for a part of a real set: caps as the design has them, 40 groups by rank.
fn real_case(table: &str, permille: u128, with_groups: bool) -> Case {
    let rows = table.lines().skip(1).filter(|row| !row.is_empty());
    let mut validators: Vec<Validator> = rows
        .map(|row| {
            let fields: Vec<&str> = row.split(',').collect();
            let external: u128 = fields[3].parse().unwrap();
            Validator {
                address: fields[0].to_string(),
                external,
                standing: Standing::eligible_if(
                    fields[4].parse::<Decimal>().unwrap() <= Decimal::percent(10),
                ),
                limits: Limits {
                    self_bond: Some(external / 50),
                    ..Limits::default()
                },
                ..Validator::default()
            }
        })
        .collect();
    let total_bonded: u128 = validators.iter().map(|validator| validator.external).sum();
    let mut ranks: Vec<usize> = (0..validators.len()).collect();
    ranks.sort_by_key(|i| std::cmp::Reverse(validators[*i].external));
    for i in &ranks[..8] {
        validators[*i].standing = Standing::Waiting;
    }
    let group = |(name, cap, first, every): (&str, u64, usize, usize)| Group {
        name: format!("{name} {first}"),
        cap: Decimal::percent(cap),
        members: ranks[first..].iter().copied().step_by(every).collect(),
    };
    let kinds = [("operator", 4, 25), ("host", 9, 10), ("place", 18, 5)];
    let list = kinds.iter().flat_map(|(name, cap, every)| {
        let of_kind = (0..*every).map(|first| (*name, *cap, first, *every));
        of_kind.map(group)
    });
    let list = if with_groups { list.collect() } else { vec![] };
    Case {
        total: total_bonded * permille / 1_000,
        base: total_bonded * permille / 1_000,
        total_bonded,
        policy: Policy {
            vault_share_cap: Decimal::percent(10),
            chain_share_cap: Some(Decimal::percent(3)),
            match_cap: Some(Decimal::percent(50)),
            bond_factor: with_groups.then(|| Decimal::percent(3_000)),
            floor: Decimal::percent(25),
        },
        groups: Groups::new(validators.len(), list).unwrap(),
        validators,
    }
}

#[test]
fn targets_on_real_sets_equal_the_second_algorithm() {
    let sets = [
        include_str!("../../../cli/data/cosmoshub-2022-10.csv"),
        include_str!("../../../cli/data/osmosis-2021-07.csv"),
    ];
    for table in sets {
        for permille in [1, 10, 50, 100, 200, 300] {
            for with_groups in [false, true] {
                let case = real_case(table, permille, with_groups);
                let fast = case.targets();
                assert!(fast.tokens.iter().any(|tokens| *tokens > 0));
                assert_eq!((fast.tokens, fast.unplaced), second::targets(&case));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn second_algorithm_equals_the_naive_rule(case in case()) {
        prop_assert_eq!(second::targets(&case), naive::targets(&case));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn targets_of_real_size_equal_the_second_algorithm(case in real_size_case()) {
        let fast = case.targets();
        prop_assert_eq!((fast.tokens, fast.unplaced), second::targets(&case));
    }
}
