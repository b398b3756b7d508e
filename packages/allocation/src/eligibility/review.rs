//! How validators stand by a snapshot and what is remembered of them; snapshots not to be believed.

use super::{
    exclusion::Exclusion,
    facts::{Eligibility, EligibilityPolicy, Facts, Listing},
    reason::find_reason,
    top_third::TopThird,
};
use crate::gather::Gather;

/// What is remembered between snapshots, beside how each validator stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewMemory {
    /// Since when all snapshots in a row have been suspect, in seconds. None: the last was not.
    pub suspect_since: Option<u64>,
    /// Indices of those who may fail, by the owner's `accept_snapshot`. It holds for snapshots in which
    /// nobody else fails, and ends with the first in which not too many do.
    pub accepted: Vec<usize>,
}

/// What a snapshot means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How each validator stands now, in the order of the facts.
    pub eligibility: Vec<Eligibility>,
    /// Indices, ascending, of those that were eligible and failed by this snapshot, for reasons that bad
    /// data could bring about.
    pub failed: Vec<usize>,
    /// So many failed that the data is suspect, and nobody has accepted it: only what owner and chain
    /// state is new, and nobody is to be left for anything else.
    pub is_suspect: bool,
    /// What to remember for the next.
    pub memory: ReviewMemory,
}

/// So many may fail at once on any list before the data is suspect.
const TRUSTED_FAILURES: usize = 2;
/// And one in so many (20 %) of a longer one.
const TRUSTED_ONE_IN: usize = 5;

/// Two weeks in seconds: after so long of suspect snapshots in a row the latest is accepted by itself.
pub const SUSPECT_PERIOD: u64 = 14 * 24 * 60 * 60;

/// Reviews one snapshot, taken at `now` (seconds), by what is remembered of those before it. With
/// `is_policy_stricter` the policy asks more than at the snapshot before: who fails by it then does not
/// make the data suspect.
pub fn compute_review(
    policy: &EligibilityPolicy,
    is_policy_stricter: bool,
    memory: &ReviewMemory,
    now: u64,
    facts: &[Facts],
) -> Review {
    let judged: Vec<_> = facts.iter().map(|facts| judge(policy, now, facts)).gather();
    let is_failure = |exclusion: Exclusion| {
        !(exclusion.is_stated() || (is_policy_stricter && exclusion.is_by_policy()))
    };
    let failed: Vec<usize> = facts
        .iter()
        .zip(&judged)
        .enumerate()
        .filter(|(_, (facts, judged))| {
            let previous = facts.previous;
            let was_eligible = previous.is_some_and(|previous| previous.is_eligible());
            was_eligible && judged.exclusion.is_some_and(is_failure)
        })
        .map(|(index, _)| index)
        .gather();
    let listed = facts
        .iter()
        .filter(|facts| facts.listing == Listing::Listed);
    // Saturates for more validators than fit into memory.
    let is_many = failed.len().saturating_mul(TRUSTED_ONE_IN) > listed.count();
    let (is_suspect, memory) = match is_many && failed.len() > TRUSTED_FAILURES {
        true => remember(memory, now, &failed),
        false => (false, ReviewMemory::default()),
    };
    let eligibility = facts.iter().zip(judged).map(|(facts, judged)| {
        if is_suspect {
            keep(now, facts, judged)
        } else {
            judged
        }
    });
    Review {
        eligibility: eligibility.gather(),
        failed,
        is_suspect,
        memory,
    }
}

/// Whether a snapshot in which too many failed is suspect, and what is remembered of it.
fn remember(memory: &ReviewMemory, now: u64, failed: &[usize]) -> (bool, ReviewMemory) {
    let accepted = &memory.accepted;
    if failed.iter().all(|index| accepted.contains(index)) {
        let memory = ReviewMemory {
            suspect_since: None,
            accepted: accepted.clone(),
        };
        return (false, memory);
    }
    let since = memory.suspect_since.unwrap_or(now);
    // Saturates: a snapshot from before the first suspect one is none of a long row.
    if now.saturating_sub(since) >= SUSPECT_PERIOD {
        return (false, ReviewMemory::default());
    }
    let memory = ReviewMemory {
        suspect_since: Some(since),
        accepted: accepted.clone(),
    };
    (true, memory)
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

/// How it stands when the snapshot is suspect: as before, but what owner and chain state holds. One that
/// did not stand anywhere by itself before, or of which that no longer holds, is unknown.
fn keep(now: u64, facts: &Facts, judged: Eligibility) -> Eligibility {
    let is_stated = |it: &Eligibility| it.exclusion.is_some_and(Exclusion::is_stated);
    let mut kept = facts.previous.unwrap_or(Eligibility {
        exclusion: None,
        since: now,
        was_top_third: false,
        commission_high_at: None,
    });
    if is_stated(&judged) {
        restate(&mut kept, now, judged.exclusion);
    } else if facts.previous.map_or(true, |previous| is_stated(&previous)) {
        restate(&mut kept, now, Some(Exclusion::Unknown));
    }
    kept
}

/// Jailed and out of the bonded set are one absence: who passes from one to the other is not given the
/// grace twice.
fn restate(eligibility: &mut Eligibility, now: u64, exclusion: Option<Exclusion>) {
    let is_absent = |it: Option<Exclusion>| it.is_some_and(Exclusion::is_absent);
    if eligibility.exclusion != exclusion {
        if !(is_absent(eligibility.exclusion) && is_absent(exclusion)) {
            eligibility.since = now;
        }
        eligibility.exclusion = exclusion;
    }
}
