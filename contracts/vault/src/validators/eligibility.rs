//! Who may be given stake. What is stored are the facts of the last refresh and how everybody stood after
//! it. They are judged when the validators are read: so an act of the owner, a stricter policy, or an
//! accepted snapshot counts at the next call, without reading the chain again.

use defenders_allocation::{
    compute_exclusion, compute_review, ChainFacts, Eligibility, EligibilityPolicy, Exclusion,
    Facts, Listing, Review, ReviewMemory, TopThird,
};
use defenders_types::AllocationPolicy;

use super::Validator;
use crate::state::powers::{Power, PowerSummary};
use crate::state::Suspicion;

/// How all stand at `now` (seconds) by the last complete snapshot, of which `summary` tells, and by what is
/// remembered of those before. Nobody is eligible before the first.
#[must_use]
pub fn review(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    suspicion: &Suspicion,
    members: &[Validator],
    now: u64,
) -> Review {
    let is_accepted = |member: &Validator| suspicion.accepted.contains(&member.holding.power_row);
    let accepted = members.iter().enumerate();
    let accepted = accepted.filter(|(_, member)| is_accepted(member));
    let memory = ReviewMemory {
        suspect_since: suspicion.since,
        accepted: accepted.map(|(index, _)| index).collect(),
    };
    let facts: Vec<Facts> = members
        .iter()
        .map(|member| facts_of(summary, member, now))
        .collect();
    compute_review(&policy_of(policy), false, &memory, now, &facts)
}

/// Why one may not be given stake by what was read of it now, and by what is remembered of it.
#[must_use]
pub fn exclusion_now(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    now: u64,
) -> Option<Exclusion> {
    let facts = [facts_of(summary, member, now)];
    let memory = ReviewMemory::default();
    let review = compute_review(&policy_of(policy), false, &memory, now, &facts);
    let stands = review.eligibility.first();
    stands.map_or(Some(Exclusion::Unknown), |stands| stands.exclusion)
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
            let chain = chain_facts(summary, member);
            let policy = policy_of(policy);
            end.counts_until > now
                && !terms.is_closed(now)
                && compute_exclusion(&policy, Listing::Listed, chain.as_ref()).is_none()
        }
        _ => false,
    }
}

fn policy_of(policy: &AllocationPolicy) -> EligibilityPolicy {
    EligibilityPolicy {
        max_commission_rate: policy.max_commission_rate,
        max_commission_ceiling: policy.max_commission_ceiling,
        commission_return_period: policy.commission_return_period,
    }
}

fn facts_of(summary: Option<&PowerSummary>, member: &Validator, now: u64) -> Facts {
    let listing = match member.holding.draining_since {
        Some(_) => Listing::Draining,
        None if member.terms.is_ended(now) => Listing::Expired,
        None => Listing::Listed,
    };
    Facts {
        listing,
        chain: chain_facts(summary, member),
        previous: member.previous,
    }
}

fn chain_facts(summary: Option<&PowerSummary>, member: &Validator) -> Option<ChainFacts> {
    let power: Power = member.power.filter(|power| power.is_read)?;
    let summary = summary?;
    Some(ChainFacts {
        status: power.status,
        is_jailed: power.is_jailed,
        is_tombstoned: false, // looks jailed where it is not read
        commission_rate: power.commission_rate,
        commission_ceiling: power.commission_ceiling,
        top_third: Some(top_third(summary, &member.address)),
    })
}

fn top_third(summary: &PowerSummary, address: &String) -> TopThird {
    let is_among = |named: &[String]| named.binary_search(address).is_ok();
    if is_among(&summary.top_third) {
        TopThird::Inside
    } else if is_among(&summary.near_top_third) {
        TopThird::Near
    } else {
        TopThird::Clear
    }
}

/// Of one that nobody has judged.
#[must_use]
pub fn unknown(now: u64) -> Eligibility {
    Eligibility {
        exclusion: Some(Exclusion::Unknown),
        since: now,
        was_top_third: false,
        commission_high_at: None,
    }
}
