//! The guard by itself, on moves that no plan would make.
//!
//! Fails when: the groups are those of other validators.

use cosmwasm_std::{Decimal, Uint512};
use defenders_allocation::{
    compute_plan, ensure_harmless, AllocationError, Departure, Group, Groups, Move, MoveKind,
    PlanRow, Reason, Refusal, Snapshot, Unmoved, Validator, WhyUnmoved,
};
use proptest::prelude::*;

use super::strategy::{limited_state, without_limits, State};

fn row(validator: &str, external: u128, delegated: u128, target: u128, cap: u128) -> PlanRow {
    PlanRow {
        validator: Validator::eligible(validator, external, delegated),
        target,
        cap,
        cap_without_own_max: cap,
    }
}

fn state(rows: Vec<PlanRow>) -> State {
    State {
        snapshot: Snapshot::Trusted,
        base: rows.iter().map(|row| row.validator.delegated).sum(),
        rows,
        groups: Groups::NONE,
        live: vec![],
        now: 100,
        limits: without_limits(),
    }
}

fn moved(source: usize, destination: usize, tokens: u128, reason: Reason) -> Move {
    Move {
        kind: MoveKind::Redelegate { destination },
        source,
        tokens,
        reason,
    }
}

fn judge(state: &State, moves: &[Move]) -> Option<Refusal> {
    ensure_harmless(&state.input(), moves).unwrap()
}

#[test]
fn cap_that_held_may_not_be_broken_and_one_that_did_not_not_exceeded_further() {
    let mut state = state(vec![row("a", 50, 20, 0, 20), row("b", 0, 4, 0, 10)]);
    let quality = |tokens| [moved(0, 1, tokens, Reason::Quality)];
    assert_eq!(judge(&state, &quality(6)), None); // to 10
    let broken = |delegated| {
        Some(Refusal::CapBroken {
            index: 1,
            cap: 10,
            delegated,
        })
    };
    assert_eq!(judge(&state, &quality(7)), broken(11));
    // what must leave breaks no cap either
    let leaving = [moved(0, 1, 7, Reason::Leaving(Departure::Drained))];
    assert_eq!(judge(&state, &leaving), broken(11));

    state.rows[1].validator.delegated = 12;
    assert_eq!(judge(&state, &[]), None);
    assert_eq!(judge(&state, &quality(1)), broken(13));
}

#[test]
fn group_cap_that_held_may_not_be_broken() {
    let mut state = state(vec![
        row("a", 50, 20, 0, 99),
        row("b", 0, 4, 0, 99),
        row("c", 9, 6, 0, 99),
    ]);
    // 34 % of 30 is 10.2, and b and c hold 10
    let group = Group {
        name: "g".to_string(),
        cap: Decimal::percent(34),
        members: vec![2, 1],
    };
    state.groups = Groups::new(3, vec![group.clone()]).unwrap();
    assert_eq!(judge(&state, &[moved(2, 1, 1, Reason::Quality)]), None);
    let broken = |delegated| {
        Some(Refusal::GroupCapBroken {
            group: 0,
            cap: 10,
            delegated,
        })
    };
    assert_eq!(
        judge(&state, &[moved(0, 1, 1, Reason::Quality)]),
        broken(11)
    );
    let swap = [
        moved(0, 1, 3, Reason::Quality),
        moved(2, 0, 2, Reason::Quality),
    ];
    assert_eq!(judge(&state, &swap), broken(11));

    state.groups = Groups::new(4, vec![group]).unwrap();
    let mismatch = AllocationError::GroupsMismatch { validators: 3 };
    assert_eq!(ensure_harmless(&state.input(), &[]), Err(mismatch.clone()));
    assert_eq!(compute_plan(&state.input()), Err(mismatch));
}

#[test]
fn chain_may_not_become_less_even_by_moves_for_quality() {
    // levels 30 and 31: 900 + 961 = 1,861
    let state = state(vec![row("a", 20, 10, 0, 99), row("b", 21, 10, 0, 99)]);
    // 31 and 30: the same
    assert_eq!(judge(&state, &[moved(1, 0, 1, Reason::Quality)]), None);
    // 32 and 29: 1,024 + 841 = 1,865
    let less_even = Refusal::LessEven {
        before: Box::new(Uint512::from(1_861u128)),
        after: Box::new(Uint512::from(1_865u128)),
    };
    assert_eq!(
        judge(&state, &[moved(1, 0, 2, Reason::Quality)]),
        Some(less_even)
    );
    // what is forced may, and is the measure for what is not: 29, 32 and back to 30, 31
    let forced = moved(0, 1, 1, Reason::AboveCap);
    assert_eq!(judge(&state, &[forced]), None);
    assert_eq!(
        judge(&state, &[forced, moved(1, 0, 1, Reason::Quality)]),
        None
    );
}

#[test]
fn squares_of_the_largest_amounts_are_compared_exactly() {
    // the sums of squares differ by 2 in 10^54
    let most = 10u128.pow(27);
    let mut state = state(vec![row("a", most, 1, 0, most), row("b", most, 0, 0, most)]);
    assert_eq!(judge(&state, &[moved(0, 1, 1, Reason::Quality)]), None);
    state.rows[1].validator.delegated = 1;
    let refusal = judge(&state, &[moved(0, 1, 1, Reason::Quality)]);
    assert!(matches!(refusal, Some(Refusal::LessEven { .. })));
}

/// Targets come from the caller. If they break a cap, nothing at all is done.
#[test]
fn plan_toward_a_target_above_its_cap_does_nothing_and_says_why() {
    let mut state = state(vec![row("a", 50, 20, 0, 99), row("b", 0, 4, 24, 10)]);
    let plan = compute_plan(&state.input()).unwrap();
    assert_eq!(plan.moves, vec![]);
    // 20 from a level of 70 to one of 4
    let broken = Refusal::CapBroken {
        index: 1,
        cap: 10,
        delegated: 24,
    };
    assert_eq!(plan.refusal, Some(broken));
    let unmoved = Unmoved {
        index: 0,
        tokens: 20,
        why: WhyUnmoved::Refused,
    };
    assert_eq!(plan.unmoved, vec![unmoved]);

    state.rows[1].target = 10;
    let plan = compute_plan(&state.input()).unwrap();
    assert_eq!(plan.moves, vec![moved(0, 1, 6, Reason::Quality)]);
    assert_eq!(plan.refusal, None);
}

fn random_moves(rows: usize) -> impl Strategy<Value = Vec<Move>> {
    let reason = prop_oneof![
        Just(Reason::Quality),
        Just(Reason::AboveCap),
        Just(Reason::OwnMaximum)
    ];
    let one = (0..rows, 0..rows, 1u128..=9, reason);
    let one = one.prop_map(|(from, to, tokens, reason)| moved(from, to, tokens, reason));
    proptest::collection::vec(one, 0..=4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_000))]

    /// Against the definition, in plain arithmetic.
    #[test]
    fn guard_refuses_what_does_harm_and_nothing_else(
        (state, moves) in limited_state().prop_flat_map(|state| {
            let moves = random_moves(state.rows.len());
            (Just(state), moves)
        })
    ) {
        let mut state = state;
        // as if everybody had plenty: whether a move is possible is not the guard's question
        state.rows.iter_mut().for_each(|row| {
            row.validator.delegated += 40;
            row.cap += 40;
            row.cap_without_own_max += 40;
        });
        let after = state.delegated_after(&moves);
        let forced: Vec<Move> = moves.iter().filter(|m| m.reason != Reason::Quality).copied().collect();
        let breaks_cap = state.rows.iter().zip(&after).any(|(row, after)| {
            *after > row.validator.delegated && *after > row.cap
        });
        let breaks_group = state.groups.list().iter().any(|group| {
            let sum = |delegated: &[u128]| group.members.iter().map(|i| delegated[*i]).sum::<u128>();
            sum(&after) > sum(&state.delegated()) && sum(&after) > group.cap_floor(state.base)
        });
        let is_less_even = state.sum_of_squares(&after)
            > state.sum_of_squares(&state.delegated_after(&forced));
        match judge(&state, &moves) {
            None => prop_assert!(!breaks_cap && !breaks_group && !is_less_even),
            Some(Refusal::CapBroken { .. }) => prop_assert!(breaks_cap),
            Some(Refusal::GroupCapBroken { .. }) => prop_assert!(breaks_group),
            Some(Refusal::LessEven { .. }) => prop_assert!(is_less_even),
        }
    }
}
