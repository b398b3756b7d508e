//! The fill list: where the next deposits go, worked out ahead, so that a deposit costs the same
//! with 10 validators as with 200.

use crate::{
    error::AllocationError,
    group::Groups,
    math::add,
    order::sort_by_key,
    policy::Policy,
    rule::{compute_candidates, place},
    seat::Seat,
};

/// The list plans for this part of T (1/20 = 5 %) on top of the idle tokens.
const AHEAD_DIVISOR: u128 = 20;

/// What the fill list is built from. Amounts in tokens.
#[derive(Debug, Clone, Copy)]
pub struct FillInput<'a> {
    /// T now. All caps and the floor are those of this total.
    pub total: u128,
    /// S: all bonded stake.
    pub total_bonded: u128,
    /// Idle tokens above the reserve.
    pub idle: u128,
    /// No delegation below this, so no room below it either.
    pub min_delegation: u128,
    /// Most rooms of one list.
    pub max_rooms: usize,
    /// Caps and floor.
    pub policy: &'a Policy,
    /// The listed validators with the vault's present stake.
    pub seats: &'a [Seat],
    /// Groups of seats, with their caps as in force. What members hold counts, eligible or not: a
    /// group above its cap gives no room.
    pub groups: &'a Groups,
    /// For each seat, whether it gets no room for now because it refused a message recently. It
    /// stays in the number of eligible ones: a refusal must not raise everybody's floor.
    pub excluded: &'a [bool],
}

/// Tokens that a validator may still be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Index of the seat in the input.
    pub seat: usize,
    /// Tokens, never 0.
    pub tokens: u128,
}

/// The rooms in the order in which they are filled. Rooms, `left_out` and `unplaced` add up to the
/// idle tokens plus 5 % of T, rounded down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillList {
    /// One feasible joint allocation: filling them in any order, in part or in full, keeps every
    /// cap, those of groups included.
    pub rooms: Vec<Room>,
    /// Sum of the rooms below `min_delegation` or beyond `max_rooms`.
    pub left_out: u128,
    /// What the caps leave no place for.
    pub unplaced: u128,
}

/// The target rule for idle + 5 % of T on top of the present stakes. Rooms are ordered: first those
/// of validators that were below their floor, then by level (external + held) ascending, then by
/// address.
pub fn compute_fill_list(input: &FillInput<'_>) -> Result<FillList, AllocationError> {
    let FillInput {
        seats, excluded, ..
    } = *input;
    if excluded.len() != seats.len() {
        return Err(AllocationError::ExclusionsMismatch {
            seats: seats.len(),
            excluded: excluded.len(),
        });
    }
    let groups = input.groups;
    let mut candidates =
        compute_candidates(input.total, input.total_bonded, input.policy, seats, groups)?;
    for candidate in &mut candidates {
        if let Some(seat) = seats.get(candidate.seat) {
            candidate.start = seat.held;
        }
        if excluded.get(candidate.seat) == Some(&true) {
            (candidate.cap, candidate.floor) = (0, 0);
        }
    }
    let tokens = add(input.idle, input.total / AHEAD_DIVISOR)?;
    let held: Vec<_> = seats.iter().map(|seat| seat.held).collect();
    let mut pools = groups.pools(tokens, input.total, &held);
    place(&mut candidates, &mut pools)?;
    let unplaced = pools.first().map_or(0, |tokens| tokens.left);

    // Stable, so equal keys stay in the order of addresses. The level cannot saturate: `place`
    // has added it up.
    sort_by_key(&mut candidates, |c| {
        (c.to_floor == 0, c.external.saturating_add(c.start))
    });
    let rooms: Vec<_> = candidates
        .iter()
        .map(|c| Room {
            seat: c.seat,
            tokens: c.given(),
        })
        .filter(|room| room.tokens > 0 && room.tokens >= input.min_delegation)
        .take(input.max_rooms)
        .collect();
    // Cannot saturate: the rooms are parts of `tokens`, and so is `unplaced`.
    let listed = rooms
        .iter()
        .fold(unplaced, |sum, room| sum.saturating_add(room.tokens));
    Ok(FillList {
        rooms,
        left_out: tokens.saturating_sub(listed),
        unplaced,
    })
}
