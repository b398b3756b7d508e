//! The twin of the plan: who ends with how much when one unit moves at a time and only budgets and
//! the dead band limit. It shares no code with the crate.

use std::cmp::Reverse;

use defenders_allocation::{Departure, PlanRow, Standing};

use super::strategy::State;

/// What the vault has, and what is left of the budgets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub delegated: Vec<u128>,
    pub quality_left: u128,
    pub emergency_left: u128,
}

/// Rounds until nothing changes.
pub fn reach(state: &State) -> Reached {
    let mut reached = Reached {
        delegated: state.delegated(),
        quality_left: state.limits.quality_budget,
        emergency_left: state.limits.emergency_budget,
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
            let is_hindered = (0..state.rows.len())
                .any(|i| departure(&state.rows[i]).is_some() && reached.delegated[i] > 0);
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
        let mut above = above_cap(state, &reached.delegated);
        if let Some(only) = only {
            // as if all others belonged to the other pass
            let own = above[only];
            above.fill(!for_caps);
            above[only] = own;
        }
        let units = even_out(state, &mut reached.delegated, &above, for_caps, left);
        match for_caps {
            true => reached.emergency_left -= units,
            false => reached.quality_left -= units,
        }
    }
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
        !group.members.contains(&row) || sum < group.cap_floor(state.total)
    })
}

fn above_cap(state: &State, delegated: &[u128]) -> Vec<bool> {
    (0..delegated.len())
        .map(|row| {
            delegated[row] > state.rows[row].cap
                || state.groups.list().iter().any(|group| {
                    let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
                    group.members.contains(&row) && sum > group.cap_floor(state.total)
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

/// Leaving, one validator after the other: off first, then on again from the bottom.
fn leave(state: &State, reached: &mut Reached, undelegated: &mut [bool], only: Option<usize>) {
    let delegated = &mut reached.delegated;
    let mut order: Vec<_> = (0..delegated.len())
        .filter(|i| departure(&state.rows[*i]).is_some())
        .filter(|i| only.is_none() || only == Some(*i))
        .collect();
    order.sort_by_key(|i| {
        let row = &state.rows[*i];
        let level = Reverse(row.validator.external + delegated[*i]);
        (departure(row), level, row.validator.address.clone())
    });
    let has_slot = |i: usize, undelegated: &[bool]| {
        undelegated[i] || state.rows[i].validator.locks.unbonding_entries < state.limits.max_entries
    };
    let mut homeless = vec![];
    for i in order {
        let row = &state.rows[i];
        let last_of_unbonded =
            departure(row) == Some(Departure::Unbonded) && row.validator.external == 0;
        let by_undelegation = state.is_locked(i) || last_of_unbonded;
        if by_undelegation && !has_slot(i, undelegated) {
            continue;
        }
        while delegated[i] > 0 && reached.emergency_left > 0 {
            delegated[i] -= 1;
            reached.emergency_left -= 1;
            if by_undelegation {
                undelegated[i] = true;
            } else {
                homeless.push(i);
            }
        }
    }
    let open = takers(state, delegated, 1);
    // who left first finds a place first
    for i in homeless {
        match lowest(state, delegated, &open) {
            Some(taker) => delegated[taker] += 1,
            None if has_slot(i, undelegated) => undelegated[i] = true,
            None => {
                delegated[i] += 1;
                reached.emergency_left += 1;
            }
        }
    }
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
    let givers: Vec<_> = (0..delegated.len())
        .map(|i| {
            let row = &state.rows[i];
            row.validator.standing == Standing::Eligible
                && !state.is_locked(i)
                && above[i] == for_caps
                && delegated[i] >= row.target + least
        })
        .collect();
    let takers = takers(state, delegated, least);
    let most: u128 = (0..delegated.len())
        .filter(|i| givers[*i])
        .map(|i| delegated[i] - state.rows[i].target)
        .sum();
    for units in (1..=budget.min(most)).rev() {
        let mut after = delegated.clone();
        let mut left_at = u128::MAX;
        for _ in 0..units {
            let highest = (0..after.len())
                .filter(|i| givers[*i] && after[*i] > state.rows[*i].target)
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
