//! Targets: equal to the twin, and the invariants 1 to 5.
//!
//! Fails when: a validator is listed twice, the match cap is not below 1, a level exceeds 128 bits.

use cosmwasm_std::Decimal;
use defenders_allocation::{compute_caps, compute_targets, AllocationError, Policy, Seat};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case, case_with, Case},
};

fn seat(validator: &str, external: u128) -> Seat {
    Seat {
        validator: validator.to_string(),
        external,
        held: 0,
        eligible: true,
    }
}

fn open_policy() -> Policy {
    Policy {
        vault_share_cap: Decimal::one(),
        chain_share_cap: None,
        match_cap: None,
        floor: Decimal::zero(),
    }
}

fn targets(total: u128, policy: &Policy, seats: &[Seat]) -> Vec<u128> {
    compute_targets(total, 0, policy, seats).unwrap().tokens
}

#[test]
fn remainder_goes_to_the_lower_address_not_to_the_earlier_seat() {
    // Levels 10, 10, 12: 2 + 2 units to stand at 12 together, 7 - 4 = 3 more, one each. One unit
    // fewer leaves out the highest address.
    let seats = [seat("c", 12), seat("b", 10), seat("a", 10)];
    assert_eq!(targets(7, &open_policy(), &seats), [1, 3, 3]);
    assert_eq!(targets(6, &open_policy(), &seats), [0, 3, 3]);
    assert_eq!(targets(5, &open_policy(), &seats), [0, 2, 3]);
}

#[test]
fn floor_comes_before_the_level() {
    // l = floor(1/2 x 21 / 2) = 5 each; the other 11 go to the lower level.
    let policy = Policy {
        floor: Decimal::percent(50),
        ..open_policy()
    };
    let seats = [seat("a", 1_000), seat("b", 0)];
    assert_eq!(targets(21, &policy, &seats), [5, 16]);
}

#[test]
fn nobody_eligible_leaves_everything_unplaced() {
    let mut seats = [seat("a", 5), seat("b", 6)];
    seats.iter_mut().for_each(|seat| seat.eligible = false);
    let result = compute_targets(100, 1_000, &open_policy(), &seats).unwrap();
    assert_eq!((result.tokens, result.unplaced), (vec![0, 0], 100));

    let result = compute_targets(100, 1_000, &open_policy(), &[]).unwrap();
    assert_eq!((result.tokens, result.unplaced), (vec![], 100));
}

#[test]
fn validator_listed_twice_is_refused() {
    let seats = [seat("b", 1), seat("a", 2), seat("b", 3)];
    assert_eq!(
        compute_targets(10, 0, &open_policy(), &seats),
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
        compute_targets(10, 0, &policy, &[seat("a", 1)]),
        Err(AllocationError::MatchCapNotBelowOne {
            match_cap: Decimal::one()
        })
    );
}

#[test]
fn level_beyond_128_bits_is_refused() {
    let seats = [seat("a", u128::MAX - 4)];
    assert_eq!(targets(4, &open_policy(), &seats), [4]);
    assert_eq!(
        compute_targets(5, 0, &open_policy(), &seats),
        Err(AllocationError::SumOverflow {
            left: u128::MAX - 4,
            right: 5
        })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30_000))]

    #[test]
    fn targets_equal_the_naive_rule(case in case()) {
        let Case { total, total_bonded, policy, seats } = case;
        let fast = compute_targets(total, total_bonded, &policy, &seats).unwrap();
        let twin = naive::targets(total, total_bonded, &policy, &seats);
        prop_assert_eq!((fast.tokens, fast.unplaced), twin);
    }

    /// Invariants 1, 2 and 5.
    #[test]
    fn targets_add_up_and_respect_every_cap(case in case()) {
        let Case { total, total_bonded, policy, seats } = case;
        let result = compute_targets(total, total_bonded, &policy, &seats).unwrap();
        let caps = compute_caps(total, total_bonded, &policy, &seats).unwrap();
        prop_assert_eq!(result.tokens.iter().sum::<u128>() + result.unplaced, total);
        for ((target, cap), seat) in result.tokens.iter().zip(&caps).zip(&seats) {
            prop_assert!(*target <= cap.tokens);
            prop_assert!(seat.eligible || *target == 0);
            // Nothing is left over while somebody could take it.
            prop_assert!(result.unplaced == 0 || *target == cap.tokens);
        }
    }

    /// Invariant 3.
    #[test]
    fn targets_do_not_depend_on_the_order_of_the_seats(
        (case, order) in case().prop_flat_map(|case| {
            let order: Vec<_> = (0..case.seats.len()).collect();
            (Just(case), Just(order).prop_shuffle())
        })
    ) {
        let Case { total, total_bonded, policy, seats } = case;
        let shuffled: Vec<_> = order.iter().map(|i| seats[*i].clone()).collect();
        let first = compute_targets(total, total_bonded, &policy, &seats).unwrap();
        let second = compute_targets(total, total_bonded, &policy, &shuffled).unwrap();
        let expected: Vec<_> = order.iter().map(|i| first.tokens[*i]).collect();
        prop_assert_eq!(second.tokens, expected);
        prop_assert_eq!(second.unplaced, first.unplaced);
    }

    /// Invariant 4, between two validators: the bigger one gets no more, unless the smaller one is
    /// at its cap.
    #[test]
    fn bigger_validator_gets_no_more_than_a_smaller_one_below_its_cap(case in case()) {
        let Case { total, total_bonded, policy, seats } = case;
        let targets = compute_targets(total, total_bonded, &policy, &seats).unwrap().tokens;
        let caps = compute_caps(total, total_bonded, &policy, &seats).unwrap();
        for big in 0..seats.len() {
            for small in 0..seats.len() {
                let bigger = seats[big].external > seats[small].external;
                if bigger && targets[small] < caps[small].tokens {
                    prop_assert!(targets[big] <= targets[small]);
                }
            }
        }
    }

    /// Invariant 4, for one validator: growing never raises its target. (The match cap is the one
    /// rule that rewards external stake, so it is left out.)
    #[test]
    fn more_external_stake_never_raises_a_target(
        case in case_with(1..=7), which in any::<prop::sample::Index>(), more in 1u128..=20
    ) {
        let Case { total, total_bonded, mut policy, mut seats } = case;
        policy.match_cap = None;
        let i = which.index(seats.len());
        let before = compute_targets(total, total_bonded, &policy, &seats).unwrap().tokens[i];
        seats[i].external += more;
        let after = compute_targets(total, total_bonded, &policy, &seats).unwrap().tokens[i];
        prop_assert!(after <= before);
    }
}
