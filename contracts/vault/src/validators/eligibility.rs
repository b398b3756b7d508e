//! Who may be given stake. What is stored are the facts of the last refresh, and they are judged when
//! the validators are read: a validator that raises its commission gets no stake from the next refresh
//! on, which builds the fill list anew.

use defenders_allocation::{
    self as allocation, ChainFacts, EligibilityPolicy, Exclusion, Listing, TopThird,
};
use defenders_types::AllocationPolicy;

use super::Validator;
use crate::state::powers::{Power, PowerSummary};

/// The first reason that holds. `summary` is that of the last complete snapshot: nobody is eligible
/// before the first.
#[must_use]
pub fn compute_exclusion(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    now: u64,
) -> Option<Exclusion> {
    let listing = match member.holding.draining_since {
        Some(_) => Listing::Draining,
        None if member.terms.is_ended(now) => Listing::Expired,
        None => Listing::Listed,
    };
    judge(policy, summary, member, listing)
}

/// Whether it counts where short lists widen caps, once its exclusion is known.
#[must_use]
pub fn is_counting(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    now: u64,
) -> bool {
    let terms = &member.terms;
    if member.is_open(now) {
        return true;
    }
    let is_by_owner = match member.exclusion {
        None => true,
        Some(exclusion) => exclusion.is_by_owner(),
    };
    if is_by_owner && terms.counts_until > now {
        return true;
    }
    match &terms.end {
        // nobody was there to note whether it was eligible when it ended: whether it would be now
        Some(end) if member.exclusion == Some(Exclusion::Expired) => {
            end.counts_until > now
                && !terms.is_closed(now)
                && judge(policy, summary, member, Listing::Listed).is_none()
        }
        _ => false,
    }
}

fn judge(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    listing: Listing,
) -> Option<Exclusion> {
    let power = member.power.filter(|power| power.is_read);
    let facts = power
        .zip(summary)
        .map(|(power, summary)| facts_of(&member.address, power, summary));
    let policy = EligibilityPolicy {
        max_commission_rate: policy.max_commission_rate,
        max_commission_ceiling: policy.max_commission_ceiling,
        commission_return_period: 0,
    };
    allocation::compute_exclusion(&policy, listing, facts.as_ref())
}

fn facts_of(address: &String, power: Power, summary: &PowerSummary) -> ChainFacts {
    let is_top_third = summary.top_third.binary_search(address).is_ok();
    ChainFacts {
        status: power.status,
        is_jailed: power.is_jailed,
        is_tombstoned: false, // looks jailed where it is not read
        commission_rate: power.commission_rate,
        commission_ceiling: power.commission_ceiling,
        // nothing is remembered of earlier snapshots, so nobody is near
        top_third: Some(if is_top_third {
            TopThird::Inside
        } else {
            TopThird::Clear
        }),
    }
}
