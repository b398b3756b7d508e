//! Delegates idle tokens from the fill list.

use defenders_types::{Job, JobState};

use super::turns::OVERDUE_AFTER;
use super::{due, query_state};
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::fill_list;
use crate::messages::delegate;
use crate::state::VALIDATOR_BY_POWER_ROW;
use crate::validators::skip::Skip;

/// Due when idle above the reserve is worth a delegation, and a validator takes it; but a batch that can
/// be served is served first, unless that has failed for a day.
///
/// # Errors
/// When storage is damaged.
pub fn due(view: &View) -> Result<JobState, Box<ContractError>> {
    let job = Job::Invest;
    let idle = view.valuation().idle_above_reserve()?;
    let least = view.config.parameters.min_delegation;
    if idle < least {
        let reason = format!("{idle} idle tokens, a delegation takes {least}");
        return Ok(due::later(job, None, &reason));
    }
    if is_batch_first(view)? {
        let reason = format!("{idle} idle tokens, but a batch is served first");
        return Ok(due::later(job, None, &reason));
    }
    let is_slot = view.book.deposits.next_slot.is_some() || preview_has_slot(view)?;
    if !is_slot {
        let reason = format!("{idle} idle tokens, but no validator takes more");
        return Ok(due::later(job, None, &reason));
    }
    let since = view.book.deposits.idle_since.or(Some(view.now()));
    Ok(due::now(job, since, &format!("{idle} idle tokens")))
}

/// Delegates idle above the reserve, but not to `skip`; an empty list is built anew first.
///
/// Reads: fill list, holdings, powers. Writes: book, holdings, fill list. Sends: delegations.
/// Emits: `vault/delegated` each; the replies `vault/refused`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call, skip: &Skip) -> Result<(), Box<ContractError>> {
    if call.book.deposits.next_slot.is_none() {
        call.rebuild_fill_list()?;
    }
    delegate_idle(call, call.config.parameters.max_messages_per_invest, skip)?;
    if *skip == Skip::Nobody {
        // the job is not stuck: what is left waits from now on
        call.book.deposits.idle_since = None;
    }
    Ok(())
}

/// Sends at most `max_messages` delegations of idle above the reserve, none below the least
/// delegation; slots of `skip` and of validators that refused lately are passed.
///
/// # Errors
/// When storage is damaged.
pub fn delegate_idle(
    call: &mut Call,
    max_messages: u32,
    skip: &Skip,
) -> Result<(), Box<ContractError>> {
    let now = call.now();
    let mut idle = call.valuation().idle_above_reserve()?;
    let least = call.config.parameters.min_delegation;
    let mut sent = 0;
    while sent < max_messages {
        let Some(slot) = call.book.deposits.next_slot else {
            break;
        };
        let tokens = idle.min(slot.tokens);
        if tokens < least {
            break;
        }
        let validator = VALIDATOR_BY_POWER_ROW.load(call.deps.storage, slot.power_row)?;
        let holding = call.holding(&validator)?;
        if holding.is_refusing(now) || skip.passes(&validator, slot.power_row) {
            fill_list::advance(call.deps.storage, &mut call.book)?;
            continue;
        }
        idle = idle.checked_sub(tokens)?;
        delegate::send(call, holding, validator, tokens)?;
        fill_list::take(call.deps.storage, &call.config, &mut call.book, tokens)?;
        sent = sent.saturating_add(1);
    }
    Ok(())
}

fn is_batch_first(view: &View) -> Result<bool, Box<ContractError>> {
    if view.book.queue.waiting_shares(view.now()).is_zero() {
        return Ok(false);
    }
    let submit = query_state(view, Job::Submit)?;
    let since = submit.due_since.unwrap_or(view.now());
    Ok(submit.due && view.now().saturating_sub(since) < OVERDUE_AFTER)
}

fn preview_has_slot(view: &View) -> Result<bool, Box<ContractError>> {
    let slots = fill_list::preview(
        view.config,
        view.book,
        view.total_shares,
        view.validators()?,
        view.now(),
    )?;
    Ok(!slots.is_empty())
}
