//! Why stake stays that should leave: one reason per validator, the first that applies.

use crate::gather::Gather;
use defenders_json::answer;

use super::{draft::ValidatorDraft, input::Snapshot, moves::Reason, plan_draft::PlanDraft};

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

answer! {
    /// Why stake stays. Of several reasons the first in this order is named.
    #[derive(Copy, Eq)]
    pub enum WhyUnmoved {
        /// The guard refused the whole plan.
        Refused,
        /// Not eligible, and too early to leave; or it refused a message lately.
        Waiting,
        /// The snapshot is suspect or stale: it does not move by that.
        Snapshot,
        /// A redelegation into the source is live. From who is leaving, or above its operator's own
        /// maximum, stake is undelegated then.
        RedelegationLocked,
        /// It could only be undelegated, and has no unbonding entry left.
        NoEntry,
        /// It is nearer to its target than the dead band.
        DeadBand,
        /// The call has no move left.
        MaxMoves,
        /// The budget of the epoch has nothing left, or less than the minimum move.
        Budget,
        /// Nobody can take it: all others have what they should, within the dead band. Of who leaves only
        /// where another can take it: that others cannot, on arrival.
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
    unmoved.gather()
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
    unmoved.gather()
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
        // Least keeps this from going, so what keeps it is the true reason.
        None if draft.above_own_max(draft.delegated) > 0 => Reason::OwnMaximum,
        None if draft.is_above_cap(draft.delegated, &plan.groups) => Reason::AboveCap,
        None => Reason::Quality,
    };
    let must_go = reason.must_go();
    let limits = &plan.limits;
    let least = match must_go {
        true => limits.least_redelegation.max(1),
        false => limits.min_move.max(limits.least_redelegation).max(1),
    };
    if draft.is_waiting() {
        return WhyUnmoved::Waiting;
    }
    let may_move = match departure {
        Some(departure) => plan.may_leave(departure),
        None => plan.snapshot == Snapshot::Trusted,
    };
    if !may_move {
        return WhyUnmoved::Snapshot;
    }
    if !must_go && draft.redelegation_locked {
        return WhyUnmoved::RedelegationLocked;
    }
    if must_go && plan.must_undelegate(draft) && !draft.has_entry {
        return WhyUnmoved::NoEntry;
    }
    if !must_go && !plan.counts(tokens) {
        return WhyUnmoved::DeadBand;
    }
    if !plan.has_move_left() {
        return WhyUnmoved::MaxMoves;
    }
    if plan.budgets.left(reason) < least {
        return WhyUnmoved::Budget;
    }
    if reason.needs_taker() && plan.must_undelegate(draft) {
        return WhyUnmoved::NoDestination;
    }
    let mut takers: Vec<_> = plan.validators.iter().enumerate().gather();
    takers.retain(|(_, taker)| {
        let drift = taker.deficit(taker.delegated);
        drift > 0 && (must_go || plan.counts(drift))
    });
    if takers.is_empty() {
        return match must_go && !reason.needs_taker() {
            true => WhyUnmoved::NoEntry,
            false => WhyUnmoved::NoDestination,
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
    let is_any_enough = least <= 1 || (must_go && tokens >= least);
    if takers.is_empty() || (is_any_enough && has_groups) {
        return WhyUnmoved::GroupCap;
    }
    WhyUnmoved::MinMove
}
