//! The shave: equal to the twin, exact, and from the top.
//!
//! Fails when: a validator is listed twice, a level exceeds 128 bits.

use defenders_allocation::{compute_shave, AllocationError, ShavePart, ShaveSeat};
use proptest::prelude::*;

use crate::{naive, strategy::shave_seats};

fn seat(validator: &str, external: u128, held: u128) -> ShaveSeat {
    ShaveSeat {
        validator: validator.to_string(),
        external,
        held,
        leaving: false,
        pinned: false,
        available: true,
    }
}

fn parts(tokens: u128, max_messages: usize, seats: &[ShaveSeat]) -> Vec<(usize, u128)> {
    let shave = compute_shave(tokens, max_messages, seats).unwrap();
    let pair = |part: &ShavePart| (part.seat, part.tokens);
    shave.parts.iter().map(pair).collect()
}

#[test]
fn highest_level_is_lowered_first_and_ties_go_to_the_lower_address() {
    let seats = [seat("b", 60, 40), seat("a", 70, 30), seat("c", 0, 90)];
    // Levels 100, 100, 90. a alone holds 30: enough for 30, although b stands as high.
    assert_eq!(parts(30, 5, &seats), [(1, 30)]);
    // a and b are needed for 31: 15 each and one more from a.
    assert_eq!(parts(31, 5, &seats), [(1, 16), (0, 15)]);
    // a runs dry at 30, b gives the rest of 65.
    assert_eq!(parts(65, 5, &seats), [(1, 30), (0, 35)]);
    // All three for 71: a and b to 90 (10 each), then 51 = 17 each.
    assert_eq!(parts(71, 5, &seats), [(1, 27), (0, 27), (2, 17)]);
}

#[test]
fn leaving_validators_come_first_and_pinned_ones_last() {
    let mut seats = [
        seat("a", 500, 10),
        seat("b", 100, 10),
        seat("c", 0, 10),
        seat("d", 0, 5),
    ];
    seats[0].pinned = true;
    seats[3].leaving = true;
    seats[3].pinned = true;
    assert_eq!(parts(5, 5, &seats), [(3, 5)]);
    assert_eq!(parts(15, 2, &seats), [(3, 5), (1, 10)]);
    assert_eq!(parts(25, 3, &seats), [(3, 5), (1, 10), (2, 10)]);
    assert_eq!(parts(35, 4, &seats), [(3, 5), (1, 10), (2, 10), (0, 10)]);
}

#[test]
fn too_little_pays_all_that_the_first_ones_hold() {
    let seats = [seat("a", 0, 10), seat("b", 0, 30), seat("c", 0, 20)];
    let shave = compute_shave(51, 2, &seats).unwrap();
    assert_eq!(parts(51, 2, &seats), [(1, 30), (2, 20)]);
    assert_eq!(shave.tokens, 50);
}

#[test]
fn empty_and_unavailable_validators_are_passed_over() {
    let mut seats = [seat("a", 900, 0), seat("b", 800, 50), seat("c", 0, 50)];
    seats[1].available = false;
    assert_eq!(parts(20, 1, &seats), [(2, 20)]);
}

#[test]
fn nothing_asked_or_no_message_allowed_pays_nothing() {
    let seats = [seat("a", 0, 10)];
    assert_eq!(parts(0, 5, &seats), []);
    assert_eq!(parts(5, 0, &seats), []);
    assert_eq!(parts(5, 5, &[]), []);
}

#[test]
fn validator_listed_twice_is_refused_even_if_it_could_not_pay() {
    let seats = [seat("a", 0, 10), seat("b", 0, 5), seat("a", 0, 0)];
    let expected = AllocationError::DuplicateValidator {
        validator: "a".to_string(),
    };
    assert_eq!(compute_shave(5, 5, &seats), Err(expected));
}

#[test]
fn level_beyond_128_bits_is_refused() {
    let expected = AllocationError::SumOverflow {
        left: u128::MAX,
        right: 1,
    };
    let seats = [seat("a", u128::MAX, 1)];
    assert_eq!(compute_shave(1, 5, &seats), Err(expected));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30_000))]

    #[test]
    fn shave_equals_the_naive_rule(
        seats in shave_seats(), tokens in 0u128..=70, max_messages in 0usize..=8
    ) {
        let twin = naive::shave(tokens, max_messages, &seats);
        prop_assert_eq!(parts(tokens, max_messages, &seats), twin);
    }

    /// Invariant 1, and the bounds of a piece.
    #[test]
    fn shave_pays_exactly_what_is_asked_if_it_can(
        seats in shave_seats(), tokens in 0u128..=70, max_messages in 0usize..=8
    ) {
        let shave = compute_shave(tokens, max_messages, &seats).unwrap();
        let sum: u128 = shave.parts.iter().map(|part| part.tokens).sum();
        prop_assert_eq!(sum, shave.tokens);
        prop_assert!(shave.tokens <= tokens);
        prop_assert!(shave.parts.len() <= max_messages);
        for part in &shave.parts {
            prop_assert!(part.tokens > 0);
            prop_assert!(part.tokens <= seats[part.seat].held);
            prop_assert!(seats[part.seat].available);
        }
        // It pays less only when as many validators as allowed, or all that can, are emptied.
        if shave.tokens < tokens {
            let able = seats.iter().filter(|seat| seat.available && seat.held > 0).count();
            prop_assert_eq!(shave.parts.len(), able.min(max_messages));
            for part in &shave.parts {
                prop_assert_eq!(part.tokens, seats[part.seat].held);
            }
        }
    }

    /// Invariant 3.
    #[test]
    fn shave_does_not_depend_on_the_order_of_the_seats(
        (seats, order) in shave_seats().prop_flat_map(|seats| {
            let order: Vec<_> = (0..seats.len()).collect();
            (Just(seats), Just(order).prop_shuffle())
        }),
        tokens in 0u128..=70,
        max_messages in 0usize..=8,
    ) {
        let shuffled: Vec<_> = order.iter().map(|i| seats[*i].clone()).collect();
        let named = |seats: &[ShaveSeat]| -> Vec<(String, u128)> {
            parts(tokens, max_messages, seats)
                .into_iter()
                .map(|(i, part)| (seats[i].validator.clone(), part))
                .collect()
        };
        prop_assert_eq!(named(&seats), named(&shuffled));
    }
}
