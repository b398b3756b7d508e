//! One bounded job per call, by anyone.

use cosmwasm_std::StdError;
use defenders_types::{Job, JobState};

use super::{harvest, invest, rebalance, refresh, settle, submit, sync, Call};
use crate::error::ContractError;
use crate::event;
use crate::jobs::View;
use crate::state::{WaitingJob, HOLDINGS, TIMETABLE};

/// A validator may be passed only when the job has been due for so long, seconds.
pub const SKIP_AFTER: u64 = 86_400;

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
        None => longest_due(&view)?,
        Some(Job::Sync) if skip.is_none() => Job::Sync,
        Some(job) => {
            let state = view.job_state(job)?;
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
    let roster = view.roster.into_inner();

    let skip = skip.as_deref();
    call.emit(event::ticked(job));
    match job {
        Job::Settle => {
            settle::run(call)?;
        }
        Job::Submit => submit::run(call, roster, skip)?,
        Job::Sync => {
            try_read(call, job, sync::run)?;
        }
        Job::Refresh => {
            try_read(call, job, |call| refresh::run(call, skip))?;
        }
        Job::Harvest => harvest::run(call, skip)?,
        Job::Rebalance => rebalance::run(call, roster, skip)?,
        Job::Invest => invest::run(call, roster, skip)?,
    }
    Ok(())
}

/// Runs a part of a job that reads the chain. When the chain does not answer, the time of the
/// attempt is saved, the event says so, and the job is not due for a while. Gives whether it
/// went well. `read` must not write before its last query.
///
/// # Errors
/// Those that are not about reading.
pub fn try_read(
    call: &mut Call,
    job: Job,
    read: impl FnOnce(&mut Call) -> Result<(), ContractError>,
) -> Result<bool, ContractError> {
    let error = match read(call) {
        Ok(()) => return Ok(true),
        Err(ContractError::Std(error @ StdError::GenericErr { .. })) => error,
        Err(ContractError::Std(error @ StdError::ParseErr { .. })) => error,
        Err(error) => return Err(error),
    };
    let until = call.now().saturating_add(call.config.bounds.retry_after);
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.waiting.retain(|waiting| waiting.job != job);
    timetable.waiting.push(WaitingJob { job, until });
    TIMETABLE.save(call.deps.storage, &timetable);
    let text = error.to_string();
    let first_line = text.lines().next().unwrap_or_default();
    call.emit(event::read_failed(job, first_line));
    Ok(false)
}

fn longest_due(view: &View) -> Result<Job, ContractError> {
    for job in [Job::Settle, Job::Submit] {
        if view.job_state(job)?.due {
            return Ok(job);
        }
    }
    let mut longest: Option<(u64, Job)> = None;
    for job in [Job::Refresh, Job::Harvest, Job::Rebalance, Job::Invest] {
        let state = view.job_state(job)?;
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
