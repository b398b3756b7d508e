//! Moves, and what the vault has on validators after them.

use super::input::PlanInput;
use crate::validator::Departure;

/// How stake moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    /// At once, to the validator with this index.
    Redelegate {
        /// Index of the destination among the rows.
        destination: usize,
    },
    /// Into unbonding, to be delegated again on arrival.
    Undelegate,
}

/// Why stake moves. Decides which budget pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The vault leaves the source. Emergency budget.
    Leaving(Departure),
    /// The source, or a group that it is in, is above its cap. Emergency budget.
    AboveCap,
    /// The source is above its target, and the move evens the chain. Quality budget.
    Quality,
}

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// How.
    pub kind: MoveKind,
    /// Index of the source among the rows.
    pub source: usize,
    /// Tokens, never 0.
    pub tokens: u128,
    /// Why.
    pub reason: Reason,
}

/// What the vault has on every validator after the moves. Undelegated tokens are on none.
pub fn compute_delegated_after(input: &PlanInput<'_>, moves: &[Move]) -> Vec<u128> {
    let rows = input.rows.iter();
    let mut delegated: Vec<_> = rows.map(|row| row.validator.delegated).collect();
    for planned in moves {
        if let Some(source) = delegated.get_mut(planned.source) {
            // Saturates: nobody gives what it does not have.
            *source = source.saturating_sub(planned.tokens);
        }
        if let MoveKind::Redelegate { destination } = planned.kind {
            if let Some(destination) = delegated.get_mut(destination) {
                // Saturates: all together fit into 128 bits.
                *destination = destination.saturating_add(planned.tokens);
            }
        }
    }
    delegated
}
