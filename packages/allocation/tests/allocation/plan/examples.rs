//! One worked plan for each thing that a plan looks at.
//!
//! Fails when: a validator is listed twice, the groups are those of other validators, live entries
//! name a validator that is not there, what the vault has exceeds 128 bits.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_plan, AllocationError, Departure, Group, Groups, LiveEntries, Move, MoveKind, PlanRow,
    Reason, Snapshot, Standing, Validator, WhyUnmoved, DEFAULT_MAX_ENTRIES,
};

use super::strategy::{without_limits, State};

fn row(validator: &str, external: u128, delegated: u128, target: u128) -> PlanRow {
    PlanRow {
        validator: Validator::eligible(validator, external, delegated),
        target,
        cap: 1_000,
        cap_without_own_max: 1_000,
    }
}

fn set_cap(state: &mut State, row: usize, cap: u128) {
    state.rows[row].cap = cap;
    state.rows[row].cap_without_own_max = cap;
}

fn leaving(validator: &str, delegated: u128, departure: Departure) -> PlanRow {
    let mut row = row(validator, 100, delegated, 0);
    row.validator.standing = Standing::Leaving(departure);
    (row.cap, row.cap_without_own_max) = (0, 0);
    row
}

fn state(rows: Vec<PlanRow>) -> State {
    State {
        base: 1_000,
        snapshot: Snapshot::Trusted,
        rows,
        groups: Groups::NONE,
        live: vec![],
        now: 100,
        limits: without_limits(),
    }
}

/// Moves as (source, destination or none, tokens, reason).
fn moves(state: &State) -> Vec<(usize, Option<usize>, u128, Reason)> {
    let row = |planned: &Move| {
        let destination = match planned.kind {
            MoveKind::Redelegate { destination } => Some(destination),
            MoveKind::Undelegate => None,
        };
        (planned.source, destination, planned.tokens, planned.reason)
    };
    state.plan().moves.iter().map(row).collect()
}

fn reasons(state: &State) -> Vec<(usize, u128, WhyUnmoved)> {
    let unmoved = state.plan().unmoved.into_iter();
    unmoved
        .map(|unmoved| (unmoved.index, unmoved.tokens, unmoved.why))
        .collect()
}

/// Two above, two below: levels 130 and 120, 40 and 20.
fn four() -> State {
    state(vec![
        row("a", 100, 30, 10),
        row("b", 100, 20, 10),
        row("c", 40, 0, 15),
        row("d", 20, 0, 15),
    ])
}

const QUALITY: Reason = Reason::Quality;

#[test]
fn largest_surplus_goes_to_the_largest_deficit() {
    // 20 and 10 to 15 and 15
    let expected = [
        (0, Some(2), 15, QUALITY),
        (0, Some(3), 5, QUALITY),
        (1, Some(3), 10, QUALITY),
    ];
    assert_eq!(moves(&four()), expected);
    assert_eq!(reasons(&four()), []);
}

#[test]
fn budget_is_taken_from_the_top_and_goes_to_the_bottom() {
    let mut state = four();
    // 10 from 130 down to b's 120, then 1 more: both at 120, the lower address; all to 20, up to 31
    state.limits.quality_budget = 11;
    assert_eq!(moves(&state), [(0, Some(3), 11, QUALITY)]);
    assert_eq!(
        reasons(&state),
        [(0, 9, WhyUnmoved::Budget), (1, 10, WhyUnmoved::Budget)]
    );
    // 15 to d, and the rest to c
    state.limits.quality_budget = 18;
    assert_eq!(state.delegated_after(&state.plan().moves), [16, 16, 3, 15]);
}

#[test]
fn locked_validator_is_no_source_until_its_redelegation_has_completed() {
    let mut state = four();
    state.rows[0].validator.locks.redelegation_locked_until = Some(101);
    assert_eq!(moves(&state), [(1, Some(3), 10, QUALITY)]);
    assert_eq!(reasons(&state), [(0, 20, WhyUnmoved::RedelegationLocked)]);
    state.rows[0].validator.locks.redelegation_locked_until = Some(100);
    assert_eq!(moves(&state), moves(&four()));
}

#[test]
fn locked_destination_comes_before_one_that_is_not() {
    let mut state = four();
    state.rows[3].validator.locks.redelegation_locked_until = Some(101);
    state.limits.max_moves = 1;
    assert_eq!(moves(&state), [(0, Some(3), 15, QUALITY)]);
    assert_eq!(
        reasons(&state),
        [(0, 5, WhyUnmoved::MaxMoves), (1, 10, WhyUnmoved::MaxMoves)]
    );
    // of two parts that are too small, the locked destination gets both
    let mut state = self::state(vec![
        row("a", 100, 30, 10),
        row("b", 20, 0, 15),
        row("c", 20, 0, 15),
    ]);
    state.limits.quality_budget = 10;
    state.limits.min_move = 6;
    assert_eq!(moves(&state), [(0, Some(1), 10, QUALITY)]);
    state.rows[2].validator.locks.redelegation_locked_until = Some(101);
    assert_eq!(moves(&state), [(0, Some(2), 10, QUALITY)]);
}

#[test]
fn drift_below_the_dead_band_stays() {
    let mut state = four();
    state.limits.dead_band = 11;
    assert_eq!(state.delegated_after(&state.plan().moves), [10, 20, 5, 15]);
    assert_eq!(reasons(&state), [(1, 10, WhyUnmoved::DeadBand)]);
    state.limits.dead_band = 10;
    assert_eq!(moves(&state), moves(&four()));
}

#[test]
fn no_move_is_below_the_minimum() {
    let mut state = four();
    // 15 to c, and the 5 that are left of a's 20 are too few for d
    state.limits.min_move = 6;
    assert_eq!(
        moves(&state),
        [(0, Some(2), 15, QUALITY), (1, Some(3), 10, QUALITY)]
    );
    assert_eq!(reasons(&state), [(0, 5, WhyUnmoved::MinMove)]);
    state.limits.min_move = 5;
    assert_eq!(moves(&state), moves(&four()));
}

#[test]
fn triplet_with_seven_entries_is_passed_over() {
    let mut state = four();
    let live = |source, destination, entries| LiveEntries {
        source,
        destination,
        entries,
    };
    // 3 and 4 are 7
    state.live = vec![live(0, 2, 3), live(0, 2, 4), live(0, 3, 6)];
    assert_eq!(
        moves(&state),
        [(0, Some(3), 15, QUALITY), (1, Some(2), 10, QUALITY)]
    );
    assert_eq!(reasons(&state), [(0, 5, WhyUnmoved::Entries)]);
    state.live[1].entries = 3;
    assert_eq!(moves(&state), moves(&four()));
    state.limits.max_entries = 6;
    assert_eq!(moves(&state), [(1, Some(2), 10, QUALITY)]);
}

#[test]
fn leaving_comes_first_and_in_its_order() {
    let mut state = state(vec![
        leaving("a", 10, Departure::Ineligible),
        leaving("b", 10, Departure::Drained),
        leaving("c", 10, Departure::Jailed),
        leaving("d", 10, Departure::Unbonded),
        leaving("e", 10, Departure::Tombstoned),
        row("f", 500, 10, 0),
        row("g", 0, 0, 60),
    ]);
    let order = [
        (4, Departure::Tombstoned),
        (3, Departure::Unbonded),
        (2, Departure::Jailed),
        (1, Departure::Drained),
        (0, Departure::Ineligible),
    ];
    let mut expected: Vec<_> = order
        .iter()
        .map(|(row, departure)| (*row, Some(6), 10, Reason::Leaving(*departure)))
        .collect();
    expected.push((5, Some(6), 10, QUALITY));
    assert_eq!(moves(&state), expected);
    // each budget pays for its own
    state.limits.emergency_budget = 23;
    expected.truncate(2);
    expected.push((2, Some(6), 3, Reason::Leaving(Departure::Jailed)));
    expected.push((5, Some(6), 10, QUALITY));
    assert_eq!(moves(&state), expected);
    let budget = |row, tokens| (row, tokens, WhyUnmoved::Budget);
    assert_eq!(
        reasons(&state),
        [budget(0, 10), budget(1, 10), budget(2, 7)]
    );
}

#[test]
fn who_leaves_and_cannot_be_redelegated_from_is_undelegated() {
    let departure = Departure::Drained;
    let mut state = state(vec![leaving("a", 10, departure), row("b", 0, 0, 20)]);
    assert_eq!(
        moves(&state),
        [(0, Some(1), 10, Reason::Leaving(departure))]
    );
    state.rows[0].validator.locks.redelegation_locked_until = Some(101);
    assert_eq!(moves(&state), [(0, None, 10, Reason::Leaving(departure))]);
    state.rows[0].validator.locks.unbonding_entries = 6;
    assert_eq!(moves(&state), [(0, None, 10, Reason::Leaving(departure))]);
    state.rows[0].validator.locks.unbonding_entries = DEFAULT_MAX_ENTRIES;
    assert_eq!(moves(&state), []);
    assert_eq!(reasons(&state), [(0, 10, WhyUnmoved::NoEntry)]);
    // the chain's word counts, whatever the count
    state.rows[0].validator.locks.unbonding_entries = 0;
    state.rows[0].validator.locks.entries_full = true;
    assert_eq!(reasons(&state), [(0, 10, WhyUnmoved::NoEntry)]);
}

#[test]
fn last_stake_of_an_unbonded_validator_is_undelegated() {
    let departure = Departure::Unbonded;
    let mut state = state(vec![leaving("a", 10, departure), row("b", 0, 0, 20)]);
    assert_eq!(
        moves(&state),
        [(0, Some(1), 10, Reason::Leaving(departure))]
    );
    state.rows[0].validator.external = 0;
    assert_eq!(moves(&state), [(0, None, 10, Reason::Leaving(departure))]);
}

#[test]
fn what_leaves_and_finds_no_place_is_undelegated() {
    let departure = Departure::Jailed;
    let state = state(vec![
        leaving("a", 10, departure),
        leaving("b", 12, departure),
        row("c", 0, 0, 15),
    ]);
    // b stands higher and goes first: 12, then 3 of a's 10
    let reason = Reason::Leaving(departure);
    let expected = [
        (0, None, 7, reason),
        (1, Some(2), 12, reason),
        (0, Some(2), 3, reason),
    ];
    assert_eq!(moves(&state), expected);
}

#[test]
fn waiting_validator_neither_gives_nor_takes() {
    let mut state = four();
    state.rows[0].validator.standing = Standing::Waiting;
    state.rows[3].validator.standing = Standing::Waiting;
    assert_eq!(moves(&state), [(1, Some(2), 10, QUALITY)]);
    assert_eq!(reasons(&state), [(0, 30, WhyUnmoved::Waiting)]);
}

#[test]
fn stake_above_a_cap_goes_even_where_that_makes_the_chain_less_even() {
    // a stands at 10, b at 50
    let mut state = state(vec![row("a", 0, 10, 4), row("b", 50, 0, 6)]);
    assert_eq!(moves(&state), []);
    assert_eq!(reasons(&state), [(0, 6, WhyUnmoved::Evenness)]);
    set_cap(&mut state, 0, 4);
    assert_eq!(moves(&state), [(0, Some(1), 6, Reason::AboveCap)]);
    state.limits.emergency_budget = 0;
    assert_eq!(reasons(&state), [(0, 6, WhyUnmoved::Budget)]);
}

#[test]
fn who_leaves_and_who_is_above_a_cap_do_not_share_out_the_same_destinations() {
    // leaving lowers nobody else: c and d are raised by 2 each, then again by 2 each for the cap
    let mut state = state(vec![
        row("a", 0, 13, 9),
        leaving("b", 4, Departure::Jailed),
        row("c", 0, 4, 8),
        row("d", 0, 4, 8),
    ]);
    set_cap(&mut state, 0, 9);
    let jailed = Reason::Leaving(Departure::Jailed);
    let expected = [(1, Some(2), 4, jailed), (0, Some(3), 4, Reason::AboveCap)];
    assert_eq!(moves(&state), expected);
}

#[test]
fn who_only_takes_what_leaves_gets_it_before_others() {
    // c is within the dead band of 3; a may give to d only, and as much as d lacks
    let mut state = state(vec![
        row("a", 0, 20, 10),
        leaving("b", 4, Departure::Jailed),
        row("c", 0, 6, 8),
        row("d", 0, 4, 16),
    ]);
    set_cap(&mut state, 0, 10);
    state.limits.dead_band = 3;
    // d 4 -> 7 and c 6 -> 7 by what leaves; then d by all that a has above its target, up to 16
    let jailed = Reason::Leaving(Departure::Jailed);
    let expected = [
        (1, Some(2), 1, jailed),
        (1, Some(3), 3, jailed),
        (0, Some(3), 9, Reason::AboveCap),
    ];
    assert_eq!(moves(&state), expected);
}

#[test]
fn who_has_come_down_to_its_cap_goes_on_for_quality() {
    // levels 120 and 110; the emergency budget brings a down to its cap of 15, level 115, and of
    // those with a surplus it is still the highest
    let mut state = state(vec![
        row("a", 100, 20, 5),
        row("b", 100, 10, 5),
        row("c", 0, 0, 20),
    ]);
    set_cap(&mut state, 0, 15);
    state.limits.emergency_budget = 5;
    state.limits.quality_budget = 4;
    let expected = [(0, Some(2), 5, Reason::AboveCap), (0, Some(2), 4, QUALITY)];
    assert_eq!(moves(&state), expected);
}

#[test]
fn quality_stops_where_it_would_no_longer_even_the_chain() {
    // 20 and 10: after 5 both are at 15; targets would have 10 and 20
    let state = state(vec![row("a", 10, 10, 0), row("b", 10, 0, 10)]);
    assert_eq!(moves(&state), [(0, Some(1), 5, QUALITY)]);
    assert_eq!(reasons(&state), [(0, 5, WhyUnmoved::Evenness)]);
}

#[test]
fn group_with_a_stuck_member_takes_no_more_than_its_cap() {
    let mut state = four();
    state.rows[1].validator.locks.redelegation_locked_until = Some(101);
    let group = |percent| {
        let group = Group {
            name: "g".to_string(),
            cap: Decimal::permille(percent),
            members: vec![1, 3],
        };
        Groups::new(4, vec![group]).unwrap()
    };
    // b keeps its 20, so of 22 only 2 are left for d
    state.groups = group(22);
    assert_eq!(state.delegated_after(&state.plan().moves), [13, 20, 15, 2]);
    assert_eq!(
        reasons(&state),
        [
            (0, 3, WhyUnmoved::GroupCap),
            (1, 10, WhyUnmoved::RedelegationLocked)
        ]
    );
    // what b gives leaves headroom for d
    state.rows[1].validator.locks.redelegation_locked_until = None;
    state.groups = group(25);
    assert_eq!(state.delegated_after(&state.plan().moves), [10, 10, 15, 15]);
}

#[test]
fn group_above_its_cap_is_relieved_by_the_emergency_budget() {
    let mut state = four();
    let group = Group {
        name: "g".to_string(),
        cap: Decimal::permille(49),
        members: vec![0, 1],
    };
    state.groups = Groups::new(4, vec![group]).unwrap();
    state.limits.quality_budget = 0;
    assert_eq!(state.delegated_after(&state.plan().moves), [10, 10, 15, 15]);
    let reasons = moves(&state).into_iter().map(|planned| planned.3);
    assert!(reasons.eq([Reason::AboveCap; 3]));
}

#[test]
fn validator_listed_twice_is_refused() {
    let mut state = four();
    state.rows[3].validator.address = "a".to_string();
    let expected = AllocationError::DuplicateValidator {
        validator: "a".to_string(),
    };
    assert_eq!(compute_plan(&state.input()), Err(expected));
}

#[test]
fn entries_of_a_validator_that_is_not_there_are_refused() {
    let mut state = four();
    state.live = vec![LiveEntries {
        source: 0,
        destination: 4,
        entries: 1,
    }];
    let expected = AllocationError::UnknownValidator {
        index: 4,
        validators: 4,
    };
    assert_eq!(compute_plan(&state.input()), Err(expected));
}

#[test]
fn more_than_128_bits_are_refused() {
    let mut state = four();
    state.rows[0].validator.delegated = u128::MAX;
    let expected = AllocationError::SumOverflow {
        left: u128::MAX,
        right: 20,
    };
    assert_eq!(compute_plan(&state.input()), Err(expected));
}
