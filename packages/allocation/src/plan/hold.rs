//! Why stake stays that should leave: one reason per validator, the first that applies.

use super::{
    drift::{counts, deficit, surplus},
    share_out::must_undelegate,
    stand::Stand,
    work::Work,
    PlanInput, Reason, Stance,
};
use crate::error::AllocationError;

/// Stake that should leave its validator, and stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Index of the seat.
    pub seat: usize,
    /// Tokens above its target; all of them where the vault leaves.
    pub tokens: u128,
    /// Why.
    pub cause: Cause,
}

/// Why stake stays. Of several causes the first in this order is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The guard refused the whole plan.
    Refused,
    /// Not eligible, and too early to leave.
    Waiting,
    /// A redelegation into the source is live. From who is leaving, stake is undelegated then.
    Pinned,
    /// It could only be undelegated, and has no unbonding entry left.
    NoSlot,
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

pub(super) fn compute_held_back(work: &Work<'_>) -> Result<Vec<Hold>, AllocationError> {
    let stands = work.stands.iter().enumerate();
    let holds = stands.filter_map(|(place, stand)| {
        let tokens = match stand.seat.stance {
            // Shown as what it is: stake that has no target now.
            Stance::Waiting => stand.held,
            Stance::Staying | Stance::Leaving(_) => surplus(stand, stand.held),
        };
        (tokens > 0).then(|| Hold {
            seat: stand.index,
            tokens,
            cause: compute_cause(work, place, stand, tokens),
        })
    });
    Ok(holds.collect())
}

/// All that should leave, when nothing may.
pub(super) fn compute_refused(work: &Work<'_>, input: &PlanInput<'_>) -> Vec<Hold> {
    let stands = work.stands.iter();
    let holds = stands.filter_map(|stand| {
        let held = input.seats.get(stand.index).map_or(0, |seat| seat.held);
        let tokens = surplus(stand, held);
        (tokens > 0).then_some(Hold {
            seat: stand.index,
            tokens,
            cause: Cause::Refused,
        })
    });
    holds.collect()
}

fn compute_cause(work: &Work<'_>, place: usize, stand: &Stand<'_>, tokens: u128) -> Cause {
    let departure = stand.departure();
    let reason = match departure {
        Some(departure) => Reason::Leaving(departure),
        None if work.is_above_cap(stand) => Reason::AboveCap,
        None => Reason::Quality,
    };
    let least = match departure {
        Some(_) => 1,
        None => work.limits.min_move.max(1),
    };
    if stand.seat.stance == Stance::Waiting {
        return Cause::Waiting;
    }
    if departure.is_none() && stand.locked {
        return Cause::Pinned;
    }
    if departure.is_some() && must_undelegate(stand) && !stand.has_slot {
        return Cause::NoSlot;
    }
    if departure.is_none() && !counts(work, tokens) {
        return Cause::DeadBand;
    }
    if !work.has_move_left() {
        return Cause::MaxMoves;
    }
    if work.budget_left(reason) < least {
        return Cause::Budget;
    }
    let mut takers: Vec<_> = work.stands.iter().enumerate().collect();
    takers.retain(|(_, taker)| {
        let drift = deficit(taker, taker.held);
        drift > 0 && (departure.is_some() || counts(work, drift))
    });
    if takers.is_empty() {
        return match departure {
            Some(_) => Cause::NoSlot,
            None => Cause::NoDestination,
        };
    }
    if reason == Reason::Quality {
        // A unit evens the chain when it comes to rest below where it was.
        let level = stand.level(stand.held).saturating_sub(1);
        takers.retain(|(_, taker)| taker.level(taker.held) < level);
        if takers.is_empty() {
            return Cause::Evenness;
        }
    }
    takers.retain(|(taker, _)| !work.is_full(place, *taker));
    if takers.is_empty() {
        return Cause::Entries;
    }
    takers.retain(|(_, taker)| work.group_room(stand, taker) >= least);
    let has_groups = !work.crowds.is_empty();
    if takers.is_empty() || (least <= 1 && has_groups) {
        return Cause::GroupCap;
    }
    Cause::MinMove
}
