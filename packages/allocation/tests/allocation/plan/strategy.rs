//! Random states of a vault: small enough for the twin, odd enough to meet every lock and budget.

use defenders_allocation::{
    compute_caps, compute_held_after, compute_plan, compute_targets, Departure, Group, Groups,
    Limits, LiveEntries, Move, MoveKind, Plan, PlanInput, PlanSeat, Stance,
};
use proptest::prelude::*;

use crate::strategy::{groups, policy, seats};

/// A plan input that owns its parts.
#[derive(Debug, Clone)]
pub struct State {
    pub total: u128,
    pub seats: Vec<PlanSeat>,
    pub groups: Groups,
    pub live: Vec<LiveEntries>,
    pub now: u64,
    pub limits: Limits,
}

impl State {
    pub fn input(&self) -> PlanInput<'_> {
        PlanInput {
            total: self.total,
            seats: &self.seats,
            groups: &self.groups,
            live: &self.live,
            now: self.now,
            limits: self.limits,
        }
    }

    pub fn plan(&self) -> Plan {
        compute_plan(&self.input()).unwrap()
    }

    pub fn held(&self) -> Vec<u128> {
        self.seats.iter().map(|seat| seat.held).collect()
    }

    pub fn held_after(&self, moves: &[Move]) -> Vec<u128> {
        compute_held_after(&self.input(), moves)
    }

    /// The state once the chain has carried the moves out: locks, entries, slots and budgets too.
    pub fn after(&self, plan: &Plan) -> State {
        let mut state = self.clone();
        for (seat, held) in state.seats.iter_mut().zip(self.held_after(&plan.moves)) {
            seat.held = held;
        }
        for planned in &plan.moves {
            match planned.kind {
                MoveKind::Undelegate => state.seats[planned.source].unbonding_entries += 1,
                MoveKind::Redelegate { destination } => {
                    state.seats[destination].pinned_until = Some(state.now + 21);
                    state.live.push(LiveEntries {
                        source: planned.source,
                        destination,
                        entries: 1,
                    });
                }
            }
        }
        state.limits.quality_budget -= plan.quality_tokens();
        state.limits.emergency_budget -= plan.emergency_tokens();
        state
    }

    pub fn entries(&self, source: usize, destination: usize) -> u32 {
        self.live
            .iter()
            .filter(|live| (live.source, live.destination) == (source, destination))
            .map(|live| live.entries)
            .sum()
    }

    pub fn is_pinned(&self, seat: usize) -> bool {
        self.seats[seat]
            .pinned_until
            .is_some_and(|until| until > self.now)
    }

    pub fn is_leaving(&self, seat: usize) -> bool {
        matches!(self.seats[seat].stance, Stance::Leaving(_))
    }

    pub fn sum_of_squares(&self, held: &[u128]) -> u128 {
        let levels = self.seats.iter().zip(held);
        levels
            .map(|(seat, held)| (seat.external + held).pow(2))
            .sum()
    }
}

/// Limits that keep nothing back.
pub fn without_limits() -> Limits {
    Limits {
        quality_budget: 1_000_000,
        emergency_budget: 1_000_000,
        max_moves: usize::MAX,
        min_move: 0,
        dead_band: 0,
        max_entries: 7,
    }
}

const DEPARTURES: [Departure; 5] = [
    Departure::Tombstoned,
    Departure::Unbonded,
    Departure::Jailed,
    Departure::Drained,
    Departure::Ineligible,
];

/// What the rule does not know about a validator: stance, pin, unbonding entries.
fn posts() -> impl Strategy<Value = (Stance, Option<u64>, u32)> {
    let stance = prop_oneof![
        1 => Just(Stance::Waiting),
        7 => prop::sample::select(DEPARTURES.to_vec()).prop_map(Stance::Leaving),
    ];
    // now is 100: pins of the past, of now, and live ones
    let pin = prop_oneof![
        5 => Just(None),
        1 => Just(Some(99)),
        1 => Just(Some(100)),
        2 => Just(Some(101)),
    ];
    (
        stance,
        pin,
        prop_oneof![4 => Just(0u32), 1 => Just(6), 1 => Just(7)],
    )
}

fn live(seats: usize) -> impl Strategy<Value = Vec<LiveEntries>> {
    let one =
        (0..seats, 0..seats, 1u32..=7).prop_map(|(source, destination, entries)| LiveEntries {
            source,
            destination,
            entries,
        });
    proptest::collection::vec(one, 0..=8)
}

/// Stakes with the rule's targets and caps, and groups or none. No limit binds yet.
pub fn state() -> impl Strategy<Value = State> {
    (
        policy(),
        seats(2..=6),
        proptest::collection::vec(posts(), 6),
        0u128..=25,
        40u128..=250,
        prop::bool::ANY,
    )
        .prop_flat_map(|(policy, seats, posts, idle, bonded, is_grouped)| {
            let all = seats.len();
            (
                Just((policy, seats, posts, idle, bonded)),
                groups(all).prop_map(move |groups| if is_grouped { groups } else { Groups::NONE }),
                live(all),
            )
        })
        .prop_map(|((policy, seats, posts, idle, bonded), groups, live)| {
            let held: u128 = seats.iter().map(|seat| seat.held).sum();
            let total = held + idle;
            let caps = compute_caps(total, bonded, &policy, &seats).unwrap();
            let targets = compute_targets(total, bonded, &policy, &seats, &groups).unwrap();
            let rows = seats
                .into_iter()
                .zip(posts)
                .zip(caps.into_iter().zip(targets.tokens));
            let seats =
                rows.map(
                    |((seat, (stance, pinned_until, slots)), (cap, target))| PlanSeat {
                        stance: if seat.eligible {
                            Stance::Staying
                        } else {
                            stance
                        },
                        validator: seat.validator,
                        external: seat.external,
                        held: seat.held,
                        target,
                        cap: cap.tokens,
                        pinned_until,
                        unbonding_entries: slots,
                    },
                );
            State {
                total,
                seats: seats.collect(),
                groups,
                live,
                now: 100,
                limits: without_limits(),
            }
        })
}

/// The same with budgets, a dead band, a minimum move and a bound on moves.
pub fn limited_state() -> impl Strategy<Value = State> {
    let budget = || prop_oneof![3 => 0u128..=20, 1 => Just(1_000)];
    let moves = prop_oneof![2 => 0usize..=4, 1 => Just(usize::MAX)];
    (state(), budget(), budget(), moves, 0u128..=4, 0u128..=5).prop_map(
        |(mut state, quality, emergency, max_moves, min_move, dead_band)| {
            state.limits = Limits {
                quality_budget: quality,
                emergency_budget: emergency,
                max_moves,
                min_move,
                dead_band,
                max_entries: 7,
            };
            state
        },
    )
}

/// Takes everybody out of all groups but the first, and lets all who leave do so: the twin lets
/// others into a group before it finds that somebody in it must stay.
pub fn with_disjoint_groups(mut state: State) -> State {
    let mut known = vec![];
    let mut list: Vec<Group> = state.groups.list().to_vec();
    for group in &mut list {
        group.members.retain(|seat| !known.contains(seat));
        known.extend(&group.members);
    }
    state.groups = Groups::new(state.seats.len(), list).unwrap();
    if !state.groups.list().is_empty() {
        state
            .seats
            .iter_mut()
            .for_each(|seat| seat.unbonding_entries = 0);
    }
    state
}

/// A small state in which nothing is above a cap, nobody leaves, and only budgets and the dead band
/// limit.
pub fn quality_state() -> impl Strategy<Value = State> {
    (limited_state(), 0u128..=12, 0u128..=3).prop_map(|(mut state, budget, dead_band)| {
        state.seats.truncate(4);
        state.groups = Groups::NONE;
        for seat in &mut state.seats {
            seat.stance = Stance::Staying;
            // small enough to try everything
            seat.held %= 9;
            seat.target %= 9;
            seat.cap = seat.cap.max(seat.held).max(seat.target);
        }
        state.limits.quality_budget = budget;
        state.limits.dead_band = dead_band;
        without_bounds(state)
    })
}

/// The same without bounds on moves and entries: only budgets and the dead band limit.
pub fn without_bounds(mut state: State) -> State {
    state.limits.max_moves = usize::MAX;
    state.limits.min_move = 0;
    state.live.clear();
    state
}
