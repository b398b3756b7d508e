//! Caps, the one that binds, and capacity.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_capacity, compute_caps, compute_group_cap_in_force, compute_vault_share_cap_in_force,
    count_eligible_groups, Binding, Cap, Limits, Policy, Standing, Validator,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case, Case},
};

fn validator(external: u128, eligible: bool) -> Validator {
    Validator {
        standing: Standing::eligible_if(eligible),
        ..Validator::eligible(format!("validator{external}"), external, 0)
    }
}

fn policy() -> Policy {
    Policy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: Some(Decimal::percent(50)),
        bond_factor: None,
        floor: Decimal::percent(25),
    }
}

#[test]
fn least_cap_binds_and_is_named() {
    let validators = [
        validator(150, true), // 10 % of 1,009 = 100.9; 3 % of 9,999 = 299.97 - 150 = 149; match 150
        validator(250, true), // 299 - 250 = 49
        validator(60, true),  // half of what it becomes: 60
        validator(300, true), // above the chain cap without the vault
        validator(150, false), // not eligible
    ];
    let caps = compute_caps(1_009, 9_999, &policy(), &validators).unwrap();
    let expected = [
        (100, Binding::VaultShare),
        (49, Binding::ChainShare),
        (60, Binding::Match),
        (0, Binding::ChainShare),
        (0, Binding::Ineligible),
    ];
    assert_eq!(
        caps,
        expected.map(|(tokens, binding)| Cap { tokens, binding })
    );
}

#[test]
fn first_of_equal_caps_is_named() {
    // 10 % of 600 = 60; 3 % of 4,000 - 60 = 60; match 60.
    let caps = compute_caps(600, 4_000, &policy(), &[validator(60, true)]).unwrap();
    assert_eq!((caps[0].tokens, caps[0].binding), (60, Binding::VaultShare));
    // 10 % of 610 = 61.
    let caps = compute_caps(610, 4_000, &policy(), &[validator(60, true)]).unwrap();
    assert_eq!((caps[0].tokens, caps[0].binding), (60, Binding::ChainShare));
}

#[test]
fn operators_own_maximum_and_bond_lower_the_cap() {
    let policy = Policy {
        bond_factor: Some("2.5".parse().unwrap()),
        ..policy()
    };
    let of = |own_max, self_bond| {
        let validator = Validator {
            limits: Limits {
                own_max,
                self_bond,
                ..Limits::default()
            },
            ..validator(60, true)
        };
        // 10 % of 10,000 = 1,000; 3 % of 100,000 - 60 = 2,940; match 60.
        let cap = compute_caps(10_000, 100_000, &policy, &[validator]).unwrap()[0];
        (cap.tokens, cap.binding)
    };
    assert_eq!(of(None, Some(24)), (60, Binding::Match)); // 2.5 x 24 = 60
    assert_eq!(of(None, Some(23)), (57, Binding::Bond)); // 57.5
    assert_eq!(of(Some(57), Some(23)), (57, Binding::OwnMaximum));
    assert_eq!(of(Some(0), Some(23)), (0, Binding::OwnMaximum));
    assert_eq!(of(None, None), (0, Binding::Bond)); // an unknown bond is none
}

#[test]
fn self_bond_does_not_matter_without_a_factor() {
    let validator = Validator {
        limits: Limits {
            self_bond: Some(0),
            ..Limits::default()
        },
        ..validator(60, true)
    };
    let caps = compute_caps(10_000, 100_000, &policy(), &[validator]).unwrap();
    assert_eq!((caps[0].tokens, caps[0].binding), (60, Binding::Match));
}

#[test]
fn match_cap_rounds_down() {
    let policy = Policy {
        vault_share_cap: Decimal::one(),
        chain_share_cap: None,
        match_cap: Some(Decimal::percent(40)),
        ..policy()
    };
    // 0.4 x 100 / 0.6 = 66.67; 66 of 166 is 39.8 %, 67 of 167 would be 40.1 %.
    let caps = compute_caps(1_000, 0, &policy, &[validator(100, true)]).unwrap();
    assert_eq!(caps[0].tokens, 66);
}

#[test]
fn capacity_adds_up_what_does_not_depend_on_the_total() {
    // 3 % of 9,999 = 299: min(149, 150) + min(49, 250) + min(239, 60) + 0; the last may hold none.
    let validators = [150, 250, 60, 300].map(|external| validator(external, true));
    assert_eq!(
        compute_capacity(9_999, &policy(), &validators),
        149 + 49 + 60
    );

    let mut validators = validators;
    validators[1].standing = Standing::Waiting;
    assert_eq!(compute_capacity(9_999, &policy(), &validators), 149 + 60);
    validators[0].limits.own_max = Some(100);
    assert_eq!(compute_capacity(9_999, &policy(), &validators), 100 + 60);
    let bonded = Policy {
        bond_factor: Some(Decimal::percent(300)),
        ..policy()
    };
    validators[2].limits.self_bond = Some(7);
    assert_eq!(compute_capacity(9_999, &bonded, &validators), 21); // 0 + 3 x 7
    assert_eq!(compute_capacity(9_999, &policy(), &[]), 0);
}

#[test]
fn capacity_without_caps_is_unlimited() {
    let open = Policy {
        chain_share_cap: None,
        match_cap: None,
        ..policy()
    };
    let validators = [validator(1, true), validator(2, true)];
    assert_eq!(compute_capacity(9_999, &open, &validators), u128::MAX);
    assert_eq!(compute_capacity(9_999, &open, &[validator(1, false)]), 0);
}

#[test]
fn capacity_under_an_impossible_match_cap_is_zero() {
    let broken = Policy {
        match_cap: Some(Decimal::one()),
        ..policy()
    };
    assert_eq!(compute_capacity(9_999, &broken, &[validator(10, true)]), 0);
}

#[test]
fn short_list_lifts_the_vault_share_cap() {
    let in_force = |eligible| compute_vault_share_cap_in_force(Decimal::percent(10), eligible);
    assert_eq!(in_force(0), Decimal::percent(10));
    assert_eq!(in_force(1), Decimal::percent(125));
    // 1.25 / 3 = 0.41666..., rounded down
    let third = "0.416666666666666666".parse::<Decimal>();
    assert_eq!(in_force(3), third.unwrap());
    // 1.25 / 12 = 0.1041666..., 1.25 / 13 = 0.0961...
    assert!(in_force(12) > Decimal::percent(10));
    assert_eq!(in_force(13), Decimal::percent(10));
    assert_eq!(in_force(usize::MAX), Decimal::percent(10));
}

#[test]
fn few_groups_lift_the_group_cap() {
    let in_force = |groups| compute_group_cap_in_force(Decimal::percent(25), groups);
    assert_eq!(in_force(0), Decimal::percent(25));
    assert_eq!(in_force(2), Decimal::permille(625));
    assert_eq!(
        in_force(4),
        Decimal::permille(312) + Decimal::raw(500_000_000_000_000)
    );
    assert_eq!(in_force(5), Decimal::percent(25));
    // Two hosts, and two validators that declare none.
    let declared = [Some("host"), None, Some("hos"), Some("host"), None];
    assert_eq!(count_eligible_groups(declared), 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn caps_equal_the_plain_formulas(case in case()) {
        let Case { total, total_bonded, policy, validators, .. } = case;
        let caps = compute_caps(total, total_bonded, &policy, &validators).unwrap();
        let tokens: Vec<_> = caps.iter().map(|cap| cap.tokens).collect();
        prop_assert_eq!(tokens, naive::caps(total, total_bonded, &policy, &validators));
        for (cap, validator) in caps.iter().zip(&validators) {
            prop_assert_eq!(cap.binding == Binding::Ineligible, !validator.is_eligible());
        }
    }
}
