//! One bounded job per call, by anyone.

use defenders_types::{Job, JobState, DAY};

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::jobs::{self, turns};
use crate::state::HOLDINGS;
use crate::validators::skip::{Skip, MAX_SKIP};

/// Validators may be passed by name only when the job has been due for so long, seconds.
pub const SKIP_AFTER: u64 = DAY;

/// Runs `job`, or without one what `jobs/turns.rs` chooses. Gives which ran.
///
/// Reads, writes, sends: what the job does. Emits: `vault/ticked` and the job's events.
///
/// # Errors
/// [`ContractError::NothingDue`], [`ContractError::NotDue`], [`ContractError::SkipTooEarly`],
/// [`ContractError::SkipNotPossible`], [`ContractError::ListLength`], [`ContractError::NotListed`].
pub fn tick(
    call: &mut Call,
    job: Option<Job>,
    skip: Option<Vec<String>>,
) -> Result<Job, Box<ContractError>> {
    let view = call.view();
    let (job, skip) = match (job, skip) {
        (None, Some(_)) => return Err(ContractError::SkipNotPossible {}.into()),
        (None, None) => turns::choose(&view)?,
        (Some(Job::Sync), None) => (Job::Sync, Skip::Nobody),
        (Some(job), skip) => {
            let state = jobs::query_state(&view, job)?;
            if !state.due {
                let reason = state.reason;
                return Err(ContractError::NotDue { job, reason }.into());
            }
            let skip = match skip {
                Some(named) => ensure_skip_allowed(call, &state, named)?,
                None => Skip::Nobody,
            };
            (job, skip)
        }
    };
    call.emit(event::ticked(job));
    jobs::run(call, job, &skip)?;
    Ok(job)
}

fn ensure_skip_allowed(
    call: &Call,
    state: &JobState,
    named: Vec<String>,
) -> Result<Skip, Box<ContractError>> {
    let job = state.job;
    if matches!(job, Job::Settle | Job::Sync | Job::Refresh) {
        return Err(ContractError::SkipNotPossible {}.into());
    }
    if named.is_empty() || named.len() > MAX_SKIP {
        return Err(ContractError::ListLength {
            most: MAX_SKIP,
            got: named.len(),
        }
        .into());
    }
    let now = call.now();
    let allowed_at = state
        .due_since
        .map(|since| since.saturating_add(SKIP_AFTER));
    if allowed_at.map_or(true, |at| at > now) {
        return Err(ContractError::SkipTooEarly {
            job,
            wait: SKIP_AFTER,
            due_since: state.due_since,
            now,
        }
        .into());
    }
    for validator in &named {
        if !HOLDINGS.has(call.deps.storage, validator) {
            return Err(ContractError::NotListed {
                validator: validator.clone(),
            }
            .into());
        }
    }
    Ok(Skip::Named(named))
}
