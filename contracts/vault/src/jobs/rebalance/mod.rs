//! Moves stake from where it is toward where the rule wants it: first what leaves, then what is above a
//! cap, then what its operator does not want, then what evens the chain.

pub mod plan;
mod recheck;

use defenders_allocation::Gather;
use defenders_types::{Job, JobState};

use super::{due, sync};
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::event;
use crate::messages::redelegate::{self, Redelegation};
use crate::messages::undelegate;
use crate::moves::PlannedMove;
use crate::state::timetable::MOVES_COOLDOWN;
use crate::state::{Timetable, TIMETABLE};
use crate::validators::skip::Skip;

/// Due when the last plan had a move that was not made, an hour after the last moves.
#[must_use]
pub fn due(view: &View, timetable: &Timetable) -> JobState {
    let job = Job::Rebalance;
    let Some(since) = timetable.rebalance_at else {
        return due::later(job, None, "nothing is to be moved by the last plan");
    };
    let at = since.max(timetable.next_moves_at());
    if at > view.now() {
        let reason = "an hour lies between two calls that move stake";
        return due::later(job, Some(at), reason);
    }
    due::now(job, Some(since), "stake is to be moved by the last plan")
}

/// Makes the plan anew, and sends its first moves whose validators are still fit for them, `skip` left
/// out. Stake that is undelegated stays in the price: restaking counts, at its marks, until it has arrived.
///
/// Reads: all delegations by try_read, holdings, powers, terms, turnover, redelegations under way, and
/// once more the powers of both ends of each move. Writes: book, holdings, turnover, timetable, fill list,
/// and what a sync writes. Sends: redelegations and undelegations. Emits: `vault/synced` or
/// `vault/book_doubted`, `vault/rebalanced` or `vault/rebalance_refused`; the replies
/// `vault/redelegated`, `vault/undelegated`, `vault/refused`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call, skip: &Skip) -> Result<(), Box<ContractError>> {
    // asking for more than a slashed delegation holds would be refused
    if !sync::synchronise_for(call, Job::Rebalance)? {
        return Ok(());
    }
    let plan = plan::compute(&call.view(), skip)?;
    let fit = recheck::find_fit(&call.view(), &plan)?;
    let moves: Vec<PlannedMove> = plan.moves.iter().zip(fit).filter_map(keep_fit).gather();
    let dropped = plan.moves.len().saturating_sub(moves.len());

    for planned in &moves {
        send(call, planned)?;
    }
    let now = call.now();
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    if !moves.is_empty() {
        timetable.rebalanced_at = now;
    }
    let is_more = plan.has_more || *skip != Skip::Nobody;
    // whoever had to pass a validator, and moved others, need not wait another day to do so again
    if *skip == Skip::Nobody || moves.is_empty() {
        timetable.rebalance_at = is_more.then(|| now.saturating_add(MOVES_COOLDOWN));
    }
    TIMETABLE.save(call.deps.storage, &timetable);
    call.rebuild_fill_list()?;
    match plan::describe_refusal(&call.view(), &plan)? {
        Some(reason) => call.emit(event::rebalance_refused(&reason)),
        None => call.emit(event::rebalanced(moves.len(), dropped, is_more)),
    }
    call.plan = Some(plan);
    Ok(())
}

fn keep_fit((planned, is_fit): (&PlannedMove, bool)) -> Option<PlannedMove> {
    is_fit.then(|| planned.clone())
}

fn send(call: &mut Call, planned: &PlannedMove) -> Result<(), Box<ContractError>> {
    let PlannedMove {
        source,
        destination,
        tokens,
        reason,
    } = planned.clone();
    match destination {
        Some(destination) => redelegate::send(
            call,
            &Redelegation {
                source,
                destination,
                tokens,
                reason,
            },
        ),
        None => {
            let holding = call.holding(&source)?;
            undelegate::send_for_restake(call, source, holding, tokens, reason)
        }
    }
}

/// After a refresh, or when the owner or an operator has changed something: the job is due when a plan has
/// a move.
///
/// # Errors
/// When storage is damaged.
pub fn schedule(call: &mut Call) -> Result<(), Box<ContractError>> {
    let plan = plan::compute(&call.view(), &Skip::Nobody)?;
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    let at = timetable.next_moves_at().max(call.now());
    // how long it has been due says whether a validator may be passed
    let at = timetable.rebalance_at.map_or(at, |was| was.min(at));
    timetable.rebalance_at = (!plan.moves.is_empty()).then_some(at);
    TIMETABLE.save(call.deps.storage, &timetable);
    Ok(())
}
