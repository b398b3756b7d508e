//! The words in which a job says when it is due.

use cosmwasm_std::Timestamp;
use defenders_types::{Job, JobState};

/// It is due, since then (seconds) if that is known.
#[must_use]
pub fn now(job: Job, due_since: Option<u64>, reason: &str) -> JobState {
    JobState {
        job,
        due: true,
        due_since,
        next_at: None,
        reason: reason.to_owned(),
    }
}

/// It is not due, and will be then (seconds) if that is known.
#[must_use]
pub fn later(job: Job, next_at: Option<u64>, reason: &str) -> JobState {
    JobState {
        job,
        due: false,
        due_since: None,
        next_at,
        reason: reason.to_owned(),
    }
}

/// It is due from `at` (seconds) on, and while it is under way.
#[must_use]
pub fn scheduled(job: Job, now_seconds: u64, at: u64, is_under_way: bool) -> JobState {
    if is_under_way {
        return now(job, Some(at.min(now_seconds)), "under way");
    }
    if now_seconds >= at {
        return now(job, Some(at), "its period is over");
    }
    later(job, Some(at), "its period is not over")
}

/// Nanoseconds as the book keeps them, in seconds, rounded down.
#[must_use]
pub fn seconds_floor(nanos: Option<u64>) -> Option<u64> {
    nanos.map(|at| Timestamp::from_nanos(at).seconds())
}
