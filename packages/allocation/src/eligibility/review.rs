//! How validators stand by a snapshot and what is remembered of them; snapshots not to be believed.

use super::{
    exclusion::Exclusion,
    facts::{Eligibility, EligibilityPolicy, Facts, Listing},
    reason::find_reason,
    top_third::TopThird,
};

/// What a snapshot means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How each validator stands now, in the order of the facts.
    pub eligibility: Vec<Eligibility>,
    /// Indices of those that were eligible and failed by this snapshot, for reasons that bad data
    /// could bring about.
    pub failed: Vec<usize>,
    /// So many failed that the data is suspect: everybody stands as before, the owner's decisions
    /// aside, and nobody is to be left.
    pub is_suspect: bool,
}

/// So many may fail at once on any list before the data is suspect.
const TRUSTED_FAILURES: usize = 2;
/// And one in so many (20 %) of a longer one.
const TRUSTED_ONE_IN: usize = 5;

/// Reviews one snapshot, taken at `now` (seconds). With `is_accepted` nothing is suspect: the owner
/// has changed the policy since the snapshot before, or has looked at this one.
pub fn compute_review(
    policy: &EligibilityPolicy,
    now: u64,
    is_accepted: bool,
    facts: &[Facts],
) -> Review {
    let judged: Vec<_> = facts
        .iter()
        .map(|facts| judge(policy, now, facts))
        .collect();
    let failed: Vec<usize> = facts
        .iter()
        .zip(&judged)
        .enumerate()
        .filter(|(_, (facts, now))| {
            let was_eligible = facts
                .previous
                .is_some_and(|previous| previous.is_eligible());
            was_eligible && now.exclusion.is_some_and(|reason| !reason.is_stated())
        })
        .map(|(index, _)| index)
        .collect();
    let listed = facts
        .iter()
        .filter(|facts| facts.listing == Listing::Listed);
    // Saturates for more validators than fit into memory.
    let is_many = failed.len().saturating_mul(TRUSTED_ONE_IN) > listed.count();
    let is_suspect = !is_accepted && failed.len() > TRUSTED_FAILURES && is_many;
    let eligibility = facts.iter().zip(judged).map(|(facts, judged)| {
        if is_suspect {
            keep(now, facts, judged)
        } else {
            judged
        }
    });
    Review {
        eligibility: eligibility.collect(),
        failed,
        is_suspect,
    }
}

/// How a validator stands by this snapshot alone and what is remembered of it.
fn judge(policy: &EligibilityPolicy, now: u64, facts: &Facts) -> Eligibility {
    let mut judged = facts.previous.unwrap_or(Eligibility {
        exclusion: None,
        since: now,
        was_top_third: false,
        commission_high_at: None,
    });
    if let Some(chain) = &facts.chain {
        if chain.commission_rate > policy.max_commission_rate {
            judged.commission_high_at = Some(now);
        }
        match chain.top_third {
            Some(TopThird::Inside) => judged.was_top_third = true,
            Some(TopThird::Clear) => judged.was_top_third = false,
            Some(TopThird::Near) | None => {}
        }
    }
    let was_commission_high = judged.commission_high_at.is_some_and(|at| {
        // Saturates: a period without end.
        now < at.saturating_add(policy.commission_return_period)
    });
    let reason = find_reason(
        policy,
        facts.listing,
        facts.chain.as_ref(),
        was_commission_high,
        judged.was_top_third,
    );
    restate(&mut judged, now, reason);
    judged
}

/// How it stands when the snapshot is suspect: as before, but the owner's decisions hold. One that
/// did not stand anywhere by itself before is unknown.
fn keep(now: u64, facts: &Facts, judged: Eligibility) -> Eligibility {
    let by_owner = |it: &Eligibility| it.exclusion.is_some_and(Exclusion::is_by_owner);
    if by_owner(&judged) {
        return judged;
    }
    let mut kept = facts.previous.unwrap_or(judged);
    if facts.previous.map_or(true, |previous| by_owner(&previous)) {
        restate(&mut kept, now, Some(Exclusion::Unknown));
    }
    kept
}

fn restate(eligibility: &mut Eligibility, now: u64, exclusion: Option<Exclusion>) {
    if eligibility.exclusion != exclusion {
        eligibility.exclusion = exclusion;
        eligibility.since = now;
    }
}
