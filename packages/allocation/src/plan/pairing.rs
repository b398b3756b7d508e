//! Who gives to whom. Every move ends a giver or a taker, so for each reason there are fewer moves
//! than givers and takers together, which is below twice the least possible.

use crate::gather::Gather;
use std::cmp::Reverse;

use super::{
    moves::{Move, MoveKind, Reason},
    plan_draft::PlanDraft,
    shares::{Give, Shares, Take},
};
use crate::order::sort_by_key;

/// Plans what was shared out, as far as minimum move, entries, group caps and the number of moves
/// allow, and says whether anything could be planned. Each move keeps every group cap by itself, so
/// that a plan cut short keeps them too.
pub(super) fn pair(plan: &mut PlanDraft<'_>, shared: &Shares) -> bool {
    let gives = order_gives(plan, &shared.gives);
    let takes = order_takes(plan, &shared.takes);
    let mut owed: Vec<_> = takes.iter().map(|take| take.tokens).gather();
    let mut due: Vec<_> = gives.iter().map(|give| give.redelegate).gather();
    let mut has_moved = false;
    for give in &gives {
        has_moved |= undelegate(plan, give);
    }
    // A move may make the headroom of a group that another one waits for.
    loop {
        let mut has_paired = false;
        for (give, due) in gives.iter().zip(due.iter_mut()) {
            for (take, owed) in takes.iter().zip(owed.iter_mut()) {
                let tokens = redelegate(plan, give, take, (*due).min(*owed));
                // Cannot saturate: a part of both.
                *due = due.saturating_sub(tokens);
                *owed = owed.saturating_sub(tokens);
                has_paired |= tokens > 0;
            }
        }
        if !has_paired {
            return has_moved;
        }
        has_moved = true;
    }
}

/// Leaving stays in its order; of others the largest comes first, because large parts split others
/// less, then the highest.
fn order_gives<'s>(plan: &PlanDraft<'_>, gives: &'s [Give]) -> Vec<&'s Give> {
    let mut ordered: Vec<_> = gives.iter().gather();
    // Stable, so equal keys stay in the order of addresses.
    sort_by_key(&mut ordered, |give| match give.reason {
        Reason::Leaving(_) | Reason::OwnMaximum => (0, Reverse(0), Reverse(0)),
        Reason::AboveCap | Reason::Quality => {
            (1, Reverse(give.redelegate), level(plan, give.index))
        }
    });
    ordered
}

fn level(plan: &PlanDraft<'_>, index: usize) -> Reverse<u128> {
    let draft = plan.validators.get(index);
    Reverse(draft.map_or(0, |draft| draft.level(draft.delegated)))
}

/// Who only takes what leaves first, so that enough of it remains for them. Then destinations with a
/// redelegation into them: they cost no new lock. Then the largest, then by address.
fn order_takes<'s>(plan: &PlanDraft<'_>, takes: &'s [Take]) -> Vec<&'s Take> {
    let mut ordered: Vec<_> = takes.iter().gather();
    sort_by_key(&mut ordered, |take| {
        let draft = plan.validators.get(take.index);
        let has_redelegation_in = draft.is_some_and(|draft| draft.has_redelegation_in);
        let is_near = is_within_dead_band(plan, take);
        (!is_near, !has_redelegation_in, Reverse(take.tokens))
    });
    ordered
}

/// Whether the destination was so near to its target that it only takes what leaves.
fn is_within_dead_band(plan: &PlanDraft<'_>, take: &Take) -> bool {
    let draft = plan.validators.get(take.index);
    draft.is_some_and(|draft| {
        let deficit = draft.deficit(draft.row.validator.delegated);
        !plan.counts(deficit)
    })
}

fn undelegate(plan: &mut PlanDraft<'_>, give: &Give) -> bool {
    give.undelegate > 0
        && plan.push(Move {
            kind: MoveKind::Undelegate,
            source: give.index,
            tokens: give.undelegate,
            reason: give.reason,
        })
}

/// Plans at most `tokens` from one to the other, and returns how many.
fn redelegate(plan: &mut PlanDraft<'_>, give: &Give, take: &Take, tokens: u128) -> u128 {
    let source = plan.validators.get(give.index);
    let pair = source.zip(plan.validators.get(take.index));
    let headroom = pair.map_or(0, |(source, destination)| {
        plan.group_headroom(source, destination)
    });
    let tokens = tokens.min(headroom);
    let is_small = tokens < plan.limits.min_move || is_within_dead_band(plan, take);
    let is_too_small = tokens == 0 || tokens < plan.limits.least_redelegation;
    if is_too_small || (is_small && !give.reason.must_go()) {
        return 0;
    }
    let planned = plan.push(Move {
        kind: MoveKind::Redelegate {
            destination: take.index,
        },
        source: give.index,
        tokens,
        reason: give.reason,
    });
    if planned {
        tokens
    } else {
        0
    }
}
