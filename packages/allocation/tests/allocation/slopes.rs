//! What more would bring, against the unit-by-unit twin.

use cosmwasm_std::Decimal;
use defenders_allocation::{compute_slopes, Groups, Limits, Policy, Slope, Slopes, Validator};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case_with, Case},
};

fn slopes(case: &Case, index: usize) -> Option<Slopes> {
    compute_slopes(
        case.total,
        case.base,
        case.total_bonded,
        &case.policy,
        &case.validators,
        &case.groups,
        index,
    )
    .unwrap()
}

/// T = W = 1,000, match 50 %: each may have what others put there.
fn case(validators: Vec<Validator>) -> Case {
    Case {
        total: 1_000,
        base: 1_000,
        total_bonded: 10_000,
        policy: Policy {
            vault_share_cap: Decimal::one(),
            chain_share_cap: None,
            match_cap: Some(Decimal::percent(50)),
            bond_factor: None,
            floor: Decimal::zero(),
        },
        validators,
        groups: Groups::NONE,
    }
}

#[test]
fn at_the_match_cap_each_token_of_others_brings_one() {
    let case = case(vec![
        Validator::eligible("a", 200, 0),
        Validator::eligible("b", 2_000, 0),
    ]);
    let slopes = slopes(&case, 0).unwrap();
    // level 400, so 4 are tried
    let expected = Slope {
        probe: 4,
        before: 200,
        after: 204,
    };
    assert_eq!((slopes.external, slopes.self_bond), (expected, expected));
    assert_eq!(expected.gain_per_unit_floor(), Decimal::one());
    assert_eq!(expected.loss_per_unit_floor(), Decimal::zero());
    assert_eq!(slopes.own_max, None);
}

#[test]
fn below_its_caps_more_stake_of_others_costs_it_half() {
    let mut case = case(vec![
        Validator::eligible("a", 800, 0),
        Validator::eligible("b", 1_000, 0),
    ]);
    case.policy.match_cap = None;
    // levels 1,400 both: a has 600; with 14 more at 1,407
    let slope = slopes(&case, 0).unwrap().external;
    let expected = Slope {
        probe: 14,
        before: 600,
        after: 593,
    };
    assert_eq!(slope, expected);
    assert_eq!(slope.loss_per_unit_floor(), Decimal::percent(50));
    assert_eq!(slope.gain_per_unit_floor(), Decimal::zero());
}

#[test]
fn bond_and_own_maximum_bring_what_they_bind() {
    let mut validator = Validator::eligible("a", 900, 0);
    validator.limits = Limits {
        own_max: Some(100),
        self_bond: Some(50),
        ..Limits::default()
    };
    let mut case = case(vec![validator, Validator::eligible("b", 5_000, 0)]);
    // own maximum 100, bond 4 x 50: level 1,000, so 10 are tried
    case.policy.bond_factor = Some(Decimal::percent(400));
    let by_own_max = slopes(&case, 0).unwrap();
    assert_eq!(by_own_max.own_max.map(|it| it.after), Some(110));
    assert_eq!(by_own_max.self_bond.after, 100);
    // bond 2 x 50 - 2 and own maximum 100
    case.policy.bond_factor = Some(Decimal::percent(196));
    let by_bond = slopes(&case, 0).unwrap();
    assert_eq!(by_bond.own_max.map(|it| it.after), Some(98));
    assert_eq!(
        (by_bond.self_bond.before, by_bond.self_bond.after),
        (98, 100)
    );
    assert_eq!(by_bond.external.after, 98);
}

#[test]
fn validator_that_is_not_there_has_no_slopes() {
    assert_eq!(slopes(&case(vec![]), 0), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn slopes_are_what_the_unit_by_unit_rule_gives(
        case in case_with(1..=5), which in any::<prop::sample::Index>()
    ) {
        let i = which.index(case.validators.len());
        let slopes = slopes(&case, i).unwrap();
        let before = naive::targets(&case).0[i];
        let probe = ((case.validators[i].external + before) / 100).max(1);
        let after = |change: &dyn Fn(&mut Case)| {
            let mut case = case.clone();
            change(&mut case);
            Slope { probe, before, after: naive::targets(&case).0[i] }
        };
        prop_assert_eq!(slopes.external, after(&|case| {
            case.validators[i].external += probe;
            case.total_bonded += probe;
        }));
        prop_assert_eq!(slopes.self_bond, after(&|case| {
            case.validators[i].external += probe;
            case.total_bonded += probe;
            *case.validators[i].limits.self_bond.get_or_insert(0) += probe;
        }));
        let own_max = case.validators[i].limits.own_max;
        prop_assert_eq!(slopes.own_max, own_max.map(|most| after(&|case| {
            case.validators[i].limits.own_max = Some(most + probe);
        })));
    }
}
