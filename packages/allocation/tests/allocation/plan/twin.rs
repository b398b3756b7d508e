//! The twin of the plan: who ends with how much when one unit moves at a time and only budgets and
//! the dead band limit. It shares no code with the crate.

use std::cmp::Reverse;

use defenders_allocation::{Departure, PlanRow, Snapshot, Standing};

use super::strategy::State;

/// What the vault has, and what is left of the budgets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub delegated: Vec<u128>,
    pub quality_left: u128,
    pub emergency_left: u128,
    pub owner_left: u128,
}

impl Reached {
    /// What is left for leaving: the chain's word is paid by the emergency budget alone.
    fn left_for(&self, departure: Departure) -> u128 {
        match departure {
            Departure::Tombstoned | Departure::Unbonded | Departure::Jailed => self.emergency_left,
            _ => self.emergency_left.min(self.owner_left),
        }
    }

    fn pay_for(&mut self, departure: Departure) {
        self.emergency_left -= 1;
        if departure >= Departure::Drained {
            self.owner_left -= 1;
        }
    }
}

/// Rounds until nothing changes.
pub fn reach(state: &State) -> Reached {
    let mut reached = Reached {
        delegated: state.delegated(),
        quality_left: state.limits.quality_budget,
        emergency_left: state.limits.emergency_budget,
        owner_left: state.limits.owner_budget,
    };
    let mut undelegated = vec![false; state.rows.len()];
    loop {
        let before = reached.clone();
        pass(state, &mut reached, &mut undelegated, None);
        if reached != before {
            continue;
        }
        // who finds no place may have kept budget or takers from others
        let mut alone: Vec<_> = (0..state.rows.len()).collect();
        alone.sort_by_key(|i| &state.rows[*i].validator.address);
        for i in alone {
            let is_hindered = (0..state.rows.len()).any(|i| {
                (departure(&state.rows[i]).is_some() && reached.delegated[i] > 0)
                    || above_own_max(state, &reached.delegated, i) > 0
            });
            if reached == before && is_hindered {
                pass(state, &mut reached, &mut undelegated, Some(i));
            }
        }
        if reached == before {
            undelegate_what_finds_a_place(state, &mut reached, &mut undelegated);
        }
        if reached == before {
            return reached;
        }
    }
}

/// All four passes. With `only`, nobody else gives.
fn pass(state: &State, reached: &mut Reached, undelegated: &mut [bool], only: Option<usize>) {
    leave(state, reached, undelegated, only);
    if state.snapshot != Snapshot::Trusted {
        return;
    }
    let left = reached.emergency_left.min(reached.owner_left);
    let units = pass_by_level(state, reached, true, left, only);
    reached.emergency_left -= units;
    reached.owner_left -= units;
    leave_for_own_max(state, reached, undelegated, only);
    reached.quality_left -= pass_by_level(state, reached, false, reached.quality_left, only);
}

fn pass_by_level(
    state: &State,
    reached: &mut Reached,
    for_caps: bool,
    left: u128,
    only: Option<usize>,
) -> u128 {
    let mut above = above_cap(state, &reached.delegated);
    if let Some(only) = only {
        // as if all others belonged to the other pass
        let own = above[only];
        above.fill(!for_caps);
        above[only] = own;
    }
    even_out(state, &mut reached.delegated, &above, for_caps, left)
}

/// What is above the maximum that its operator wants.
fn above_own_max(state: &State, delegated: &[u128], row: usize) -> u128 {
    let it = &state.rows[row];
    match it.validator.limits.own_max {
        Some(most) if it.validator.is_eligible() => {
            delegated[row].saturating_sub(most.max(it.target))
        }
        _ => 0,
    }
}

/// How far each may be lowered: to its target; for a cap no further than to that cap, where the rest
/// leaves for its operator's own maximum.
fn bottoms(state: &State, delegated: &[u128], for_caps: bool) -> Vec<u128> {
    let bottom = |i: usize| {
        let row = &state.rows[i];
        let in_full_group = state.groups.list().iter().any(|group| {
            let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
            group.members.contains(&i) && sum > group.cap_floor(state.base)
        });
        match for_caps && !in_full_group && above_own_max(state, delegated, i) > 0 {
            true => row.target.max(row.cap_without_own_max),
            false => row.target,
        }
    };
    (0..delegated.len()).map(bottom).collect()
}

fn must_undelegate(state: &State, i: usize) -> bool {
    let row = &state.rows[i];
    let is_out = departure(row).is_some_and(|departure| departure < Departure::Drained);
    state.snapshot == Snapshot::Stale
        || state.is_locked(i)
        || row.validator.locks.redelegation_refused
        || (is_out && row.validator.external == 0)
}

fn has_slot(state: &State, i: usize, undelegated: &[bool]) -> bool {
    undelegated[i] || state.rows[i].validator.locks.unbonding_entries < state.limits.max_entries
}

fn departure(row: &PlanRow) -> Option<Departure> {
    match row.validator.standing {
        Standing::Leaving(departure) => Some(departure),
        _ => None,
    }
}

fn room_in_groups(state: &State, delegated: &[u128], row: usize) -> bool {
    state.groups.list().iter().all(|group| {
        let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
        !group.members.contains(&row) || sum < group.cap_floor(state.base)
    })
}

fn above_cap(state: &State, delegated: &[u128]) -> Vec<bool> {
    (0..delegated.len())
        .map(|row| {
            delegated[row] > state.rows[row].cap_without_own_max
                || state.groups.list().iter().any(|group| {
                    let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
                    group.members.contains(&row) && sum > group.cap_floor(state.base)
                })
        })
        .collect()
}

/// The lowest of those that may take a unit, given who could at the start.
fn lowest(state: &State, delegated: &[u128], takers: &[bool]) -> Option<usize> {
    (0..delegated.len())
        .filter(|i| takers[*i] && delegated[*i] < state.rows[*i].target)
        .filter(|i| room_in_groups(state, delegated, *i))
        .min_by_key(|i| {
            (
                state.rows[*i].validator.external + delegated[*i],
                &state.rows[*i].validator.address,
            )
        })
}

fn takers(state: &State, delegated: &[u128], least: u128) -> Vec<bool> {
    let rows = state.rows.iter().zip(delegated);
    rows.map(|(row, delegated)| {
        row.validator.standing == Standing::Eligible && delegated + least.max(1) <= row.target
    })
    .collect()
}

/// Those that leave, one after the other, by departure and then from the top.
fn leaving(state: &State, delegated: &[u128], only: Option<usize>) -> Vec<(usize, Departure)> {
    let mut order: Vec<_> = (0..delegated.len())
        .filter(|i| only.is_none() || only == Some(*i))
        .filter_map(|i| Some((i, departure(&state.rows[i])?)))
        .filter(|(_, departure)| match state.snapshot {
            Snapshot::Trusted => true,
            Snapshot::Suspect => *departure != Departure::Ineligible,
            Snapshot::Stale => *departure <= Departure::Drained,
        })
        .collect();
    order.sort_by_key(|(i, departure)| {
        let row = &state.rows[*i];
        let level = Reverse(row.validator.external + delegated[*i]);
        (*departure, level, row.validator.address.clone())
    });
    order
}

/// Leaving, one validator after the other: off first, then on again from the bottom. Of what needs a
/// taker the most that all find one.
fn leave(state: &State, reached: &mut Reached, undelegated: &mut [bool], only: Option<usize>) {
    let needs_taker = |departure: Departure| departure >= Departure::Ended;
    for most_by_taker in (0..=reached.delegated.iter().sum::<u128>()).rev() {
        let mut after = reached.clone();
        let mut left = most_by_taker;
        let mut undelegated_now = undelegated.to_vec();
        let mut homeless = vec![];
        for (i, departure) in leaving(state, &reached.delegated, only) {
            let by_undelegation = must_undelegate(state, i);
            if by_undelegation && (needs_taker(departure) || !has_slot(state, i, undelegated)) {
                continue;
            }
            while after.delegated[i] > 0 && after.left_for(departure) > 0 {
                if needs_taker(departure) {
                    if left == 0 {
                        break;
                    }
                    left -= 1;
                }
                after.delegated[i] -= 1;
                after.pay_for(departure);
                if by_undelegation {
                    undelegated_now[i] = true;
                } else {
                    homeless.push((i, departure));
                }
            }
        }
        let open = takers(state, &after.delegated, 1);
        let mut stays = false;
        // who left first finds a place first
        for (i, departure) in homeless {
            match lowest(state, &after.delegated, &open) {
                Some(taker) => after.delegated[taker] += 1,
                None if needs_taker(departure) => stays = true,
                None if has_slot(state, i, &undelegated_now) => undelegated_now[i] = true,
                None => {
                    after.delegated[i] += 1;
                    after.emergency_left += 1;
                    after.owner_left += u128::from(departure >= Departure::Drained);
                }
            }
        }
        if !stays {
            *reached = after;
            undelegated.copy_from_slice(&undelegated_now);
            return;
        }
    }
}

/// The same for what is above an operator's own maximum, from the top.
fn leave_for_own_max(
    state: &State,
    reached: &mut Reached,
    undelegated: &mut [bool],
    only: Option<usize>,
) {
    let mut order: Vec<_> = (0..state.rows.len())
        .filter(|i| only.is_none() || only == Some(*i))
        .collect();
    order.sort_by_key(|i| {
        let row = &state.rows[*i].validator;
        let level = Reverse(row.external + reached.delegated[*i]);
        (level, row.address.clone())
    });
    let mut homeless = vec![];
    for i in order {
        let by_undelegation = must_undelegate(state, i);
        if by_undelegation && !has_slot(state, i, undelegated) {
            continue;
        }
        while above_own_max(state, &reached.delegated, i) > 0 && reached.quality_left > 0 {
            reached.delegated[i] -= 1;
            reached.quality_left -= 1;
            if by_undelegation {
                undelegated[i] = true;
            } else {
                homeless.push(i);
            }
        }
    }
    let open = takers(state, &reached.delegated, 1);
    for i in homeless {
        match lowest(state, &reached.delegated, &open) {
            Some(taker) => reached.delegated[taker] += 1,
            None if has_slot(state, i, undelegated) => undelegated[i] = true,
            None => {
                reached.delegated[i] += 1;
                reached.quality_left += 1;
            }
        }
    }
}

/// What needs a taker and can only be undelegated: unit by unit, as long as those who stay have a place
/// within their caps for all that is delegated nowhere.
fn undelegate_what_finds_a_place(state: &State, reached: &mut Reached, undelegated: &mut [bool]) {
    let mut left = place(state, &reached.delegated);
    for (i, departure) in leaving(state, &reached.delegated, None) {
        if departure < Departure::Ended
            || !must_undelegate(state, i)
            || !has_slot(state, i, undelegated)
        {
            continue;
        }
        while left > 0 && reached.delegated[i] > 0 && reached.left_for(departure) > 0 {
            left -= 1;
            reached.delegated[i] -= 1;
            reached.pay_for(departure);
            undelegated[i] = true;
        }
    }
}

/// The units that find a place beside all that is delegated nowhere yet.
fn place(state: &State, delegated: &[u128]) -> u128 {
    let mut after = delegated.to_vec();
    let mut placed = 0;
    let pending = state.base - delegated.iter().sum::<u128>();
    loop {
        let open = (0..after.len())
            .filter(|i| state.rows[*i].validator.is_eligible() && after[*i] < state.rows[*i].cap)
            .filter(|i| room_in_groups(state, &after, *i));
        let Some(i) = open.min_by_key(|i| {
            let row = &state.rows[*i].validator;
            (row.external + after[*i], row.address.clone())
        }) else {
            break;
        };
        if placed == state.base {
            break;
        }
        after[i] += 1;
        placed += 1;
    }
    placed.saturating_sub(pending)
}

/// From the top to the bottom, as many units as can: all find a place, and for quality each ends
/// no higher than what it leaves behind. Returns how many.
fn even_out(
    state: &State,
    delegated: &mut Vec<u128>,
    above: &[bool],
    for_caps: bool,
    budget: u128,
) -> u128 {
    let least = state.limits.dead_band.max(1);
    let bottoms = bottoms(state, delegated, for_caps);
    let givers: Vec<_> = (0..delegated.len())
        .map(|i| {
            let row = &state.rows[i];
            row.validator.standing == Standing::Eligible
                && !state.is_locked(i)
                && above[i] == for_caps
                && delegated[i] >= bottoms[i] + least
        })
        .collect();
    let takers = takers(state, delegated, least);
    let most: u128 = (0..delegated.len())
        .filter(|i| givers[*i])
        .map(|i| delegated[i] - bottoms[i])
        .sum();
    for units in (1..=budget.min(most)).rev() {
        let mut after = delegated.clone();
        let mut left_at = u128::MAX;
        for _ in 0..units {
            let highest = (0..after.len())
                .filter(|i| givers[*i] && after[*i] > bottoms[*i])
                .max_by_key(|i| {
                    let row = &state.rows[*i];
                    (
                        row.validator.external + after[*i],
                        Reverse(&row.validator.address),
                    )
                })
                .unwrap();
            after[highest] -= 1;
            left_at = state.rows[highest].validator.external + after[highest];
        }
        let mut came_to = 0;
        let all_placed = (0..units).all(|_| match lowest(state, &after, &takers) {
            Some(taker) => {
                after[taker] += 1;
                came_to = state.rows[taker].validator.external + after[taker];
                true
            }
            None => false,
        });
        if all_placed && (for_caps || came_to <= left_at) {
            *delegated = after;
            return units;
        }
    }
    0
}
