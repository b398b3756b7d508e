//! The twin of the plan: who ends with how much when one unit moves at a time and only budgets and
//! the dead band limit. It shares no code with the crate.

use std::cmp::Reverse;

use defenders_allocation::{Departure, PlanSeat, Stance};

use super::strategy::State;

/// What is held, and what is left of the budgets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub held: Vec<u128>,
    pub quality_left: u128,
    pub emergency_left: u128,
}

/// Rounds until nothing changes.
pub fn reach(state: &State) -> Reached {
    let mut reached = Reached {
        held: state.held(),
        quality_left: state.limits.quality_budget,
        emergency_left: state.limits.emergency_budget,
    };
    let mut undelegated = vec![false; state.seats.len()];
    loop {
        let before = reached.clone();
        pass(state, &mut reached, &mut undelegated, None);
        if reached != before {
            continue;
        }
        // who finds no place may have kept budget or takers from others
        let mut alone: Vec<_> = (0..state.seats.len()).collect();
        alone.sort_by_key(|i| &state.seats[*i].validator);
        for i in alone {
            let is_hindered = (0..state.seats.len())
                .any(|i| departure(&state.seats[i]).is_some() && reached.held[i] > 0);
            if reached == before && is_hindered {
                pass(state, &mut reached, &mut undelegated, Some(i));
            }
        }
        if reached == before {
            return reached;
        }
    }
}

/// All three passes. With `only`, nobody else gives.
fn pass(state: &State, reached: &mut Reached, undelegated: &mut [bool], only: Option<usize>) {
    leave(state, reached, undelegated, only);
    for for_caps in [true, false] {
        let left = match for_caps {
            true => reached.emergency_left,
            false => reached.quality_left,
        };
        let mut above = above_cap(state, &reached.held);
        if let Some(only) = only {
            // as if all others belonged to the other pass
            let own = above[only];
            above.fill(!for_caps);
            above[only] = own;
        }
        let units = even_out(state, &mut reached.held, &above, for_caps, left);
        match for_caps {
            true => reached.emergency_left -= units,
            false => reached.quality_left -= units,
        }
    }
}

fn departure(seat: &PlanSeat) -> Option<Departure> {
    match seat.stance {
        Stance::Leaving(departure) => Some(departure),
        _ => None,
    }
}

fn room_in_groups(state: &State, held: &[u128], seat: usize) -> bool {
    state.groups.list().iter().all(|group| {
        let sum: u128 = group.members.iter().map(|member| held[*member]).sum();
        !group.members.contains(&seat) || sum < group.cap_floor(state.total)
    })
}

fn above_cap(state: &State, held: &[u128]) -> Vec<bool> {
    (0..held.len())
        .map(|seat| {
            held[seat] > state.seats[seat].cap
                || state.groups.list().iter().any(|group| {
                    let sum: u128 = group.members.iter().map(|member| held[*member]).sum();
                    group.members.contains(&seat) && sum > group.cap_floor(state.total)
                })
        })
        .collect()
}

/// The lowest of those that may take a unit, given who could at the start.
fn lowest(state: &State, held: &[u128], takers: &[bool]) -> Option<usize> {
    (0..held.len())
        .filter(|i| takers[*i] && held[*i] < state.seats[*i].target)
        .filter(|i| room_in_groups(state, held, *i))
        .min_by_key(|i| {
            (
                state.seats[*i].external + held[*i],
                &state.seats[*i].validator,
            )
        })
}

fn takers(state: &State, held: &[u128], least: u128) -> Vec<bool> {
    let seats = state.seats.iter().zip(held);
    seats
        .map(|(seat, held)| seat.stance == Stance::Staying && held + least.max(1) <= seat.target)
        .collect()
}

/// Leaving, one validator after the other: off first, then on again from the bottom.
fn leave(state: &State, reached: &mut Reached, undelegated: &mut [bool], only: Option<usize>) {
    let held = &mut reached.held;
    let mut order: Vec<_> = (0..held.len())
        .filter(|i| departure(&state.seats[*i]).is_some())
        .filter(|i| only.is_none() || only == Some(*i))
        .collect();
    order.sort_by_key(|i| {
        let seat = &state.seats[*i];
        let level = Reverse(seat.external + held[*i]);
        (departure(seat), level, seat.validator.clone())
    });
    let has_slot = |i: usize, undelegated: &[bool]| {
        undelegated[i] || state.seats[i].unbonding_entries < state.limits.max_entries
    };
    let mut homeless = vec![];
    for i in order {
        let seat = &state.seats[i];
        let last_of_unbonded = departure(seat) == Some(Departure::Unbonded) && seat.external == 0;
        let by_undelegation = state.is_pinned(i) || last_of_unbonded;
        if by_undelegation && !has_slot(i, undelegated) {
            continue;
        }
        while held[i] > 0 && reached.emergency_left > 0 {
            held[i] -= 1;
            reached.emergency_left -= 1;
            if by_undelegation {
                undelegated[i] = true;
            } else {
                homeless.push(i);
            }
        }
    }
    let open = takers(state, held, 1);
    // who left first finds a place first
    for i in homeless {
        match lowest(state, held, &open) {
            Some(taker) => held[taker] += 1,
            None if has_slot(i, undelegated) => undelegated[i] = true,
            None => {
                held[i] += 1;
                reached.emergency_left += 1;
            }
        }
    }
}

/// From the top to the bottom, as many units as can: all find a place, and for quality each ends
/// no higher than what it leaves behind. Returns how many.
fn even_out(
    state: &State,
    held: &mut Vec<u128>,
    above: &[bool],
    for_caps: bool,
    budget: u128,
) -> u128 {
    let least = state.limits.dead_band.max(1);
    let givers: Vec<_> = (0..held.len())
        .map(|i| {
            let seat = &state.seats[i];
            seat.stance == Stance::Staying
                && !state.is_pinned(i)
                && above[i] == for_caps
                && held[i] >= seat.target + least
        })
        .collect();
    let takers = takers(state, held, least);
    let most: u128 = (0..held.len())
        .filter(|i| givers[*i])
        .map(|i| held[i] - state.seats[i].target)
        .sum();
    for units in (1..=budget.min(most)).rev() {
        let mut after = held.clone();
        let mut left_at = u128::MAX;
        for _ in 0..units {
            let highest = (0..after.len())
                .filter(|i| givers[*i] && after[*i] > state.seats[*i].target)
                .max_by_key(|i| {
                    let seat = &state.seats[*i];
                    (seat.external + after[*i], Reverse(&seat.validator))
                })
                .unwrap();
            after[highest] -= 1;
            left_at = state.seats[highest].external + after[highest];
        }
        let mut came_to = 0;
        let all_placed = (0..units).all(|_| match lowest(state, &after, &takers) {
            Some(taker) => {
                after[taker] += 1;
                came_to = state.seats[taker].external + after[taker];
                true
            }
            None => false,
        });
        if all_placed && (for_caps || came_to <= left_at) {
            *held = after;
            return units;
        }
    }
    0
}
