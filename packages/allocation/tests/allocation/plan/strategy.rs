//! Random states of a vault: small enough for the twin, odd enough to meet every lock and budget.

use defenders_allocation::{
    compute_delegated_after, compute_plan, compute_plan_rows, Departure, Group, Groups,
    LiveEntries, Locks, Move, MoveKind, Plan, PlanInput, PlanLimits, PlanRow, Snapshot, Standing,
    DEFAULT_MAX_ENTRIES,
};
use proptest::prelude::*;

use crate::strategy::{groups, policy, validators};

/// A plan input that owns its parts.
#[derive(Debug, Clone)]
pub struct State {
    pub base: u128,
    pub snapshot: Snapshot,
    pub rows: Vec<PlanRow>,
    pub groups: Groups,
    pub live: Vec<LiveEntries>,
    pub now: u64,
    pub limits: PlanLimits,
}

impl State {
    pub fn input(&self) -> PlanInput<'_> {
        PlanInput {
            base: self.base,
            snapshot: self.snapshot,
            rows: &self.rows,
            groups: &self.groups,
            live: &self.live,
            now: self.now,
            limits: self.limits,
        }
    }

    pub fn plan(&self) -> Plan {
        compute_plan(&self.input()).unwrap()
    }

    pub fn delegated(&self) -> Vec<u128> {
        self.rows
            .iter()
            .map(|row| row.validator.delegated)
            .collect()
    }

    pub fn delegated_after(&self, moves: &[Move]) -> Vec<u128> {
        compute_delegated_after(&self.input(), moves)
    }

    /// The state once the chain has carried the moves out: locks, both kinds of entries and
    /// budgets too.
    pub fn after(&self, plan: &Plan) -> State {
        let mut state = self.clone();
        for (row, delegated) in state.rows.iter_mut().zip(self.delegated_after(&plan.moves)) {
            row.validator.delegated = delegated;
        }
        for planned in &plan.moves {
            match planned.kind {
                MoveKind::Undelegate => {
                    state.rows[planned.source].validator.locks.unbonding_entries += 1
                }
                MoveKind::Redelegate { destination } => {
                    state.rows[destination]
                        .validator
                        .locks
                        .redelegation_locked_until = Some(state.now + 21);
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
        state.limits.owner_budget -= plan.owner_tokens();
        state
    }

    pub fn entries(&self, source: usize, destination: usize) -> u32 {
        self.live
            .iter()
            .filter(|live| (live.source, live.destination) == (source, destination))
            .map(|live| live.entries)
            .sum()
    }

    pub fn is_locked(&self, index: usize) -> bool {
        self.rows[index]
            .validator
            .locks
            .redelegation_locked_until
            .is_some_and(|until| until > self.now)
    }

    pub fn is_leaving(&self, index: usize) -> bool {
        matches!(self.rows[index].validator.standing, Standing::Leaving(_))
    }

    pub fn sum_of_squares(&self, delegated: &[u128]) -> u128 {
        let levels = self.rows.iter().zip(delegated);
        levels
            .map(|(row, delegated)| (row.validator.external + delegated).pow(2))
            .sum()
    }
}

/// Limits that keep nothing back.
pub fn without_limits() -> PlanLimits {
    PlanLimits {
        quality_budget: 1_000_000,
        emergency_budget: 1_000_000,
        owner_budget: 1_000_000,
        max_moves: usize::MAX,
        min_move: 0,
        least_redelegation: 0,
        dead_band: 0,
        max_entries: DEFAULT_MAX_ENTRIES,
    }
}

const DEPARTURES: [Departure; 6] = [
    Departure::Tombstoned,
    Departure::Unbonded,
    Departure::Jailed,
    Departure::Drained,
    Departure::Ended,
    Departure::Ineligible,
];

/// What the rule does not look at: how the vault stands to who is not eligible, and locks.
fn odds() -> impl Strategy<Value = (Standing, Locks)> {
    let standing = prop_oneof![
        1 => Just(Standing::Waiting),
        7 => prop::sample::select(DEPARTURES.to_vec()).prop_map(Standing::Leaving),
    ];
    // now is 100: locks of the past, of now, and live ones
    let locked = prop_oneof![
        5 => Just(None),
        1 => Just(Some(99)),
        1 => Just(Some(100)),
        2 => Just(Some(101)),
    ];
    let entries = prop_oneof![4 => Just(0u32), 1 => Just(DEFAULT_MAX_ENTRIES - 1), 1 => Just(DEFAULT_MAX_ENTRIES)];
    let refused = prop::bool::weighted(0.15);
    (standing, locked, entries, refused).prop_map(
        |(standing, redelegation_locked_until, unbonding_entries, redelegation_refused)| {
            let locks = Locks {
                redelegation_locked_until,
                unbonding_entries,
                redelegation_refused,
                ..Locks::default()
            };
            (standing, locks)
        },
    )
}

fn live(rows: usize) -> impl Strategy<Value = Vec<LiveEntries>> {
    let one = (0..rows, 0..rows, 1u32..=DEFAULT_MAX_ENTRIES).prop_map(
        |(source, destination, entries)| LiveEntries {
            source,
            destination,
            entries,
        },
    );
    proptest::collection::vec(one, 0..=8)
}

/// Stakes with the rule's targets and caps, and groups or none. No limit binds yet.
pub fn state() -> impl Strategy<Value = State> {
    (
        policy(),
        validators(2..=6),
        proptest::collection::vec(odds(), 6),
        (0u128..=25, prop_oneof![2 => Just(0u128), 1 => 1u128..=20]),
        40u128..=250,
        prop::bool::ANY,
    )
        .prop_flat_map(|(policy, validators, odds, idle, bonded, is_grouped)| {
            let all = validators.len();
            (
                Just((policy, validators, odds, idle, bonded)),
                groups(all).prop_map(move |groups| if is_grouped { groups } else { Groups::NONE }),
                live(all),
            )
        })
        .prop_map(
            |((policy, mut validators, odds, (idle, restaking), bonded), groups, live)| {
                let delegated: u128 = validators.iter().map(|it| it.delegated).sum();
                let (total, base) = (delegated + idle, delegated + idle + restaking);
                for (validator, (standing, locks)) in validators.iter_mut().zip(odds) {
                    if !validator.is_eligible() {
                        validator.standing = standing;
                    }
                    validator.locks = locks;
                }
                let rows =
                    compute_plan_rows(total, base, bonded, &policy, validators, &groups).unwrap();
                State {
                    base,
                    snapshot: Snapshot::Trusted,
                    rows: rows.rows,
                    groups,
                    live,
                    now: 100,
                    limits: without_limits(),
                }
            },
        )
}

/// The same with budgets, a dead band, a minimum move and a bound on moves.
pub fn limited_state() -> impl Strategy<Value = State> {
    let budget = || prop_oneof![3 => 0u128..=20, 1 => Just(1_000)];
    let moves = prop_oneof![2 => 0usize..=4, 1 => Just(usize::MAX)];
    let budgets = (budget(), budget(), budget());
    let snapshot = prop_oneof![
        8 => Just(Snapshot::Trusted),
        1 => Just(Snapshot::Suspect),
        1 => Just(Snapshot::Stale),
    ];
    (state(), (budgets, snapshot), moves, 0u128..=4, 0u128..=5).prop_map(
        |(mut state, ((quality, emergency, owner), snapshot), max_moves, min_move, dead_band)| {
            state.snapshot = snapshot;
            state.limits = PlanLimits {
                quality_budget: quality,
                emergency_budget: emergency,
                owner_budget: owner,
                max_moves,
                min_move,
                least_redelegation: 0,
                dead_band,
                max_entries: DEFAULT_MAX_ENTRIES,
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
        group.members.retain(|row| !known.contains(row));
        known.extend(&group.members);
    }
    state.groups = Groups::new(state.rows.len(), list).unwrap();
    if !state.groups.list().is_empty() {
        state
            .rows
            .iter_mut()
            .for_each(|row| row.validator.locks.unbonding_entries = 0);
    }
    state
}

/// A small state in which nothing is above a cap, nobody leaves, and only budgets and the dead band
/// limit.
pub fn quality_state() -> impl Strategy<Value = State> {
    (limited_state(), 0u128..=12, 0u128..=3).prop_map(|(mut state, budget, dead_band)| {
        state.rows.truncate(4);
        state.groups = Groups::NONE;
        state.snapshot = Snapshot::Trusted;
        for row in &mut state.rows {
            row.validator.standing = Standing::Eligible;
            // small enough to try everything
            row.validator.delegated %= 9;
            row.target %= 9;
            row.validator.limits.own_max = None;
            row.cap = row.cap.max(row.validator.delegated).max(row.target);
            row.cap_without_own_max = row.cap;
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
