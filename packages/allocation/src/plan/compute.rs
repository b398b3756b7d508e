//! The plan itself: rounds of passes, and the guard over the result.

use super::{
    guard::{ensure_harmless, Refusal},
    input::PlanInput,
    moves::{Move, Reason},
    pairing::pair,
    passes::compute_shares,
    plan_draft::PlanDraft,
    unmoved::{compute_refused, compute_unmoved, Unmoved},
};
use crate::error::AllocationError;

/// What to do, and why no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which to send them. After each of them all caps hold that held before.
    pub moves: Vec<Move>,
    /// Why nothing is done although something could be.
    pub refusal: Option<Refusal>,
    /// What should leave its validator and stays, by address, with one reason each.
    pub unmoved: Vec<Unmoved>,
}

impl Plan {
    /// Tokens moved for quality.
    pub fn quality_tokens(&self) -> u128 {
        self.tokens(|reason| reason == Reason::Quality)
    }

    /// Tokens moved for leaving and for caps.
    pub fn emergency_tokens(&self) -> u128 {
        self.tokens(|reason| reason != Reason::Quality)
    }

    /// Cannot saturate: moves are parts of what the vault has.
    fn tokens(&self, counts: impl Fn(Reason) -> bool) -> u128 {
        self.moves
            .iter()
            .filter(|planned| counts(planned.reason))
            .fold(0, |sum: u128, planned| sum.saturating_add(planned.tokens))
    }
}

/// Most rounds. A second one finds nothing, unless minimum moves, used up entries or group caps kept
/// the first from what it had shared out.
const MAX_ROUNDS: usize = 32;

/// The plan: the best allocation that the budgets reach, or as much of it as the bounds allow. See
/// the README for what that means. Does not depend on the order of rows or groups.
pub fn compute_plan(input: &PlanInput<'_>) -> Result<Plan, AllocationError> {
    let mut draft = PlanDraft::new(input)?;
    for _ in 0..MAX_ROUNDS {
        if !plan_round(&mut draft, None)? && !plan_one_by_one(&mut draft)? {
            break;
        }
    }
    let moves = draft.moves_in_input_order();
    match ensure_harmless(input, &moves)? {
        None => Ok(Plan {
            unmoved: compute_unmoved(&draft),
            moves,
            refusal: None,
        }),
        Some(refusal) => Ok(Plan {
            moves: vec![],
            refusal: Some(refusal),
            unmoved: compute_refused(&draft),
        }),
    }
}

/// One round of all passes; whether anything could be planned. Each pass shares out on top of what
/// the one before should have moved.
fn plan_round(draft: &mut PlanDraft<'_>, only: Option<usize>) -> Result<bool, AllocationError> {
    let mut has_moved = false;
    for shared in compute_shares(draft, only)? {
        has_moved |= pair(draft, &shared);
    }
    Ok(has_moved)
}

/// Hindered sources by themselves, past destinations to which they have no entry left; until one of
/// them can move something.
fn plan_one_by_one(draft: &mut PlanDraft<'_>) -> Result<bool, AllocationError> {
    for source in draft.hindered() {
        if draft.has_move_left() && plan_round(draft, Some(source))? {
            return Ok(true);
        }
    }
    Ok(false)
}
