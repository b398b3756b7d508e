//! Moves, and what the vault has on validators after them.

use super::input::PlanInput;
use crate::gather::Gather;
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
    /// The vault leaves the source. Emergency budget, and that of the owner unless the chain states
    /// the cause.
    Leaving(Departure),
    /// The source, or a group that it is in, is above its cap. Emergency budget and the owner's.
    AboveCap,
    /// The source is above the maximum that its operator wants. Quality budget.
    OwnMaximum,
    /// The source is above its target, and the move evens the chain. Quality budget.
    Quality,
}

impl Reason {
    /// Whether the quality budget pays; else the emergency budget does.
    pub fn is_paid_by_quality(self) -> bool {
        matches!(self, Self::OwnMaximum | Self::Quality)
    }

    /// Whether the owner can bring it about, so that the owner's part of the emergency budget pays too.
    pub fn is_paid_by_owner(self) -> bool {
        match self {
            Self::Leaving(departure) => !departure.is_by_chain(),
            Self::AboveCap => true,
            Self::OwnMaximum | Self::Quality => false,
        }
    }

    /// Whether dead band and minimum move leave it alone, and it is undelegated where it cannot be
    /// redelegated.
    pub(super) fn must_go(self) -> bool {
        matches!(self, Self::Leaving(_) | Self::OwnMaximum)
    }

    /// Whether it goes only where another validator can take it, and stays otherwise.
    pub(super) fn needs_taker(self) -> bool {
        matches!(self, Self::Leaving(departure) if departure.needs_taker())
    }
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
    let mut delegated: Vec<_> = rows.map(|row| row.validator.delegated).gather();
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
