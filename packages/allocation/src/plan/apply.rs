//! What validators hold after moves.

use super::{Move, MoveKind, PlanInput};

/// What every seat holds after the moves. Undelegated tokens are on none.
pub fn compute_held_after(input: &PlanInput<'_>, moves: &[Move]) -> Vec<u128> {
    let mut held: Vec<_> = input.seats.iter().map(|seat| seat.held).collect();
    for planned in moves {
        if let Some(source) = held.get_mut(planned.source) {
            // Saturates: nobody gives what it does not have.
            *source = source.saturating_sub(planned.tokens);
        }
        if let MoveKind::Redelegate { destination } = planned.kind {
            if let Some(destination) = held.get_mut(destination) {
                // Saturates: all together fit into 128 bits.
                *destination = destination.saturating_add(planned.tokens);
            }
        }
    }
    held
}
