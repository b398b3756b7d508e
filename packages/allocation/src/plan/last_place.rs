//! What needs a taker and can only be undelegated: it goes last, when nothing else can move, and only as
//! far as those who stay could take it on arrival.

use crate::gather::Gather;
use std::cmp::Reverse;

use super::{
    moves::{Move, MoveKind, Reason},
    plan_draft::{PlanDraft, Turn},
    shares::sum,
};
use crate::{
    error::AllocationError,
    order::sort_by_key,
    rule::water::{raise_lowest, Column, Pool},
};

/// Undelegates it by departure, then from the top. All that is idle or unbonding finds its place first.
/// Returns whether anything is planned.
pub(super) fn undelegate_what_finds_a_place(
    plan: &mut PlanDraft<'_>,
) -> Result<bool, AllocationError> {
    if plan.turn == Turn::Quality {
        return Ok(false);
    }
    let leaving = plan.validators.iter().enumerate();
    let leaving = leaving.filter_map(|(index, draft)| {
        let departure = draft.departure()?;
        let goes = departure.needs_taker()
            && plan.may_leave(departure)
            && plan.must_undelegate(draft)
            && draft.has_entry
            && draft.delegated > 0;
        goes.then_some((index, departure, draft.level(draft.delegated)))
    });
    let mut leaving: Vec<_> = leaving.gather();
    if leaving.is_empty() {
        return Ok(false);
    }
    sort_by_key(&mut leaving, |(_, departure, level)| {
        (*departure, Reverse(*level))
    });
    let mut place = compute_place(plan)?;
    let mut has_moved = false;
    for (index, departure, _) in leaving {
        let reason = Reason::Leaving(departure);
        let delegated = plan.validators.get(index).map_or(0, |it| it.delegated);
        let tokens = delegated.min(plan.budgets.left(reason)).min(place);
        if tokens > 0
            && plan.push(Move {
                kind: MoveKind::Undelegate,
                source: index,
                tokens,
                reason,
            })
        {
            has_moved = true;
            place = place.saturating_sub(tokens);
        }
    }
    Ok(has_moved)
}

/// What the eligible can take within their caps and those of their groups, when all that the vault has
/// delegated nowhere is delegated.
fn compute_place(plan: &PlanDraft<'_>) -> Result<u128, AllocationError> {
    let delegated = sum(plan.validators.iter().map(|draft| draft.delegated));
    let pending = plan.base.saturating_sub(delegated);
    let eligible = plan.validators.iter();
    let eligible = eligible.filter(|draft| draft.row.validator.is_eligible());
    let mut columns: Vec<_> = eligible
        .map(|draft| {
            // Saturates: who is above its cap takes nothing.
            let headroom = draft.row.cap.saturating_sub(draft.delegated);
            Column::new(draft.level(draft.delegated), headroom, draft.draws)
        })
        .gather();
    let groups = plan.groups.iter().map(|group| group.headroom());
    let mut pools = Pool::of(plan.base, groups);
    raise_lowest(&mut columns, &mut pools)?;
    let taken = sum(columns.iter().map(|column| column.given));
    Ok(taken.saturating_sub(pending))
}
