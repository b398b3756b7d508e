//! Books unbonding entries that the chain has paid.

mod groups;
mod plan;

use defenders_types::{Job, JobState};

use super::due;
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::event;
use crate::state::unbonding;
use plan::{plan_settlement, Limit, NewGroup, SettlePlan};

/// Most entries that one `tick` settles.
pub const ENTRIES_PER_TICK: usize = 50;
/// Most entries that a deposit, request, cancel or claim settles on the way.
pub const ENTRIES_PER_CALL: usize = 20;

/// Due when an entry can be settled, or when this block still has to be recorded.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn due(view: &View) -> Result<JobState, Box<ContractError>> {
    let job = Job::Settle;
    let plan = plan_settlement(view, Default::default(), Limit::PerCall(ENTRIES_PER_TICK))?;
    let due_at = due::seconds_floor(view.book.next_settle_nanos);
    Ok(match plan {
        SettlePlan::Nothing | SettlePlan::TooMany => {
            let next = due_at.filter(|at| *at > view.now());
            due::later(job, next, "no entry is past its completion time")
        }
        SettlePlan::Wait { tokens, surplus } => {
            let reason = format!("{surplus} of {tokens} tokens are here, the next block tells");
            if view.book.recorded.is_recorded(view.env.block.height) {
                due::later(job, None, &reason)
            } else {
                due::now(job, due_at, &reason)
            }
        }
        SettlePlan::Cleanup(entries) => {
            let reason = format!("{} settled entries are paid by now", entries.len());
            due::now(job, due_at, &reason)
        }
        SettlePlan::Fixed { entries, .. } | SettlePlan::New(NewGroup { entries, .. }) => {
            let reason = format!("{} entries can be settled", entries.len());
            due::now(job, due_at, &reason)
        }
    })
}

/// Whether all that settling can do is to record the block, as every call does.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn can_only_wait(view: &View) -> Result<bool, Box<ContractError>> {
    let plan = plan_settlement(view, Default::default(), Limit::PerCall(ENTRIES_PER_TICK))?;
    Ok(matches!(plan, SettlePlan::Wait { .. }))
}

/// Settles what a `tick` may.
///
/// Reads: ledger, fixed groups, watches, own balance; of the ledger all that is due; tokens per share of
/// the validators of a group that is short. Writes: book, ledger,
/// fixed groups, batches, holdings, watches. Sends: nothing.
/// Emits: `vault/marked`, `vault/restaked`, `vault/settled`, `vault/settlement_waited`, `vault/settlement_fixed`,
/// `vault/batch_claimable`.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn run(call: &mut Call) -> Result<(), Box<ContractError>> {
    settle(call, Limit::PerCall(ENTRIES_PER_TICK))
}

/// Settles on the way of another call: small groups only.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn settle_small(call: &mut Call) -> Result<(), Box<ContractError>> {
    settle(call, Limit::PerGroup(ENTRIES_PER_CALL))
}

fn settle(call: &mut Call, limit: Limit) -> Result<(), Box<ContractError>> {
    let mut plan = plan_settlement(&call.view(), call.tokens_received(), limit)?;
    if let SettlePlan::New(group) = &plan {
        if group.arrived < group.worth.face {
            // nobody may have read the loss yet, and the marks decide on whom it falls
            let (face, arrived) = (group.worth.face, group.arrived);
            if !groups::see_validators(call, &group.entries)? {
                call.emit(event::settlement_waited(face, arrived));
                return Ok(());
            }
            plan = plan_settlement(&call.view(), call.tokens_received(), limit)?;
        }
    }
    match plan {
        SettlePlan::Nothing | SettlePlan::TooMany => return Ok(()),
        SettlePlan::Wait { tokens, surplus } => {
            call.emit(event::settlement_waited(tokens, surplus));
            return Ok(());
        }
        SettlePlan::Cleanup(entries) => groups::free_paid_entries(call, &entries)?,
        SettlePlan::Fixed {
            until_nanos,
            group,
            entries,
            is_last,
        } => groups::settle_fixed(call, until_nanos, group, &entries, is_last)?,
        SettlePlan::New(group) => groups::settle_new(call, group, limit.entries())?,
    }
    call.book.next_settle_nanos = unbonding::next_settle_nanos(call.deps.storage)?;
    Ok(())
}
