//! What is believed of posted powers.

// a test counts with small numbers
#![allow(clippy::arithmetic_side_effects)]

use defenders_allocation::{compute_caps, compute_targets, Groups, Policy, Validator};
use defenders_types::{AllocationPolicy, HOUR};

use super::*;

const TOKEN: u128 = 1_000_000;
/// 4 large validators of a million tokens, then 10 small ones of 20 000.
const HONEST: [u128; 14] = {
    let mut tokens = [20_000 * TOKEN; 14];
    tokens[0] = 1_000_000 * TOKEN;
    tokens[1] = 1_000_000 * TOKEN;
    tokens[2] = 1_000_000 * TOKEN;
    tokens[3] = 1_000_000 * TOKEN;
    tokens
};
const SUM: u128 = 4_200_000 * TOKEN;

fn order() -> Vec<String> {
    (0..14).map(|rank| format!("v{rank:02}")).collect()
}

fn table(tokens: &[u128]) -> Vec<PostedPower> {
    let powers = order().into_iter().zip(tokens);
    powers
        .map(|(validator, tokens)| PostedPower {
            validator,
            tokens: Uint128::new(*tokens),
        })
        .collect()
}

fn accept_all(lies: &[u128], days: u64) -> AttestedTable {
    let order = order();
    let facts = Facts {
        order: &order,
        total_bonded: Uint128::new(SUM),
        delegations: &[],
    };
    let (mut last, mut past) = (AttestedTable::default(), AttestedPast::default());
    for hours in (0..=days * 24).step_by(6) {
        let tokens = if hours == 0 { &HONEST[..] } else { lies };
        let now = 1_000_000 + hours * HOUR;
        let accepted = accept(table(tokens), &facts, &last, &past, now).unwrap();
        (last, past) = (accepted.table, accepted.past);
    }
    assert!(past.posted_at.len() <= 8, "{past:?}");
    last
}

/// e_i of a validator after so many days of the same lie, in parts of a thousand of the truth.
fn lied(lies: &[u128], rank: usize, days: u64) -> u128 {
    let table = accept_all(lies, days);
    table.rows[rank].external.u128() * 1_000 / HONEST[rank]
}

/// The first small one has the large ones' stake; order and sum still fit.
fn up() -> Vec<u128> {
    let mut tokens = HONEST.to_vec();
    tokens[4] += 400_000 * TOKEN;
    for large in &mut tokens[..4] {
        *large -= 100_000 * TOKEN;
    }
    tokens
}

/// The last one has nothing.
fn down() -> Vec<u128> {
    let mut tokens = HONEST.to_vec();
    tokens[13] = 0;
    tokens
}

/// The longest exit delay by default: 21 days of unbonding, two batch periods, 7 days; and with the
/// greatest settings: 21 + 2 x 7 + 30 days.
const BY_DEFAULT: u64 = 30;
const GREATEST: u64 = 65;

#[test]
fn worst_lie_within_the_longest_exit_delay_is_what_the_readme_says() {
    let found = [BY_DEFAULT, GREATEST].map(|days| (lied(&up(), 4, days), lied(&down(), 13, days)));
    assert_eq!(found, [(2_488, 327), (6_191, 107)]);

    let readme = include_str!("../../../README.md");
    for told in ["x 2.488", "x 0.327", "x 6.191", "x 0.107"] {
        assert!(readme.contains(told), "{told}");
    }
}

/// Match caps in whole tokens, and targets of 200 000 and of 150 000 tokens.
fn outcome(externals: &[Uint128], rank: usize) -> [u128; 3] {
    let policy = AllocationPolicy::default();
    let policy = Policy {
        vault_share_cap: Decimal::permille(125),
        chain_share_cap: policy.chain_share_cap,
        match_cap: policy.match_cap,
        bond_factor: None,
        floor: policy.floor,
    };
    let small = order().into_iter().zip(externals).skip(4);
    let small: Vec<Validator> = small
        .map(|(address, external)| Validator::eligible(address, external.u128(), 0))
        .collect();
    let caps = compute_caps(u128::MAX >> 4, SUM, &policy, &small).unwrap();
    let target = |total: u128| {
        let targets = compute_targets(
            total * TOKEN,
            total * TOKEN,
            SUM,
            &policy,
            &small,
            &Groups::default(),
        )
        .unwrap();
        targets.tokens[rank - 4] / TOKEN
    };
    [
        caps[rank - 4].tokens / TOKEN,
        target(200_000),
        target(150_000),
    ]
}

#[test]
fn worst_lie_changes_cap_and_target_as_the_readme_says() {
    let honest: Vec<Uint128> = HONEST.iter().map(|tokens| Uint128::new(*tokens)).collect();
    let after = |lies: &[u128]| -> Vec<Uint128> {
        let table = accept_all(lies, BY_DEFAULT);
        table.rows.iter().map(|row| row.external).collect()
    };

    assert_eq!(outcome(&honest, 4), [20_000, 20_000, 15_000]);
    assert_eq!(outcome(&after(&up()), 4), [49_766, 20_000, 3_750]);
    assert_eq!(outcome(&after(&down()), 13), [6_553, 6_553, 6_553]);
}

#[test]
fn change_is_bounded_by_the_last_table_and_by_those_of_seven_days() {
    let bound = |raw: u128, last: Option<u128>, days: &[u128]| {
        let days: Vec<Uint128> = days.iter().map(|tokens| Uint128::new(*tokens)).collect();
        bound_change(Uint128::new(raw), last.map(Uint128::new), &days).u128()
    };
    assert_eq!(bound(1_050, Some(1_000), &[]), 1_050);
    assert_eq!(bound(1_051, Some(1_000), &[]), 1_050);
    assert_eq!(bound(949, Some(1_000), &[]), 950);
    assert_eq!(bound(1_250, Some(1_195), &[1_000, 1_100]), 1_200);
    assert_eq!(bound(900, Some(1_000), &[1_200, 1_100]), 960);
    // new, or without stake of others: no bound
    assert_eq!(bound(9, None, &[]), 9);
    assert_eq!(bound(9, Some(0), &[0]), 9);
}

#[test]
fn tolerances_of_order_and_sum_are_half_a_percent() {
    let order = order();
    let try_accept = |tokens: &[u128], bonded: u128| {
        let facts = Facts {
            order: &order,
            total_bonded: Uint128::new(bonded),
            delegations: &[],
        };
        let (last, past) = (AttestedTable::default(), AttestedPast::default());
        accept(table(tokens), &facts, &last, &past, 1).map(|_| ())
    };
    let with = |rank: usize, tokens: u128| {
        let mut all = HONEST;
        all[rank] = tokens;
        all
    };
    // half a percent of 20 100 is 100.5
    let order_of = |least: u128| try_accept(&with(5, least * TOKEN), SUM);
    assert_eq!(order_of(19_901), Ok(()));
    assert_eq!(
        order_of(19_900),
        Err(ContractError::PostedOrder {
            above: "v05".to_owned(),
            above_tokens: Uint128::new(19_900 * TOKEN),
            below: "v06".to_owned(),
            below_tokens: Uint128::new(20_000 * TOKEN),
        }
        .into())
    );
    // small steps do not add up: the fourth has 0.6 % more than the first
    let mut stairs = HONEST;
    for (rank, tokens) in [(4, 20_000), (5, 20_040), (6, 20_080), (7, 20_120)] {
        stairs[rank] = tokens * TOKEN;
    }
    assert!(matches!(
        try_accept(&stairs, SUM).map_err(|error| *error),
        Err(ContractError::PostedOrder { .. })
    ));
    // half a percent of the pool is 21 000
    assert_eq!(try_accept(&with(0, 1_021_000 * TOKEN), SUM), Ok(()));
    assert_eq!(
        try_accept(&with(0, 1_021_000 * TOKEN + 1), SUM),
        Err(ContractError::PostedSum {
            posted: Uint128::new(SUM + 21_000 * TOKEN + 1),
            bonded: Uint128::new(SUM),
        }
        .into())
    );
}
