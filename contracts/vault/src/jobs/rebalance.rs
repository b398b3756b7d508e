//! Empties drained validators by undelegation; what arrives is delegated again.

use cosmwasm_std::Uint128;
use defenders_types::{Job, JobState};

use super::{due, sync};
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::messages::undelegate;
use crate::state::Holding;
use crate::validators::skip::Skip;

/// Due when a drained validator holds stake, and has a free entry.
///
/// # Errors
/// When storage is damaged.
pub fn due(view: &View) -> Result<JobState, ContractError> {
    let job = Job::Rebalance;
    let members = view.validators()?.members.iter();
    let leaving = members.filter_map(|member| {
        let since = member.holding.draining_since?;
        can_leave(&member.holding, view.now())
            .then_some(since.max(member.holding.available_since()))
    });
    Ok(match leaving.min() {
        Some(since) => due::now(job, Some(since), "drained validators still hold stake"),
        None => due::later(job, None, "no drained validator can be emptied now"),
    })
}

/// Undelegates all stake of a few drained validators, except `skip`. It stays in the price:
/// restaking counts, at its marks, until it has arrived.
///
/// Reads: all delegations by try_read, holdings, powers. Writes: book, holdings, fill list, and what a
/// sync writes. Sends: undelegations. Emits: `vault/synced` or `vault/book_doubted`; the replies `vault/undelegated` or
/// `vault/refused`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call, skip: &Skip) -> Result<(), ContractError> {
    // asking for more than a slashed delegation holds would be refused
    if !sync::synchronise_for(call, Job::Rebalance)? {
        return Ok(());
    }
    let now = call.now();
    let most = usize::try_from(call.config.parameters.max_messages_per_piece).unwrap_or(usize::MAX);
    let members = call.validators()?.members.iter();
    let leaving = members.filter(|member| {
        can_leave(&member.holding, now) && !skip.passes(&member.address, member.holding.power_row)
    });
    let leaving: Vec<(String, Holding)> = leaving
        .take(most)
        .map(|member| (member.address.clone(), member.holding.clone()))
        .collect();
    for (validator, holding) in leaving {
        let tokens: Uint128 = holding.removable();
        undelegate::send_for_restake(call, validator, holding, tokens)?;
    }
    call.rebuild_fill_list()
}

fn can_leave(holding: &Holding, now: u64) -> bool {
    holding.draining_since.is_some()
        && !holding.removable().is_zero()
        && holding.has_entry_for_leaving()
        && !holding.is_refusing(now)
}
