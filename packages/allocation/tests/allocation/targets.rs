//! Targets: equal to the twin, and the invariants 1 to 5.
//!
//! Fails when: a validator is listed twice, the match cap is not below 1, a level exceeds 128 bits.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_bindings, compute_targets, AllocationError, Binding, Groups, Policy, Standing,
    Validator,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case, case_with},
};

fn validator(address: &str, external: u128) -> Validator {
    Validator::eligible(address, external, 0)
}

fn open_policy() -> Policy {
    Policy {
        vault_share_cap: Decimal::one(),
        chain_share_cap: None,
        match_cap: None,
        bond_factor: None,
        floor: Decimal::zero(),
    }
}

fn targets(total: u128, policy: &Policy, validators: &[Validator]) -> Vec<u128> {
    compute_targets(total, total, 0, policy, validators, &Groups::NONE)
        .unwrap()
        .tokens
}

#[test]
fn remainder_goes_to_the_lower_address_not_to_the_earlier_validator() {
    // Levels 10, 10, 12: 2 + 2 units to stand at 12 together, 7 - 4 = 3 more, one each. One unit
    // fewer leaves out the highest address.
    let validators = [validator("c", 12), validator("b", 10), validator("a", 10)];
    assert_eq!(targets(7, &open_policy(), &validators), [1, 3, 3]);
    assert_eq!(targets(6, &open_policy(), &validators), [0, 3, 3]);
    assert_eq!(targets(5, &open_policy(), &validators), [0, 2, 3]);
}

#[test]
fn floor_comes_before_the_level() {
    // l = floor(1/2 x 21 / 2) = 5 each; the other 11 go to the lower level.
    let policy = Policy {
        floor: Decimal::percent(50),
        ..open_policy()
    };
    let validators = [validator("a", 1_000), validator("b", 0)];
    assert_eq!(targets(21, &policy, &validators), [5, 16]);
}

#[test]
fn nobody_eligible_leaves_everything_unplaced() {
    let mut validators = [validator("a", 5), validator("b", 6)];
    validators
        .iter_mut()
        .for_each(|validator| validator.standing = Standing::Waiting);
    let result =
        compute_targets(100, 100, 1_000, &open_policy(), &validators, &Groups::NONE).unwrap();
    assert_eq!((result.tokens, result.unplaced), (vec![0, 0], 100));

    let result = compute_targets(100, 100, 1_000, &open_policy(), &[], &Groups::NONE).unwrap();
    assert_eq!((result.tokens, result.unplaced), (vec![], 100));
}

#[test]
fn validator_listed_twice_is_refused() {
    let validators = [validator("b", 1), validator("a", 2), validator("b", 3)];
    assert_eq!(
        compute_targets(10, 10, 0, &open_policy(), &validators, &Groups::NONE),
        Err(AllocationError::DuplicateValidator {
            validator: "b".to_string()
        })
    );
}

#[test]
fn match_cap_of_one_is_refused() {
    let policy = Policy {
        match_cap: Some(Decimal::one()),
        ..open_policy()
    };
    assert_eq!(
        compute_targets(10, 10, 0, &policy, &[validator("a", 1)], &Groups::NONE),
        Err(AllocationError::MatchCapNotBelowOne {
            match_cap: Decimal::one()
        })
    );
}

#[test]
fn level_beyond_128_bits_is_refused() {
    let validators = [validator("a", u128::MAX - 4)];
    assert_eq!(targets(4, &open_policy(), &validators), [4]);
    assert_eq!(
        compute_targets(5, 5, 0, &open_policy(), &validators, &Groups::NONE),
        Err(AllocationError::SumOverflow {
            left: u128::MAX - 4,
            right: 5
        })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60_000))]

    /// Invariant 6.
    #[test]
    fn targets_equal_the_naive_rule(case in case()) {
        let fast = case.targets();
        prop_assert_eq!((fast.tokens, fast.unplaced), naive::targets(&case));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn bindings_tell_why_nobody_gets_another_unit(case in case()) {
        let targets = naive::targets(&case).0;
        let bindings = compute_bindings(case.base, &case.caps(), &case.groups, &targets);
        prop_assert_eq!(bindings, naive::bindings(&case, &targets));
    }

    /// Invariants 1, 2 and 5.
    #[test]
    fn targets_add_up_and_respect_every_cap(case in case()) {
        let result = case.targets();
        prop_assert_eq!(result.tokens.iter().sum::<u128>() + result.unplaced, case.total);
        for ((target, cap), validator) in result.tokens.iter().zip(case.caps()).zip(&case.validators) {
            prop_assert!(*target <= cap.tokens);
            prop_assert!(validator.is_eligible() || *target == 0);
        }
        for group in case.groups.list() {
            prop_assert!(group.sum(&result.tokens) <= group.cap_floor(case.base));
        }
        // Nothing is left over while somebody could take it.
        let bindings = naive::bindings(&case, &result.tokens);
        prop_assert!(result.unplaced == 0 || !bindings.contains(&Binding::None));
    }

    /// Invariant 3.
    #[test]
    fn targets_do_not_depend_on_the_order_of_validators_and_groups(
        (case, order) in case().prop_flat_map(|case| {
            let order: Vec<_> = (0..case.validators.len()).collect();
            (Just(case), Just(order).prop_shuffle())
        })
    ) {
        let (first, second) = (case.targets(), case.reordered(&order).targets());
        let expected: Vec<_> = order.iter().map(|i| first.tokens[*i]).collect();
        prop_assert_eq!(second.tokens, expected);
        prop_assert_eq!(second.unplaced, first.unplaced);
    }

    /// Invariant 4, between two validators: the bigger one gets no more, unless the smaller one
    /// can take no more. Where the floors of W are more than T pays, by one unit.
    #[test]
    fn bigger_validator_gets_no_more_than_a_smaller_one_with_room(case in case()) {
        let targets = case.targets().tokens;
        let bindings = naive::bindings(&case, &targets);
        // The last floors go out by address where not all of them can be paid.
        let floor = naive::floor(case.base, &case.policy, &case.validators);
        let is_short = floor * case.validators.len() as u128 > case.total;
        for (big, validator) in case.validators.iter().enumerate() {
            for (small, other) in case.validators.iter().enumerate() {
                if validator.external > other.external && bindings[small] == Binding::None {
                    prop_assert!(targets[big] <= targets[small] + u128::from(is_short));
                }
            }
        }
    }

    /// Invariant 4, for one validator: growing never raises its target. (The match cap is the one
    /// rule that rewards external stake, so it is left out.)
    #[test]
    fn more_external_stake_never_raises_a_target(
        mut case in case_with(1..=7), which in any::<prop::sample::Index>(), more in 1u128..=20
    ) {
        case.policy.match_cap = None;
        let i = which.index(case.validators.len());
        let before = case.targets().tokens[i];
        case.validators[i].external += more;
        prop_assert!(case.targets().tokens[i] <= before);
    }
}
