//! Three passes, each on top of the one before: what leaves, what is above a cap, what is above its
//! target.

use std::cmp::Reverse;

use super::{
    balance::PassDraft,
    moves::Reason,
    plan_draft::PlanDraft,
    shares::{sum, Give, Shares},
};
use crate::{error::AllocationError, order::sort_by_key};

/// Those paid by the emergency budget, then those for quality. With `only`, nobody else gives, and
/// who has no redelegation entry left from there takes nothing.
pub(super) fn compute_shares(
    plan: &PlanDraft<'_>,
    only: Option<usize>,
) -> Result<[Shares; 2], AllocationError> {
    let mut draft = PassDraft::new(plan, only);
    let leaving = leave(&mut draft)?;
    let above_cap = find_above_cap(&draft);
    let for_caps = lower_excess(&mut draft, Reason::AboveCap, &above_cap)?;
    // Who has come down to the caps may go on for quality.
    let above_cap = find_above_cap(&draft);
    let for_quality = lower_excess(&mut draft, Reason::Quality, &above_cap)?;
    Ok([leaving.and(for_caps), for_quality])
}

/// Leaving validators are emptied one after the other: by departure, then from the top.
fn leave(draft: &mut PassDraft<'_>) -> Result<Shares, AllocationError> {
    let mut gives = give_what_leaves(draft);
    let moving = sum(gives.iter().map(|give| give.redelegate));
    let mut takers = draft.takers(|drift| drift > 0);
    let (mut taken, mut homeless) = draft.raise_lowest(&takers, moving, &draft.delegated)?;
    // Fewer and larger parts, as long as they leave no more behind.
    loop {
        let fewer = draft.without_small_takers(&takers, &taken);
        let (parts, left) = draft.raise_lowest(&fewer, moving, &draft.delegated)?;
        if left > homeless || fewer.len() == takers.len() {
            break;
        }
        (takers, taken, homeless) = (fewer, parts, left);
    }
    let takes = draft.take(&takers, taken);
    // The last to leave are the first to find no place.
    for give in gives.iter_mut().rev() {
        let part = give.redelegate.min(homeless);
        homeless = homeless.saturating_sub(part);
        give.redelegate = give.redelegate.saturating_sub(part);
        let validator = draft.plan.validators.get(give.index);
        if validator.is_some_and(|validator| validator.has_entry) {
            give.undelegate = give.undelegate.saturating_add(part);
        } else {
            draft.raise(give.index, part);
            draft.emergency_left = draft.emergency_left.saturating_add(part);
        }
    }
    Ok(Shares { gives, takes })
}

/// As much as the budget pays for, all of it as if it found a place.
fn give_what_leaves(draft: &mut PassDraft<'_>) -> Vec<Give> {
    let mut leaving: Vec<_> = draft.givers().collect();
    leaving.retain(|(_, validator, delegated)| validator.departure().is_some() && *delegated > 0);
    // Stable, so equal keys stay in the order of addresses.
    sort_by_key(&mut leaving, |(_, validator, delegated)| {
        let level = Reverse(validator.level(*delegated));
        (validator.departure(), level)
    });
    let mut gives = vec![];
    for (index, validator, delegated) in leaving {
        let Some(departure) = validator.departure() else {
            continue;
        };
        let tokens = delegated.min(draft.emergency_left);
        let by_undelegation = validator.must_undelegate();
        if tokens == 0 || (by_undelegation && !validator.has_entry) {
            continue;
        }
        draft.emergency_left = draft.emergency_left.saturating_sub(tokens);
        draft.lower(index, tokens);
        gives.push(Give {
            index,
            reason: Reason::Leaving(departure),
            redelegate: if by_undelegation { 0 } else { tokens },
            undelegate: if by_undelegation { tokens } else { 0 },
        });
    }
    gives
}

/// The highest of those above a cap, or of all others, are lowered toward their targets, and the
/// lowest raised toward theirs.
fn lower_excess(
    draft: &mut PassDraft<'_>,
    reason: Reason,
    above_cap: &[bool],
) -> Result<Shares, AllocationError> {
    let plan = draft.plan;
    let is_quality = reason == Reason::Quality;
    let is_enough = |drift: u128| plan.counts(drift) && drift >= plan.limits.min_move;
    let givers = draft.givers().filter(|(index, validator, delegated)| {
        validator.row.validator.is_eligible()
            && !validator.redelegation_locked
            && above_cap.get(*index) == Some(&!is_quality)
            && is_enough(validator.surplus(*delegated))
    });
    let mut givers: Vec<_> = givers.map(|(index, _, _)| index).collect();
    let mut takers = draft.takers(is_enough);
    let budget = if is_quality {
        plan.quality_left
    } else {
        draft.emergency_left
    };

    let (given, taken) = loop {
        let (given, taken) = draft.balance(&givers, &takers, budget, is_quality)?;
        let fewer_takers = draft.without_small_takers(&takers, &taken);
        let fewer_givers = draft.without_small_givers(&givers, &given);
        if fewer_takers.len() < takers.len() {
            takers = fewer_takers;
        } else if fewer_givers.len() < givers.len() {
            givers = fewer_givers;
        } else {
            break (given, taken);
        }
    };
    let mut gives = vec![];
    for (index, tokens) in givers.iter().zip(given) {
        draft.lower(*index, tokens);
        if tokens > 0 {
            gives.push(Give {
                index: *index,
                reason,
                redelegate: tokens,
                undelegate: 0,
            });
        }
        if !is_quality {
            draft.emergency_left = draft.emergency_left.saturating_sub(tokens);
        }
    }
    let takes = draft.take(&takers, taken);
    Ok(Shares { gives, takes })
}

/// For every validator, whether it, or a group that it is in, is above its cap after the passes so
/// far.
fn find_above_cap(draft: &PassDraft<'_>) -> Vec<bool> {
    let groups = draft.plan.groups_at(&draft.delegated);
    draft
        .validators()
        .map(|(_, validator, delegated)| validator.is_above_cap(delegated, &groups))
        .collect()
}
