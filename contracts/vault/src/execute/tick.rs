//! One bounded job per call, by anyone.

use defenders_types::{Job, JobState, DAY};

use crate::call::{Call, View};
use crate::error::ContractError;
use crate::event;
use crate::jobs::{self, Turn};
use crate::state::HOLDINGS;

/// A validator may be passed only when the job has been due for so long, seconds.
pub const SKIP_AFTER: u64 = DAY;

/// Runs `job`, or without one: settle, submit, then whichever has been due longest.
///
/// Reads, writes, sends: what the job does. Emits: `vault/ticked` and the job's events.
///
/// # Errors
/// [`ContractError::NothingDue`], [`ContractError::NotDue`], [`ContractError::SkipTooEarly`],
/// [`ContractError::SkipWithoutJob`], [`ContractError::NotListed`].
pub fn tick(call: &mut Call, job: Option<Job>, skip: Option<String>) -> Result<(), ContractError> {
    let view = call.view();
    let job = match job {
        None if skip.is_some() => return Err(ContractError::SkipWithoutJob {}),
        None => choose(&view)?,
        Some(Job::Sync) if skip.is_none() => Job::Sync,
        Some(job) => {
            let state = jobs::query_state(&view, job)?;
            if !state.due {
                let reason = state.reason;
                return Err(ContractError::NotDue { job, reason });
            }
            if let Some(validator) = &skip {
                ensure_skip_allowed(call, &state)?;
                ensure_known(call, validator)?;
            }
            job
        }
    };
    call.emit(event::ticked(job));
    jobs::run(call, job, skip.as_deref())
}

fn choose(view: &View) -> Result<Job, ContractError> {
    let of = |turn: Turn| {
        Job::ALL
            .into_iter()
            .filter(move |job| jobs::turn(*job) == turn)
    };
    for job in of(Turn::First) {
        if jobs::query_state(view, job)?.due {
            return Ok(job);
        }
    }
    let mut longest: Option<(u64, Job)> = None;
    for job in of(Turn::LongestDue) {
        let state = jobs::query_state(view, job)?;
        let since = state.due_since.unwrap_or_else(|| view.now());
        if state.due && longest.map_or(true, |(other, _)| since < other) {
            longest = Some((since, job));
        }
    }
    longest
        .map(|(_, job)| job)
        .ok_or(ContractError::NothingDue {})
}

fn ensure_skip_allowed(call: &Call, state: &JobState) -> Result<(), ContractError> {
    let job = state.job;
    if job == Job::Settle {
        return Err(ContractError::SkipWithoutJob {});
    }
    let now = call.now();
    let allowed_at = state
        .due_since
        .map(|since| since.saturating_add(SKIP_AFTER));
    if allowed_at.is_some_and(|at| at <= now) {
        return Ok(());
    }
    Err(ContractError::SkipTooEarly {
        job,
        wait: SKIP_AFTER,
        due_since: state.due_since,
        now,
    })
}

fn ensure_known(call: &Call, validator: &str) -> Result<(), ContractError> {
    if HOLDINGS.has(call.deps.storage, validator) {
        return Ok(());
    }
    Err(ContractError::NotListed {
        validator: validator.to_owned(),
    })
}
