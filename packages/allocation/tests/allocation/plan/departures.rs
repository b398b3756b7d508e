//! One worked plan for each rule of who leaves: whose budget pays, what needs a taker, operators' own
//! maxima, and what moves by a suspect or a stale snapshot.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    Departure, Group, Groups, MoveKind, PlanRow, Reason, Snapshot, Standing, Validator, WhyUnmoved,
};

use super::strategy::{without_limits, State};

fn row(address: &str, external: u128, delegated: u128, target: u128) -> PlanRow {
    PlanRow {
        validator: Validator::eligible(address, external, delegated),
        target,
        cap: target,
        cap_without_own_max: 1_000,
    }
}

fn leaving(address: &str, delegated: u128, departure: Departure) -> PlanRow {
    let mut row = row(address, 100, delegated, 0);
    row.validator.standing = Standing::Leaving(departure);
    row
}

/// W is what is delegated.
fn state(rows: Vec<PlanRow>) -> State {
    State {
        base: rows.iter().map(|row| row.validator.delegated).sum(),
        snapshot: Snapshot::Trusted,
        rows,
        groups: Groups::NONE,
        live: vec![],
        now: 100,
        limits: without_limits(),
    }
}

/// Each move as (source, destination or none, tokens, reason).
fn moves(state: &State) -> Vec<(usize, Option<usize>, u128, Reason)> {
    let moves = state.plan().moves.into_iter();
    moves
        .map(|planned| {
            let destination = match planned.kind {
                MoveKind::Redelegate { destination } => Some(destination),
                MoveKind::Undelegate => None,
            };
            (planned.source, destination, planned.tokens, planned.reason)
        })
        .collect()
}

fn why(state: &State, index: usize) -> Option<WhyUnmoved> {
    let unmoved = state.plan().unmoved;
    let found = unmoved.iter().find(|unmoved| unmoved.index == index);
    found.map(|unmoved| unmoved.why)
}

const JAILED: Reason = Reason::Leaving(Departure::Jailed);
const DRAINED: Reason = Reason::Leaving(Departure::Drained);
const ENDED: Reason = Reason::Leaving(Departure::Ended);
const INELIGIBLE: Reason = Reason::Leaving(Departure::Ineligible);

#[test]
fn what_the_owner_brings_about_is_paid_by_both_budgets() {
    let mut state = state(vec![
        leaving("a", 10, Departure::Jailed),
        leaving("b", 10, Departure::Drained),
        row("c", 0, 20, 12),
        row("d", 0, 0, 40),
    ]);
    state.rows[2].cap_without_own_max = 12;
    state.limits.emergency_budget = 20;
    state.limits.owner_budget = 3;
    state.limits.quality_budget = 0;
    assert_eq!(
        moves(&state),
        [(0, Some(3), 10, JAILED), (1, Some(3), 3, DRAINED)]
    );
    // the chain's word comes first
    state.limits.emergency_budget = 12;
    state.limits.owner_budget = 12;
    assert_eq!(
        moves(&state),
        [(0, Some(3), 10, JAILED), (1, Some(3), 2, DRAINED)]
    );
    // and what is above a cap after who leaves
    state.limits.emergency_budget = 30;
    let above_cap = (2, Some(3), 2, Reason::AboveCap);
    assert_eq!(moves(&state)[2..], [above_cap]);
    assert_eq!(state.plan().owner_tokens(), 12);
    state.limits.owner_budget = 0;
    assert_eq!(moves(&state), [(0, Some(3), 10, JAILED)]);
}

#[test]
fn who_has_ended_or_fails_the_policy_leaves_no_more_than_others_can_take() {
    for (departure, reason) in [
        (Departure::Ended, ENDED),
        (Departure::Ineligible, INELIGIBLE),
    ] {
        let state = state(vec![leaving("a", 10, departure), row("b", 0, 0, 4)]);
        assert_eq!(moves(&state), [(0, Some(1), 4, reason)]);
        assert_eq!(why(&state, 0), Some(WhyUnmoved::NoDestination));
    }
    // who is drained leaves in any case
    let drained = state(vec![
        leaving("a", 10, Departure::Drained),
        row("b", 0, 0, 4),
    ]);
    assert_eq!(
        moves(&drained),
        [(0, None, 6, DRAINED), (0, Some(1), 4, DRAINED)]
    );
}

#[test]
fn locked_one_is_undelegated_only_as_far_as_others_can_take_it_on_arrival() {
    let mut state = state(vec![leaving("a", 10, Departure::Ended), row("b", 0, 0, 4)]);
    state.rows[0].validator.locks.redelegation_locked_until = Some(101);
    assert_eq!(moves(&state), [(0, None, 4, ENDED)]);
    // what is idle or unbonding already comes first
    state.base = 13;
    assert_eq!(moves(&state), [(0, None, 1, ENDED)]);
    state.base = 14;
    assert_eq!(moves(&state), []);
    assert_eq!(why(&state, 0), Some(WhyUnmoved::NoDestination));
    // up to the cap, whatever the target is now
    state.rows[1].cap = 9;
    assert_eq!(moves(&state), [(0, None, 5, ENDED)]);
    // and within the groups: 50 % of 14
    let group = Group {
        name: "g".to_string(),
        cap: Decimal::percent(50),
        members: vec![1],
    };
    state.groups = Groups::new(2, vec![group]).unwrap();
    assert_eq!(moves(&state), [(0, None, 3, ENDED)]);
    state.rows[0].validator.locks.unbonding_entries = 7;
    assert_eq!(moves(&state), []);
}

#[test]
fn refused_redelegation_is_followed_by_an_undelegation_of_what_must_go() {
    let mut state = state(vec![
        leaving("a", 10, Departure::Drained),
        row("b", 0, 0, 10),
    ]);
    state.rows[0].validator.locks.redelegation_refused = true;
    assert_eq!(moves(&state), [(0, None, 10, DRAINED)]);
}

/// Own maximum 12, target 10; the other is 20 higher.
fn above_own_max() -> State {
    let mut state = state(vec![row("a", 0, 30, 10), row("b", 50, 0, 20)]);
    state.rows[0].validator.limits.own_max = Some(12);
    state
}

#[test]
fn what_is_above_an_own_maximum_leaves_on_the_quality_budget() {
    let mut state = above_own_max();
    // 18 to a higher level: no move for quality would
    assert_eq!(moves(&state), [(0, Some(1), 18, Reason::OwnMaximum)]);
    (state.limits.dead_band, state.limits.min_move) = (100, 100);
    (state.limits.emergency_budget, state.limits.quality_budget) = (0, 5);
    assert_eq!(moves(&state), [(0, Some(1), 5, Reason::OwnMaximum)]);
    assert_eq!(why(&state, 0), Some(WhyUnmoved::Budget));
    assert_eq!(state.plan().quality_tokens(), 5);
}

#[test]
fn what_is_above_a_cap_too_leaves_by_that_first() {
    let mut state = above_own_max();
    state.rows[0].cap_without_own_max = 25;
    let expected = [
        (0, Some(1), 5, Reason::AboveCap),
        (0, Some(1), 13, Reason::OwnMaximum),
    ];
    assert_eq!(moves(&state), expected);
}

#[test]
fn what_is_above_an_own_maximum_and_cannot_be_redelegated_is_undelegated() {
    let mut state = above_own_max();
    state.rows[0].validator.locks.redelegation_locked_until = Some(101);
    assert_eq!(moves(&state), [(0, None, 18, Reason::OwnMaximum)]);
    state.rows[0].validator.locks.unbonding_entries = 7;
    assert_eq!(moves(&state), []);
    assert_eq!(why(&state, 0), Some(WhyUnmoved::NoEntry));
    // what nobody can take
    let mut state = above_own_max();
    (state.rows[1].target, state.rows[1].cap) = (4, 4);
    let expected = [
        (0, None, 14, Reason::OwnMaximum),
        (0, Some(1), 4, Reason::OwnMaximum),
    ];
    assert_eq!(moves(&state), expected);
    // "leave me"
    state.rows[0].validator.limits.own_max = Some(0);
    state.rows[0].target = 0;
    assert_eq!(state.delegated_after(&state.plan().moves), [0, 4]);
}

#[test]
fn suspect_and_stale_snapshots_move_only_what_is_stated() {
    let departures = [
        Departure::Tombstoned,
        Departure::Unbonded,
        Departure::Jailed,
        Departure::Drained,
        Departure::Ended,
        Departure::Ineligible,
    ];
    let mut rows: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .into_iter()
        .zip(departures)
        .map(|(address, departure)| leaving(address, 10, departure))
        .collect();
    // above a cap, above its own maximum, above its target
    rows.push(row("g", 0, 10, 5));
    rows.push(row("h", 0, 10, 5));
    rows.push(row("i", 500, 10, 5));
    rows.push(row("j", 0, 0, 75));
    rows[6].cap_without_own_max = 5;
    rows[7].validator.limits.own_max = Some(5);
    let mut state = state(rows);
    assert_eq!(moves(&state).len(), 9);
    let by_departure = |count: usize, destination| {
        let moves = (0..count).map(|i| (i, destination, 10, Reason::Leaving(departures[i])));
        moves.collect::<Vec<_>>()
    };
    state.snapshot = Snapshot::Suspect;
    assert_eq!(moves(&state), by_departure(5, Some(9)));
    state.snapshot = Snapshot::Stale;
    assert_eq!(moves(&state), by_departure(4, None));
    for still in 4..9 {
        assert_eq!(why(&state, still), Some(WhyUnmoved::Snapshot));
    }
}

#[test]
fn what_is_too_little_to_be_redelegated_is_undelegated_where_it_must_go() {
    let mut state = state(vec![leaving("a", 1, Departure::Drained), row("b", 0, 0, 1)]);
    assert_eq!(moves(&state), [(0, Some(1), 1, DRAINED)]);
    state.limits.least_redelegation = 2;
    assert_eq!(moves(&state), [(0, None, 1, DRAINED)]);
    state.rows[0].validator.locks.unbonding_entries = 7;
    assert_eq!(moves(&state), []);
    assert_eq!(why(&state, 0), Some(WhyUnmoved::NoEntry));
}

#[test]
fn last_unit_that_nobody_takes_leaves_beside_the_rest() {
    let mut state = state(vec![
        leaving("a", 11, Departure::Drained),
        row("b", 0, 0, 5),
        row("c", 0, 0, 5),
        row("d", 0, 0, 1),
    ]);
    state.limits.least_redelegation = 2;
    let expected = [
        (0, Some(1), 5, DRAINED),
        (0, Some(2), 5, DRAINED),
        (0, None, 1, DRAINED),
    ];
    assert_eq!(moves(&state), expected);
}

#[test]
fn what_needs_a_taker_is_not_undelegated_unit_by_unit() {
    // place for a unit, which is too little to be redelegated
    let mut state = state(vec![leaving("a", 9, Departure::Ended), row("b", 0, 4, 5)]);
    state.limits.least_redelegation = 2;
    assert_eq!(moves(&state), []);
    assert_eq!(why(&state, 0), Some(WhyUnmoved::MinMove));
    // but the last unit is, and finds its place on arrival
    state.rows[0].validator.delegated = 1;
    state.base = 5;
    assert_eq!(moves(&state), [(0, None, 1, ENDED)]);
    state.rows[1].validator.delegated = 5;
    state.base = 6;
    assert_eq!(moves(&state), []);
}

#[test]
fn units_that_each_find_a_place_of_their_own_are_undelegated_together() {
    let mut state = state(vec![
        leaving("a", 2, Departure::Drained),
        row("b", 0, 4, 5),
        row("c", 0, 4, 5),
    ]);
    let expected = [(0, Some(1), 1, DRAINED), (0, Some(2), 1, DRAINED)];
    assert_eq!(moves(&state), expected);
    state.limits.least_redelegation = 2;
    assert_eq!(moves(&state), [(0, None, 2, DRAINED)]);
}

#[test]
fn single_unit_above_an_own_maximum_is_undelegated() {
    let mut state = above_own_max();
    state.rows[0].validator.delegated = 13;
    state.limits.quality_budget = 1;
    assert_eq!(moves(&state), [(0, Some(1), 1, Reason::OwnMaximum)]);
    state.limits.least_redelegation = 2;
    assert_eq!(moves(&state), [(0, None, 1, Reason::OwnMaximum)]);
}
