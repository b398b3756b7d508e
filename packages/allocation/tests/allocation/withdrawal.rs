//! The withdrawal order: equal to the twin, exact, and from the top.
//!
//! Fails when: a validator is listed twice, a level exceeds 128 bits.

use defenders_allocation::{
    compute_dust_threshold_floor, compute_withdrawal_order, AllocationError, Departure, Standing,
    Validator, WithdrawalInput, WithdrawalOrder, WithdrawalPart, DEFAULT_MAX_ENTRIES,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{payers, NOW},
};

fn validator(address: &str, external: u128, delegated: u128) -> Validator {
    Validator::eligible(address, external, delegated)
}

fn order(tokens: u128, max_messages: usize, validators: &[Validator]) -> WithdrawalOrder {
    try_order(tokens, 0, max_messages, validators).unwrap()
}

fn try_order(
    tokens: u128,
    dust_below: u128,
    max_messages: usize,
    validators: &[Validator],
) -> Result<WithdrawalOrder, AllocationError> {
    compute_withdrawal_order(&WithdrawalInput {
        tokens,
        dust_below,
        max_messages,
        max_entries: DEFAULT_MAX_ENTRIES,
        validators,
        now: NOW,
    })
}

fn parts(tokens: u128, max_messages: usize, validators: &[Validator]) -> Vec<(usize, u128)> {
    pairs(&order(tokens, max_messages, validators))
}

fn pairs(order: &WithdrawalOrder) -> Vec<(usize, u128)> {
    let pair = |part: &WithdrawalPart| (part.index, part.tokens);
    order.parts.iter().map(pair).collect()
}

/// With five messages, where less than `dust_below` is dust.
fn dust_parts(tokens: u128, dust_below: u128, validators: &[Validator]) -> Vec<(usize, u128)> {
    pairs(&try_order(tokens, dust_below, 5, validators).unwrap())
}

#[test]
fn highest_level_is_lowered_first_and_ties_go_to_the_lower_address() {
    let validators = [
        validator("b", 60, 40),
        validator("a", 70, 30),
        validator("c", 0, 90),
    ];
    // Levels 100, 100, 90. a alone holds 30: enough for 30, although b stands as high.
    assert_eq!(parts(30, 5, &validators), [(1, 30)]);
    // a and b are needed for 31: 15 each and one more from a.
    assert_eq!(parts(31, 5, &validators), [(1, 16), (0, 15)]);
    // a runs dry at 30, b gives the rest of 65.
    assert_eq!(parts(65, 5, &validators), [(1, 30), (0, 35)]);
    // All three for 71: a and b to 90 (10 each), then 51 = 17 each.
    assert_eq!(parts(71, 5, &validators), [(1, 27), (0, 27), (2, 17)]);
}

#[test]
fn leaving_validators_come_first_and_locked_ones_last() {
    let mut validators = [
        validator("a", 500, 10),
        validator("b", 100, 10),
        validator("c", 0, 10),
        validator("d", 0, 5),
    ];
    validators[0].locks.redelegation_locked_until = Some(NOW + 1);
    validators[1].locks.redelegation_locked_until = Some(NOW);
    validators[3].standing = Standing::Leaving(Departure::Drained);
    validators[3].locks.redelegation_locked_until = Some(NOW + 1);
    assert_eq!(parts(5, 5, &validators), [(3, 5)]);
    assert_eq!(parts(15, 2, &validators), [(3, 5), (1, 10)]);
    assert_eq!(parts(25, 3, &validators), [(3, 5), (1, 10), (2, 10)]);
    assert_eq!(
        parts(35, 4, &validators),
        [(3, 5), (1, 10), (2, 10), (0, 10)]
    );
}

#[test]
fn too_little_pays_all_that_the_first_ones_hold() {
    let validators = [
        validator("a", 0, 10),
        validator("b", 0, 30),
        validator("c", 0, 20),
    ];
    let order = order(51, 2, &validators);
    assert_eq!(parts(51, 2, &validators), [(1, 30), (2, 20)]);
    assert_eq!(order.tokens, 50);
}

#[test]
fn empty_and_unavailable_validators_are_passed_over() {
    let mut validators = [
        validator("a", 900, 0),
        validator("b", 800, 50),
        validator("c", 0, 50),
    ];
    validators[1].locks.unbonding_entries = 6; // the seventh is kept for leaving
    assert_eq!(parts(20, 1, &validators), [(2, 20)]);
    validators[1].locks.unbonding_entries = 5;
    assert_eq!(parts(20, 1, &validators), [(1, 20)]);
    validators[1].locks.entries_full = true;
    assert_eq!(parts(20, 1, &validators), [(2, 20)]);
    validators[1].locks.entries_full = false;
    validators[1].locks.retry_at = Some(NOW + 1);
    assert_eq!(parts(20, 1, &validators), [(2, 20)]);
    validators[1].locks.retry_at = Some(NOW);
    assert_eq!(parts(20, 1, &validators), [(1, 20)]);
}

#[test]
fn dust_is_a_thousandth_of_the_stake_or_the_least_delegation() {
    assert_eq!(compute_dust_threshold_floor(1_000_000, 5), 1_000);
    assert_eq!(compute_dust_threshold_floor(1_000_999, 5), 1_000);
    assert_eq!(compute_dust_threshold_floor(1_000_000, 1_001), 1_001);
    assert_eq!(compute_dust_threshold_floor(0, 0), 0);
    assert_eq!(
        compute_dust_threshold_floor(u128::MAX, 0),
        u128::MAX / 1_000
    );
}

#[test]
fn dust_is_taken_where_most_entries_are_free() {
    let mut validators = [
        validator("a", 900, 50),
        validator("b", 800, 50),
        validator("c", 700, 9),
        validator("d", 600, 50),
    ];
    for (validator, entries) in validators.iter_mut().zip([2, 1, 0, 1]) {
        validator.locks.unbonding_entries = entries;
    }
    // c has none, but only 9 tokens; of b and d, which have one each, b stands higher
    assert_eq!(dust_parts(9, 11, &validators), [(2, 9)]);
    assert_eq!(dust_parts(10, 11, &validators), [(1, 10)]);
    // what is no dust comes from the top
    assert_eq!(dust_parts(11, 11, &validators), [(0, 11)]);
    // who leaves is asked first only among those with as many free entries
    validators[3].standing = Standing::Leaving(Departure::Drained);
    assert_eq!(dust_parts(10, 11, &validators), [(3, 10)]);
    validators[3].locks.unbonding_entries = 2;
    assert_eq!(dust_parts(10, 11, &validators), [(1, 10)]);
}

#[test]
fn dust_that_nobody_can_pay_alone_is_paid_together() {
    let validators = [validator("a", 900, 5), validator("b", 800, 4)];
    assert_eq!(dust_parts(8, 100, &validators), [(0, 5), (1, 3)]);
    assert_eq!(try_order(3, 100, 0, &validators).unwrap().parts, []);
}

/// What the rule is for: entries of dust lie evenly, whoever stands highest.
#[test]
fn dust_day_after_day_never_takes_a_sixth_entry_where_five_can_pay() {
    const UNBONDING_DAYS: usize = 21;
    let mut validators: Vec<_> = (0..5)
        .map(|i| validator(["a", "b", "c", "d", "e"][i], 1_000 * (9 - i as u128), 500))
        .collect();
    let mut payers: Vec<usize> = vec![];
    for day in 0..100usize {
        if let Some(paid) = day.checked_sub(UNBONDING_DAYS) {
            validators[payers[paid]].locks.unbonding_entries -= 1;
        }
        let parts = dust_parts(1, 2, &validators);
        assert_eq!(parts.len(), 1);
        let payer = &mut validators[parts[0].0];
        payer.delegated -= 1;
        payer.locks.unbonding_entries += 1;
        assert!(payer.locks.unbonding_entries <= 5, "day {day}");
        payers.push(parts[0].0);
    }
}

#[test]
fn nothing_asked_or_no_message_allowed_pays_nothing() {
    let validators = [validator("a", 0, 10)];
    assert_eq!(parts(0, 5, &validators), []);
    assert_eq!(parts(5, 0, &validators), []);
    assert_eq!(parts(5, 5, &[]), []);
}

#[test]
fn validator_listed_twice_is_refused_even_if_it_could_not_pay() {
    let validators = [
        validator("a", 0, 10),
        validator("b", 0, 5),
        validator("a", 0, 0),
    ];
    let expected = AllocationError::DuplicateValidator {
        validator: "a".to_string(),
    };
    assert_eq!(try_order(5, 0, 5, &validators), Err(expected));
}

#[test]
fn level_beyond_128_bits_is_refused() {
    let expected = AllocationError::SumOverflow {
        left: u128::MAX,
        right: 1,
    };
    let validators = [validator("a", u128::MAX, 1)];
    assert_eq!(try_order(1, 0, 5, &validators), Err(expected));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30_000))]

    #[test]
    fn withdrawal_order_equals_the_naive_rule(
        validators in payers(), tokens in 0u128..=70, dust_below in 0u128..=70,
        max_messages in 0usize..=8
    ) {
        let twin = naive::withdrawal_order(tokens, dust_below, max_messages, &validators);
        let order = try_order(tokens, dust_below, max_messages, &validators).unwrap();
        prop_assert_eq!(pairs(&order), twin);
    }

    /// A validator gets its m-th entry of dust only when all others that can pay it have m - 1.
    #[test]
    fn dust_keeps_the_entries_even(
        validators in payers(), tokens in 1u128..=70, max_messages in 1usize..=8
    ) {
        let order = try_order(tokens, tokens + 1, max_messages, &validators).unwrap();
        let able = validators
            .iter()
            .filter(|it| naive::can_pay(it) && it.delegated >= tokens);
        if let Some(least) = able.map(|it| it.locks.unbonding_entries).min() {
            prop_assert_eq!(order.parts.len(), 1);
            let payer = &validators[order.parts[0].index];
            prop_assert_eq!(payer.locks.unbonding_entries, least);
            prop_assert_eq!(order.tokens, tokens);
        }
    }

    /// Invariant 1, and the bounds of a piece.
    #[test]
    fn withdrawal_order_pays_exactly_what_is_asked_if_it_can(
        validators in payers(), tokens in 0u128..=70, max_messages in 0usize..=8
    ) {
        let order = order(tokens, max_messages, &validators);
        let sum: u128 = order.parts.iter().map(|part| part.tokens).sum();
        prop_assert_eq!(sum, order.tokens);
        prop_assert!(order.tokens <= tokens);
        prop_assert!(order.parts.len() <= max_messages);
        for part in &order.parts {
            prop_assert!(part.tokens > 0);
            prop_assert!(part.tokens <= validators[part.index].delegated);
            prop_assert!(naive::can_pay(&validators[part.index]));
        }
        // It pays less only when as many validators as allowed, or all that can, are emptied.
        if order.tokens < tokens {
            let able = validators.iter().filter(|it| naive::can_pay(it)).count();
            prop_assert_eq!(order.parts.len(), able.min(max_messages));
            for part in &order.parts {
                prop_assert_eq!(part.tokens, validators[part.index].delegated);
            }
        }
    }

    /// Invariant 3.
    #[test]
    fn withdrawal_order_does_not_depend_on_the_order_of_the_validators(
        (validators, order) in payers().prop_flat_map(|validators| {
            let order: Vec<_> = (0..validators.len()).collect();
            (Just(validators), Just(order).prop_shuffle())
        }),
        tokens in 0u128..=70,
        dust_below in 0u128..=70,
        max_messages in 0usize..=8,
    ) {
        let shuffled: Vec<_> = order.iter().map(|i| validators[*i].clone()).collect();
        let named = |validators: &[Validator]| -> Vec<(String, u128)> {
            pairs(&try_order(tokens, dust_below, max_messages, validators).unwrap())
                .into_iter()
                .map(|(i, part)| (validators[i].address.clone(), part))
                .collect()
        };
        prop_assert_eq!(named(&validators), named(&shuffled));
    }
}
