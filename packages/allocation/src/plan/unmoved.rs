//! Why stake stays that should leave: one reason per validator, the first that applies.

use super::{draft::ValidatorDraft, moves::Reason, plan_draft::PlanDraft};

/// Stake that should leave its validator, and stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmoved {
    /// Index of its row.
    pub index: usize,
    /// Tokens above its target; all of them where the vault leaves.
    pub tokens: u128,
    /// Why.
    pub why: WhyUnmoved,
}

/// Why stake stays. Of several reasons the first in this order is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnmoved {
    /// The guard refused the whole plan.
    Refused,
    /// Not eligible, and too early to leave.
    Waiting,
    /// A redelegation into the source is live. From who is leaving, stake is undelegated then.
    RedelegationLocked,
    /// It could only be undelegated, and has no unbonding entry left.
    NoEntry,
    /// It is nearer to its target than the dead band.
    DeadBand,
    /// The call has no move left.
    MaxMoves,
    /// The budget of the epoch has nothing left, or less than the minimum move.
    Budget,
    /// Nobody can take it: all others have what they should, within the dead band.
    NoDestination,
    /// It would make the chain less even, or no evener.
    Evenness,
    /// Every redelegation from here to who could take it has its entries used up.
    Entries,
    /// Those who could take it are in groups at their caps.
    GroupCap,
    /// All parts that could move are smaller than the minimum move.
    MinMove,
}

/// What should leave after all moves, by address.
pub(super) fn compute_unmoved(plan: &PlanDraft<'_>) -> Vec<Unmoved> {
    let drafts = plan.validators.iter().enumerate();
    let unmoved = drafts.filter_map(|(index, draft)| {
        // Where the vault waits, all is shown as what it is: stake that has no target now.
        let tokens = match draft.is_waiting() {
            true => draft.delegated,
            false => draft.surplus(draft.delegated),
        };
        (tokens > 0).then(|| Unmoved {
            index: draft.input_index,
            tokens,
            why: compute_why(plan, index, draft, tokens),
        })
    });
    unmoved.collect()
}

/// All that should leave, when nothing may.
pub(super) fn compute_refused(plan: &PlanDraft<'_>) -> Vec<Unmoved> {
    let drafts = plan.validators.iter();
    let unmoved = drafts.filter_map(|draft| {
        let tokens = draft.surplus(draft.row.validator.delegated);
        (tokens > 0).then_some(Unmoved {
            index: draft.input_index,
            tokens,
            why: WhyUnmoved::Refused,
        })
    });
    unmoved.collect()
}

fn compute_why(
    plan: &PlanDraft<'_>,
    index: usize,
    draft: &ValidatorDraft<'_>,
    tokens: u128,
) -> WhyUnmoved {
    let departure = draft.departure();
    let reason = match departure {
        Some(departure) => Reason::Leaving(departure),
        None if draft.is_above_cap(draft.delegated, &plan.groups) => Reason::AboveCap,
        None => Reason::Quality,
    };
    let least = match departure {
        Some(_) => 1,
        None => plan.limits.min_move.max(1),
    };
    if draft.is_waiting() {
        return WhyUnmoved::Waiting;
    }
    if departure.is_none() && draft.redelegation_locked {
        return WhyUnmoved::RedelegationLocked;
    }
    if departure.is_some() && draft.must_undelegate() && !draft.has_entry {
        return WhyUnmoved::NoEntry;
    }
    if departure.is_none() && !plan.counts(tokens) {
        return WhyUnmoved::DeadBand;
    }
    if !plan.has_move_left() {
        return WhyUnmoved::MaxMoves;
    }
    if plan.budget_left(reason) < least {
        return WhyUnmoved::Budget;
    }
    let mut takers: Vec<_> = plan.validators.iter().enumerate().collect();
    takers.retain(|(_, taker)| {
        let drift = taker.deficit(taker.delegated);
        drift > 0 && (departure.is_some() || plan.counts(drift))
    });
    if takers.is_empty() {
        return match departure {
            Some(_) => WhyUnmoved::NoEntry,
            None => WhyUnmoved::NoDestination,
        };
    }
    if reason == Reason::Quality {
        // A unit evens the chain when it comes to rest below where it was.
        let level = draft.level(draft.delegated).saturating_sub(1);
        takers.retain(|(_, taker)| taker.level(taker.delegated) < level);
        if takers.is_empty() {
            return WhyUnmoved::Evenness;
        }
    }
    takers.retain(|(taker, _)| !plan.redelegation_entries_full(index, *taker));
    if takers.is_empty() {
        return WhyUnmoved::Entries;
    }
    takers.retain(|(_, taker)| plan.group_headroom(draft, taker) >= least);
    let has_groups = !plan.groups.is_empty();
    if takers.is_empty() || (least <= 1 && has_groups) {
        return WhyUnmoved::GroupCap;
    }
    WhyUnmoved::MinMove
}
