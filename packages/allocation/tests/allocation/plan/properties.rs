//! What the plan reaches: the twin's result, the most even that can be reached, and then nothing
//! more to do.

use defenders_allocation::{Groups, MoveKind, Plan, PlanRow, WhyUnmoved};
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
    for (index, row) in state.rows.iter().enumerate() {
        let drift = row.validator.delegated.abs_diff(row.target);
        let moves = drift > 0 && drift >= state.limits.dead_band;
        let is_source = moves && row.validator.delegated > row.target && !state.is_locked(index);
        let is_sink = moves && row.validator.delegated < row.target;
        let range = match (is_source, is_sink) {
            (true, _) => row.target..=row.validator.delegated,
            (_, true) => row.validator.delegated..=row.target,
            _ => row.validator.delegated..=row.validator.delegated,
        };
        all = all
            .into_iter()
            .flat_map(|(so_far, given, taken)| {
                range.clone().map(move |delegated| {
                    let mut so_far = so_far.clone();
                    so_far.push(delegated);
                    let (less, more) = (
                        row.validator.delegated.saturating_sub(delegated),
                        delegated.saturating_sub(row.validator.delegated),
                    );
                    (so_far, given + less, taken + more)
                })
            })
            .filter(|(_, given, taken)| given.max(taken) <= &budget)
            .collect();
    }
    let balanced = all.into_iter().filter(|(_, given, taken)| given == taken);
    balanced.map(|(row, _, _)| row).collect()
}

/// Levels, the highest first.
fn levels(state: &State, delegated: &[u128]) -> Vec<u128> {
    let mut levels: Vec<_> = state
        .rows
        .iter()
        .zip(delegated)
        .map(|(row, delegated)| row.validator.external + delegated)
        .collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels
}

fn distance(state: &State, delegated: &[u128]) -> u128 {
    let rows = state.rows.iter().zip(delegated);
    rows.map(|(row, delegated)| delegated.abs_diff(row.target))
        .sum()
}

fn shuffled(state: &State, order: &[usize]) -> State {
    let place = |index: usize| order.iter().position(|i| *i == index).unwrap();
    let mut other = state.clone();
    other.rows = order.iter().map(|i| state.rows[*i].clone()).collect();
    let mut list = state.groups.list().to_vec();
    for group in &mut list {
        group.members = group.members.iter().map(|row| place(*row)).collect();
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
    let name = |index: usize| state.rows[index].validator.address.clone();
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
    let unmoved = plan.unmoved.iter();
    let unmoved = unmoved.map(|unmoved| {
        format!(
            "{} {} {:?}",
            name(unmoved.index),
            unmoved.tokens,
            unmoved.why
        )
    });
    moves.chain(unmoved).collect()
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
        prop_assert_eq!(state.delegated_after(&plan.moves), reached.delegated);
        prop_assert_eq!(plan.quality_tokens(), state.limits.quality_budget - reached.quality_left);
        prop_assert_eq!(plan.emergency_tokens(), state.limits.emergency_budget - reached.emergency_left);
        prop_assert_eq!(plan.owner_tokens(), state.limits.owner_budget - reached.owner_left);
    }

    /// By brute force: of all that can be reached, for every k, nothing has less on its k largest.
    #[test]
    fn nothing_more_even_can_be_reached(state in quality_state()) {
        let plan = state.plan();
        let after = state.delegated_after(&plan.moves);
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
        state.limits.owner_budget = 1_000_000;
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
            let order: Vec<_> = (0..state.rows.len()).collect();
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
        let goal = now.delegated_after(&now.plan().moves);
        now.limits.max_moves = 1;
        for _ in 0..now.rows.len() {
            let plan = now.plan();
            prop_assert!(plan.moves.len() <= 1);
            now = now.after(&plan);
        }
        prop_assert_eq!(now.delegated(), goal);
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
        for (index, source) in next.rows.iter().enumerate() {
            let surplus = source.validator.delegated.saturating_sub(source.target);
            if !is_off(surplus) || state.is_locked(index) || next.limits.quality_budget < min_move {
                continue;
            }
            for sink in &next.rows {
                let deficit = sink.target.saturating_sub(sink.validator.delegated);
                let level = |row: &PlanRow| row.validator.external + row.validator.delegated;
                let (top, bottom) = (level(source), level(sink));
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
        for row in &mut state.rows {
            row.validator.locks.redelegation_locked_until = None;
            row.validator.locks.redelegation_refused = false;
            row.validator.locks.unbonding_entries = 0;
        }
        let plan = state.plan();
        prop_assert_eq!(&plan.refusal, &None);
        for unmoved in &plan.unmoved {
            prop_assert!(
                matches!(
                    unmoved.why,
                    WhyUnmoved::Waiting
                        | WhyUnmoved::Evenness
                        | WhyUnmoved::NoDestination
                        | WhyUnmoved::GroupCap
                ),
                "{:?}", unmoved
            );
        }
        let after = state.delegated_after(&plan.moves);
        prop_assert!(distance(&state, &after) <= distance(&state, &state.delegated()));
    }
}
