//! Four passes, each on top of the one before: what leaves, what is above a cap, what is above its
//! operator's own maximum, what is above its target.

use crate::gather::Gather;
use std::cmp::Reverse;

use super::{
    balance::{Giver, PassDraft, MAX_ATTEMPTS},
    input::Snapshot,
    moves::Reason,
    plan_draft::{PlanDraft, Turn},
    shares::{sum, Give, Shares},
};
use crate::{error::AllocationError, order::sort_by_key};

/// Those paid by the emergency budget, those for operators' own maxima, those for quality. With `only`,
/// nobody else gives, and who has no redelegation entry left from there takes nothing.
pub(super) fn compute_shares(
    plan: &PlanDraft<'_>,
    only: Option<usize>,
) -> Result<[Shares; 3], AllocationError> {
    let mut draft = PassDraft::new(plan, only);
    let is_trusted = plan.snapshot == Snapshot::Trusted;
    let mut forced = Shares::default();
    let mut own_max = Shares::default();
    if plan.turn != Turn::Quality {
        let leavers = find_leaving(&draft);
        forced = leave(&mut draft, &leavers)?;
        if is_trusted {
            let above_cap = lower_excess(&mut draft, Reason::AboveCap)?;
            forced = forced.and(above_cap);
            let leavers = find_above_own_max(&draft);
            own_max = leave(&mut draft, &leavers)?;
        }
    }
    // Who has come down to the caps may go on for quality.
    let quality = match is_trusted && plan.turn != Turn::Forced {
        true => lower_excess(&mut draft, Reason::Quality)?,
        false => Shares::default(),
    };
    Ok([forced, own_max, quality])
}

/// What should leave a validator.
struct Leaver {
    index: usize,
    reason: Reason,
    tokens: u128,
}

/// By departure, then from the top.
fn find_leaving(draft: &PassDraft<'_>) -> Vec<Leaver> {
    let mut leaving: Vec<_> = draft.givers().gather();
    leaving.retain(|(_, validator, delegated)| validator.departure().is_some() && *delegated > 0);
    // Stable, so equal keys stay in the order of addresses.
    sort_by_key(&mut leaving, |(_, validator, delegated)| {
        let level = Reverse(validator.level(*delegated));
        (validator.departure(), level)
    });
    let leavers = leaving
        .into_iter()
        .filter_map(|(index, validator, tokens)| {
            let departure = validator.departure()?;
            draft.plan.may_leave(departure).then_some(Leaver {
                index,
                reason: Reason::Leaving(departure),
                tokens,
            })
        });
    leavers.gather()
}

/// From the top.
fn find_above_own_max(draft: &PassDraft<'_>) -> Vec<Leaver> {
    let mut above: Vec<_> = draft.givers().gather();
    above.retain(|(_, validator, delegated)| validator.above_own_max(*delegated) > 0);
    sort_by_key(&mut above, |(_, validator, delegated)| {
        Reverse(validator.level(*delegated))
    });
    let leavers = above
        .into_iter()
        .map(|(index, validator, delegated)| Leaver {
            index,
            reason: Reason::OwnMaximum,
            tokens: validator.above_own_max(delegated),
        });
    leavers.gather()
}

/// Leavers are lowered one after the other. Of what needs a taker only as much leaves as finds one:
/// what it leaves makes headroom in its groups, so both are found together, from above.
fn leave(draft: &mut PassDraft<'_>, leavers: &[Leaver]) -> Result<Shares, AllocationError> {
    if leavers.is_empty() {
        return Ok(Shares::default());
    }
    let mut most_by_taker = u128::MAX;
    let mut attempt = 0;
    loop {
        let mut after = draft.clone();
        let (shares, homeless) = leave_within(&mut after, leavers, most_by_taker)?;
        if homeless == 0 || attempt == MAX_ATTEMPTS {
            *draft = after;
            return Ok(shares);
        }
        let by_taker = shares.gives.iter().filter(|give| give.reason.needs_taker());
        most_by_taker = sum(by_taker.map(|give| give.redelegate));
        attempt = attempt.saturating_add(1);
    }
}

/// Returns what is shared out, and how much of what needs a taker stays although it was let go.
fn leave_within(
    draft: &mut PassDraft<'_>,
    leavers: &[Leaver],
    most_by_taker: u128,
) -> Result<(Shares, u128), AllocationError> {
    let mut gives = give_what_leaves(draft, leavers, most_by_taker);
    let moving = sum(gives.iter().map(|give| give.redelegate));
    let mut takers = draft.takers(|drift| drift > 0);
    let (mut taken, mut homeless) = draft.raise_lowest(&takers, moving, &draft.delegated)?;
    // Fewer and larger parts, as long as they leave no more behind.
    loop {
        let fewer = draft.without_small_takers(&takers, &taken);
        if fewer.len() == takers.len() {
            break;
        }
        let (parts, left) = draft.raise_lowest(&fewer, moving, &draft.delegated)?;
        if left > homeless {
            break;
        }
        (takers, taken, homeless) = (fewer, parts, left);
    }
    // Where nobody can take enough for a message, nobody takes it.
    let least = draft.plan.limits.least_redelegation;
    if taken.iter().all(|part| *part < least) {
        homeless = moving;
        taken.fill(0);
    }
    let takes = draft.take(&takers, taken);
    let mut stays = 0;
    // The last to leave are the first to find no place.
    for give in gives.iter_mut().rev() {
        let part = give.redelegate.min(homeless);
        homeless = homeless.saturating_sub(part);
        give.redelegate = give.redelegate.saturating_sub(part);
        let validator = draft.plan.validators.get(give.index);
        let has_entry = validator.is_some_and(|validator| validator.has_entry);
        if has_entry && !give.reason.needs_taker() {
            give.undelegate = give.undelegate.saturating_add(part);
        } else {
            draft.raise(give.index, part);
            draft.budgets.restore(give.reason, part);
        }
        if give.reason.needs_taker() {
            stays = sum([stays, part].into_iter());
        }
    }
    Ok((Shares { gives, takes }, stays))
}

/// As much as the budgets pay for, all of it as if it found a place; of what needs a taker only so much,
/// and nothing that can only be undelegated: that comes last of all, see [`super::last_place`].
fn give_what_leaves(
    draft: &mut PassDraft<'_>,
    leavers: &[Leaver],
    most_by_taker: u128,
) -> Vec<Give> {
    let mut most_by_taker = most_by_taker;
    let mut gives = vec![];
    for leaver in leavers {
        let (index, reason) = (leaver.index, leaver.reason);
        let Some(validator) = draft.plan.validators.get(index) else {
            continue;
        };
        let by_undelegation = draft.plan.must_undelegate(validator);
        let mut tokens = leaver.tokens.min(draft.budgets.left(reason));
        if reason.needs_taker() {
            tokens = if by_undelegation {
                0
            } else {
                tokens.min(most_by_taker)
            };
            most_by_taker = most_by_taker.saturating_sub(tokens);
        }
        if tokens == 0 || (by_undelegation && !validator.has_entry) {
            continue;
        }
        draft.budgets.spend(reason, tokens);
        draft.lower(index, tokens);
        gives.push(Give {
            index,
            reason,
            redelegate: if by_undelegation { 0 } else { tokens },
            undelegate: if by_undelegation { tokens } else { 0 },
        });
    }
    gives
}

/// The highest of those above a cap, or of all others, are lowered toward their targets, and the
/// lowest raised toward theirs.
fn lower_excess(draft: &mut PassDraft<'_>, reason: Reason) -> Result<Shares, AllocationError> {
    let plan = draft.plan;
    let is_quality = reason == Reason::Quality;
    let is_enough = |drift: u128| plan.counts(drift) && drift >= plan.limits.min_move;
    let groups = plan.groups_at(&draft.delegated);
    let givers = draft.givers().filter_map(|(index, validator, delegated)| {
        let is_above_cap = validator.is_above_cap(delegated, &groups);
        let may_give = validator.row.validator.is_eligible() && !validator.redelegation_locked;
        let most = match is_above_cap {
            true => validator.above_cap(delegated, &groups),
            false => validator.surplus(delegated),
        };
        let gives = may_give && is_above_cap != is_quality && is_enough(most);
        gives.then_some(Giver { index, most })
    });
    let mut givers: Vec<_> = givers.gather();
    let mut takers = draft.takers(is_enough);
    let budget = draft.budgets.left(reason);
    if givers.is_empty() || takers.is_empty() || budget == 0 {
        return Ok(Shares::default());
    }

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
    for (giver, tokens) in givers.iter().zip(given) {
        draft.lower(giver.index, tokens);
        draft.budgets.spend(reason, tokens);
        if tokens > 0 {
            gives.push(Give {
                index: giver.index,
                reason,
                redelegate: tokens,
                undelegate: 0,
            });
        }
    }
    let takes = draft.take(&takers, taken);
    Ok(Shares { gives, takes })
}
