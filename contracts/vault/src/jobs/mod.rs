//! The jobs that anyone may start: one file says when a job is due and what it does, from the same
//! facts. Each is bounded in what it writes and sends.
//!
//! Where a job's doc says *try_read*, a question that the chain does not answer ends the job: the time
//! of the attempt is saved in the timetable, and `vault/read_failed` is all that is emitted.

pub mod due;
pub mod harvest;
pub mod invest;
pub mod rebalance;
pub mod refresh;
pub mod settle;
pub mod submit;
pub mod sync;
pub mod turns;

use defenders_types::{Job, JobState};

use crate::call::{Call, View};
use crate::error::ContractError;
use crate::state::TIMETABLE;
use crate::validators::skip::Skip;

/// How `tick` without a job comes to choose this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Before all others, in the order of [`Job::ALL`].
    First,
    /// When it has been due longest.
    LongestDue,
    /// When no other is due.
    Last,
}

/// The table of priorities.
#[must_use]
pub const fn priority(job: Job) -> Priority {
    match job {
        Job::Settle | Job::Submit => Priority::First,
        Job::Refresh | Job::Harvest | Job::Rebalance | Job::Invest => Priority::LongestDue,
        Job::Sync => Priority::Last,
    }
}

/// Whether a job moves stake or burns shares by the book: it waits until the book is out of doubt.
const fn waits_in_doubt(job: Job) -> bool {
    match job {
        Job::Submit | Job::Rebalance | Job::Invest => true,
        Job::Settle | Job::Sync | Job::Refresh | Job::Harvest => false,
    }
}

/// Whether a job is due, why, and when next.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn query_state(view: &View, job: Job) -> Result<JobState, Box<ContractError>> {
    let timetable = TIMETABLE.load(view.deps.storage)?;
    if let Some(until) = timetable.waits_until(job, view.now()) {
        return Ok(due::later(
            job,
            Some(until),
            "its last read of the chain failed",
        ));
    }
    if view.book.doubt.is_some() && waits_in_doubt(job) {
        return Ok(due::later(job, None, sync::IN_DOUBT));
    }
    match job {
        Job::Settle => settle::due(view),
        Job::Submit => submit::due(view),
        Job::Sync => Ok(sync::due(view)),
        Job::Refresh => Ok(refresh::due(view, &timetable)),
        Job::Harvest => Ok(harvest::due(view, &timetable)),
        Job::Rebalance => Ok(rebalance::due(view, &timetable)),
        Job::Invest => invest::due(view),
    }
}

/// Runs a job; `skip` is passed where it works validator by validator.
///
/// # Errors
/// The job's.
pub fn run(call: &mut Call, job: Job, skip: &Skip) -> Result<(), Box<ContractError>> {
    match job {
        Job::Settle => settle::run(call),
        Job::Submit => submit::run(call, skip),
        Job::Sync => sync::run(call),
        Job::Refresh => refresh::run(call),
        Job::Harvest => harvest::run(call, skip),
        Job::Rebalance => rebalance::run(call, skip),
        Job::Invest => invest::run(call, skip),
    }
}
