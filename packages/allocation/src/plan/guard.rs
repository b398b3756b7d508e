//! The guard: what no plan may do, whatever led to it. It looks at the result alone, and shares
//! nothing with what made the plan.

use cosmwasm_std::{Uint128, Uint256, Uint512};

use super::{compute_held_after, Move, PlanInput, Reason};
use crate::{error::AllocationError, math::add};

/// Why a plan is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A validator would hold more than its cap, and more than now.
    CapBroken {
        /// Index of the seat.
        seat: usize,
        /// Its cap, in tokens.
        cap: u128,
        /// What it would hold, in tokens.
        held: u128,
    },
    /// A group would hold more than its cap, and more than now.
    GroupCapBroken {
        /// Index of the group.
        group: usize,
        /// Its cap, in tokens.
        cap: u128,
        /// What its members would hold, in tokens.
        held: u128,
    },
    /// The effective number of the chain would be lower than without the moves for quality. These
    /// leave S as it is, so S^2 / sum of v^2 falls exactly when sum of v^2 rises, and of that only
    /// the seats' part changes.
    LessEven {
        /// Sum over the seats of (external + held)^2 without the moves for quality.
        before: Box<Uint512>,
        /// The same with them.
        after: Box<Uint512>,
    },
}

/// Whether the moves break no cap that holds, raise none that does not, and do not make the chain
/// less even. Leaving and caps are judged by the caps only: what must leave must go somewhere.
pub fn ensure_harmless(
    input: &PlanInput<'_>,
    moves: &[Move],
) -> Result<Option<Refusal>, AllocationError> {
    let seats = input.seats.len();
    if !input.groups.fit(seats) {
        return Err(AllocationError::GroupsMismatch { seats });
    }
    let after = compute_held_after(input, moves);
    for (seat, (row, held)) in input.seats.iter().zip(&after).enumerate() {
        if *held > row.cap.max(row.held) {
            return Ok(Some(Refusal::CapBroken {
                seat,
                cap: row.cap,
                held: *held,
            }));
        }
    }
    let before: Vec<_> = input.seats.iter().map(|seat| seat.held).collect();
    for (index, group) in input.groups.list().iter().enumerate() {
        let cap = group.cap_floor(input.total);
        let held = group.sum(&after);
        if held > cap.max(group.sum(&before)) {
            return Ok(Some(Refusal::GroupCapBroken {
                group: index,
                cap,
                held,
            }));
        }
    }
    let forced: Vec<_> = moves
        .iter()
        .filter(|planned| planned.reason != Reason::Quality)
        .copied()
        .collect();
    let before = sum_of_squares(input, &compute_held_after(input, &forced))?;
    let after = sum_of_squares(input, &after)?;
    if after > before {
        return Ok(Some(Refusal::LessEven {
            before: Box::new(before),
            after: Box::new(after),
        }));
    }
    Ok(None)
}

/// Of the levels. Saturates beyond 2^512, which takes 2^256 seats.
fn sum_of_squares(input: &PlanInput<'_>, held: &[u128]) -> Result<Uint512, AllocationError> {
    let mut sum = Uint512::zero();
    for (seat, held) in input.seats.iter().zip(held) {
        let level = add(seat.external, *held)?;
        let square: Uint256 = Uint128::new(level).full_mul(level);
        sum = sum.saturating_add(Uint512::from(square));
    }
    Ok(sum)
}
