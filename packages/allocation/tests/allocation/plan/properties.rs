//! What the plan reaches: the twin's result, the most even that can be reached, and then nothing
//! more to do.

use defenders_allocation::{Cause, Groups, MoveKind, Plan};
use proptest::prelude::*;

use super::{
    strategy::{
        limited_state, quality_state, state, with_disjoint_groups, without_bounds, without_limits,
        State,
    },
    twin,
};

/// Every way to lower sources and raise sinks that moves no more than `budget`.
fn reachable(state: &State, budget: u128) -> Vec<Vec<u128>> {
    let mut all: Vec<(Vec<u128>, u128, u128)> = vec![(vec![], 0, 0)];
    for (index, seat) in state.seats.iter().enumerate() {
        let drift = seat.held.abs_diff(seat.target);
        let moves = drift > 0 && drift >= state.limits.dead_band;
        let is_source = moves && seat.held > seat.target && !state.is_pinned(index);
        let is_sink = moves && seat.held < seat.target;
        let range = match (is_source, is_sink) {
            (true, _) => seat.target..=seat.held,
            (_, true) => seat.held..=seat.target,
            _ => seat.held..=seat.held,
        };
        all = all
            .into_iter()
            .flat_map(|(row, given, taken)| {
                range.clone().map(move |held| {
                    let mut row = row.clone();
                    row.push(held);
                    let (less, more) = (
                        seat.held.saturating_sub(held),
                        held.saturating_sub(seat.held),
                    );
                    (row, given + less, taken + more)
                })
            })
            .filter(|(_, given, taken)| given.max(taken) <= &budget)
            .collect();
    }
    let balanced = all.into_iter().filter(|(_, given, taken)| given == taken);
    balanced.map(|(row, _, _)| row).collect()
}

/// Levels, the highest first.
fn levels(state: &State, held: &[u128]) -> Vec<u128> {
    let mut levels: Vec<_> = state
        .seats
        .iter()
        .zip(held)
        .map(|(seat, held)| seat.external + held)
        .collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels
}

fn distance(state: &State, held: &[u128]) -> u128 {
    let seats = state.seats.iter().zip(held);
    seats.map(|(seat, held)| held.abs_diff(seat.target)).sum()
}

fn shuffled(state: &State, order: &[usize]) -> State {
    let place = |seat: usize| order.iter().position(|i| *i == seat).unwrap();
    let mut other = state.clone();
    other.seats = order.iter().map(|i| state.seats[*i].clone()).collect();
    let mut list = state.groups.list().to_vec();
    for group in &mut list {
        group.members = group.members.iter().map(|seat| place(*seat)).collect();
    }
    list.reverse();
    other.groups = Groups::new(order.len(), list).unwrap();
    for live in &mut other.live {
        live.source = place(live.source);
        live.destination = place(live.destination);
    }
    other.live.reverse();
    other
}

/// Moves and holds by address, as text.
fn by_address(state: &State, plan: &Plan) -> Vec<String> {
    let name = |seat: usize| state.seats[seat].validator.clone();
    let moves = plan.moves.iter().map(|planned| {
        let destination = match planned.kind {
            MoveKind::Redelegate { destination } => name(destination),
            MoveKind::Undelegate => String::new(),
        };
        let source = name(planned.source);
        format!(
            "{source} {destination} {} {:?}",
            planned.tokens, planned.reason
        )
    });
    let holds = plan.held_back.iter();
    let holds = holds.map(|hold| format!("{} {} {:?}", name(hold.seat), hold.tokens, hold.cause));
    moves.chain(holds).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Only budgets and the dead band limit: every validator ends where the twin says.
    #[test]
    fn plan_reaches_what_the_unit_by_unit_rule_reaches(state in limited_state()) {
        let state = with_disjoint_groups(without_bounds(state));
        let plan = state.plan();
        prop_assert_eq!(&plan.refusal, &None);
        let reached = twin::reach(&state);
        prop_assert_eq!(state.held_after(&plan.moves), reached.held);
        prop_assert_eq!(plan.quality_tokens(), state.limits.quality_budget - reached.quality_left);
        prop_assert_eq!(plan.emergency_tokens(), state.limits.emergency_budget - reached.emergency_left);
    }

    /// By brute force: of all that can be reached, for every k, nothing has less on its k largest.
    #[test]
    fn nothing_more_even_can_be_reached(state in quality_state()) {
        let plan = state.plan();
        let after = state.held_after(&plan.moves);
        let ours = levels(&state, &after);
        let all = reachable(&state, state.limits.quality_budget);
        prop_assert!(all.contains(&after));
        for other in all {
            let theirs = levels(&state, &other);
            for k in 1..=ours.len() {
                let top = |levels: &[u128]| levels[..k].iter().sum::<u128>();
                prop_assert!(top(&ours) <= top(&theirs), "top {}: {:?}", k, other);
            }
            prop_assert!(state.sum_of_squares(&after) <= state.sum_of_squares(&other));
        }
    }

    /// Invariant 11: carried out and planned again, with budgets, locks and entries as the moves
    /// leave them, there is nothing to do. A call that ran out of moves goes on, of course.
    #[test]
    fn plan_carried_out_leaves_nothing_to_do(state in limited_state()) {
        let plan = state.plan();
        if plan.moves.len() < state.limits.max_moves {
            prop_assert_eq!(state.after(&plan).plan().moves, vec![]);
        }
    }

    /// The same when the inputs are unchanged, budgets included, and were no limit.
    #[test]
    fn plan_with_ample_budgets_leaves_nothing_to_do(state in limited_state()) {
        let mut state = state;
        state.limits.quality_budget = 1_000_000;
        state.limits.emergency_budget = 1_000_000;
        let plan = state.plan();
        if plan.moves.len() < state.limits.max_moves {
            let mut next = state.after(&plan);
            next.limits = state.limits;
            prop_assert_eq!(next.plan().moves, vec![]);
        }
    }

    /// Invariant 3, for moves and reasons alike.
    #[test]
    fn plan_does_not_depend_on_the_order_of_anything(
        (state, order) in limited_state().prop_flat_map(|state| {
            let order: Vec<_> = (0..state.seats.len()).collect();
            (Just(state), Just(order).prop_shuffle())
        })
    ) {
        let other = shuffled(&state, &order);
        let (ours, theirs) = (by_address(&state, &state.plan()), by_address(&other, &other.plan()));
        prop_assert_eq!(ours, theirs);
    }

    /// Call after call of one move each ends where one call ends that is not cut short.
    #[test]
    fn many_short_calls_reach_what_one_long_call_reaches(state in quality_state()) {
        let mut now = state;
        // it would stop short of what it began
        now.limits.dead_band = 0;
        let goal = now.held_after(&now.plan().moves);
        now.limits.max_moves = 1;
        for _ in 0..now.seats.len() {
            let plan = now.plan();
            prop_assert!(plan.moves.len() <= 1);
            now = now.after(&plan);
        }
        prop_assert_eq!(now.held(), goal);
    }

    /// What a minimum move costs: crumbs. No single further move is possible that is large enough,
    /// passes no target, fits the budget, and evens the chain with every unit.
    #[test]
    fn no_move_is_left_that_is_large_enough(state in quality_state(), min_move in 1u128..=5) {
        let mut state = state;
        state.limits.min_move = min_move;
        let plan = state.plan();
        let next = state.after(&plan);
        let is_off = |drift: u128| drift >= state.limits.dead_band.max(min_move);
        for (index, source) in next.seats.iter().enumerate() {
            let surplus = source.held.saturating_sub(source.target);
            if !is_off(surplus) || state.is_pinned(index) || next.limits.quality_budget < min_move {
                continue;
            }
            for sink in &next.seats {
                let deficit = sink.target.saturating_sub(sink.held);
                let (top, bottom) = (source.external + source.held, sink.external + sink.held);
                prop_assert!(!is_off(deficit) || top < bottom + 2 * min_move, "{:?}", plan);
            }
        }
    }

    /// With nothing in the way, targets are reached, where that makes the chain no less even.
    #[test]
    fn without_limits_only_evenness_keeps_from_the_target(state in state()) {
        let mut state = state;
        state.limits = without_limits();
        state.live.clear();
        for seat in &mut state.seats {
            seat.pinned_until = None;
            seat.unbonding_entries = 0;
        }
        let plan = state.plan();
        prop_assert_eq!(&plan.refusal, &None);
        for hold in &plan.held_back {
            prop_assert!(
                matches!(
                    hold.cause,
                    Cause::Waiting | Cause::Evenness | Cause::NoDestination | Cause::GroupCap
                ),
                "{:?}", hold
            );
        }
        prop_assert!(distance(&state, &state.held_after(&plan.moves)) <= distance(&state, &state.held()));
    }
}
