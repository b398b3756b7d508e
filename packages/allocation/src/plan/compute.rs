//! The plan itself: rounds of passes, and the guard over the result.

use super::{
    guard::{ensure_harmless, Refusal},
    input::PlanInput,
    last_place::undelegate_what_finds_a_place,
    moves::{Move, MoveKind, Reason},
    pairing::pair,
    passes::compute_shares,
    plan_draft::{PlanDraft, Turn},
    unmoved::{compute_refused, compute_unmoved, Unmoved},
};
use crate::error::AllocationError;
use crate::gather::Gather;

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
    /// Tokens that the quality budget pays for: for quality and for operators' own maxima.
    pub fn quality_tokens(&self) -> u128 {
        self.tokens(Reason::is_paid_by_quality)
    }

    /// Tokens that the emergency budget pays for: for leaving and for caps.
    pub fn emergency_tokens(&self) -> u128 {
        self.tokens(|reason| !reason.is_paid_by_quality())
    }

    /// How many of these the owner's part of it pays for too.
    pub fn owner_tokens(&self) -> u128 {
        self.tokens(Reason::is_paid_by_owner)
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
    plan_rounds(&mut draft)?;
    let mut moves = draft.moves_in_input_order();
    let mut refusal = ensure_harmless(input, &moves)?;
    let is_less_even = matches!(refusal, Some(Refusal::LessEven { .. }));
    if is_less_even || !is_every_move_evening(input, &moves) {
        draft = plan_forced_first(input)?;
        moves = draft.moves_in_input_order();
        refusal = ensure_harmless(input, &moves)?;
    }
    Ok(match refusal {
        None => Plan {
            unmoved: compute_unmoved(&draft),
            moves,
            refusal: None,
        },
        Some(refusal) => Plan {
            moves: vec![],
            refusal: Some(refusal),
            unmoved: compute_refused(&draft),
        },
    })
}

/// Rounds until nothing more can be planned.
fn plan_rounds(draft: &mut PlanDraft<'_>) -> Result<(), AllocationError> {
    for _ in 0..MAX_ROUNDS {
        let has_moved = plan_round(draft, None)?
            || plan_one_by_one(draft)?
            || undelegate_what_finds_a_place(draft)?;
        if !has_moved {
            break;
        }
    }
    Ok(())
}

/// Whether each move for quality, in its turn, brings stake to rest below where it was, so that it
/// lowers the sum of squares.
fn is_every_move_evening(input: &PlanInput<'_>, moves: &[Move]) -> bool {
    // Saturates: no level of any allocation is beyond 128 bits.
    let rows = input.rows.iter().map(|row| &row.validator);
    let mut levels: Vec<_> = rows
        .map(|validator| validator.external.saturating_add(validator.delegated))
        .gather();
    moves.iter().all(|planned| {
        let tokens = planned.tokens;
        let source = levels.get(planned.source).copied().unwrap_or_default();
        if let Some(level) = levels.get_mut(planned.source) {
            *level = level.saturating_sub(tokens);
        }
        let MoveKind::Redelegate { destination } = planned.kind else {
            return true;
        };
        let Some(level) = levels.get_mut(destination) else {
            return true;
        };
        *level = level.saturating_add(tokens);
        planned.reason != Reason::Quality || *level < source
    })
}

/// All that must move before anything moves for quality. Where a pair has no entry left, what must move
/// may find a place only in a later round, after moves for quality that would not have been made beside
/// it: together they may leave the chain less even than what must move alone.
fn plan_forced_first<'a>(input: &PlanInput<'a>) -> Result<PlanDraft<'a>, AllocationError> {
    let mut draft = PlanDraft::new(input)?;
    draft.turn = Turn::Forced;
    plan_rounds(&mut draft)?;
    draft.turn = Turn::Quality;
    plan_rounds(&mut draft)?;
    Ok(draft)
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
