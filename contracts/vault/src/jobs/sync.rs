//! Compares the book with the chain's delegations: losses are booked, gains adopted.

use cosmwasm_std::Uint128;
use defenders_allocation::Gather;
use defenders_types::{Job, JobState};

use super::due;
use crate::call::{Call, View};
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::state::{Doubt, Holding, HOLDINGS};
use crate::validators::marks;
use crate::validators::registry::Registry;

/// Why jobs wait that go by the book.
pub const IN_DOUBT: &str = "the book is in doubt until a sync reads the delegations a second time";

/// Due in the block after a reading in doubt, and when the book is old. By its name it is always allowed.
#[must_use]
pub fn due(view: &View) -> JobState {
    let job = Job::Sync;
    if let Some(doubt) = view.book.doubt {
        let (shown, bonded) = (doubt.shown, view.book.money.bonded);
        let reason = format!("the chain showed {shown} of {bonded} delegated tokens");
        return if view.env.block.height > doubt.height {
            due::now(job, Some(doubt.since), &reason)
        } else {
            due::later(job, None, &format!("{reason}, a later block tells"))
        };
    }
    due::scheduled(job, view.now(), old_at(view), false)
}

/// Whether the book was last compared with the chain too long ago.
#[must_use]
pub fn is_book_old(view: &View) -> bool {
    view.now() >= old_at(view)
}

/// Seconds.
fn old_at(view: &View) -> u64 {
    let age = view.config.parameters.book_max_age.saturating_add(1);
    view.book.synced_at.saturating_add(age)
}

/// Synchronises, as a job: the fill list is built anew when something changed.
///
/// Reads: all delegations by try_read, holdings; powers when something changed, and the tokens per share
/// of who lost something while entries are on their way from it. Writes: book, holdings that changed,
/// fill list, watches, and rows of validators found for the first time; of a reading in doubt only the
/// book. Sends: nothing. Emits: `vault/marked`, `vault/synced`, or `vault/book_doubted`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call) -> Result<(), Box<ContractError>> {
    match call.try_read(Job::Sync, synchronise)? {
        Some(Difference::Booked) => call.rebuild_fill_list(),
        Some(Difference::Nothing | Difference::InDoubt) | None => Ok(()),
    }
}

/// Synchronises as the beginning of a job that goes by the book. Gives whether that job may go on: the
/// chain has answered, and the answer is not in doubt.
///
/// # Errors
/// When storage is damaged.
pub fn synchronise_for(call: &mut Call, job: Job) -> Result<bool, Box<ContractError>> {
    let difference = call.try_read(job, synchronise)?;
    Ok(difference.is_some_and(|difference| difference != Difference::InDoubt))
}

/// Whether book and chain differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// They did not.
    Nothing,
    /// They did: the book has changed, and the fill list is outdated.
    Booked,
    /// So much that a later block must show it again: nothing is booked.
    InDoubt,
}

/// Synchronises, as a job or on the way of another call.
///
/// # Errors
/// When the chain does not answer or storage is damaged.
pub fn synchronise(call: &mut Call) -> Result<Difference, Box<ContractError>> {
    let delegations = staking::query_delegations(call.deps.as_ref(), &call.env.contract.address)?;
    if is_in_doubt(call, &delegations)? {
        return Ok(Difference::InDoubt);
    }
    let holdings = load_holdings(call)?;

    let now = call.now();
    let mut lost = Uint128::zero();
    let mut gained = Uint128::zero();
    // both stand in ascending operator address
    let mut on_chain = delegations.into_iter().peekable();
    let mut unknown = vec![];
    let mut slashed = vec![];
    for (validator, mut holding) in holdings {
        while let Some(before) = on_chain.next_if(|(other, _)| *other < validator) {
            unknown.push(before);
        }
        let same = on_chain.next_if(|(other, _)| *other == validator);
        let tokens = same.map_or(Uint128::zero(), |(_, tokens)| tokens);
        if tokens == holding.delegated {
            continue;
        }
        let loss = holding.delegated.saturating_sub(tokens);
        if holding.unbonding_entries > 0 && !loss.is_zero() {
            slashed.push(validator.clone());
        }
        lost = lost.checked_add(loss)?;
        gained = gained.checked_add(tokens.saturating_sub(holding.delegated))?;
        holding.delegated = tokens;
        holding.leave_one_unit = false;
        call.save_holding(&validator, holding);
    }
    unknown.extend(on_chain);
    see_slashed(call, slashed)?;
    gained = gained.checked_add(adopt(call, unknown)?)?;

    call.book.money.book_gain(gained)?;
    call.book.money.book_loss(now, lost)?;
    call.book.synced_at = now;
    let bonded = call.book.money.bonded;
    call.emit(event::synced(lost, gained, bonded));
    Ok(if lost.is_zero() && gained.is_zero() {
        Difference::Nothing
    } else {
        Difference::Booked
    })
}

/// What was lost on a delegation is probably lost on the entries from there too.
fn see_slashed(call: &mut Call, slashed: Vec<String>) -> Result<(), Box<ContractError>> {
    let sights = marks::query_sights(&call.deps.querier, &call.config.power_source, &slashed);
    call.see(&sights)?;
    Ok(())
}

/// A reading of half of what the book has bonded, or less, may be the fault of whoever answers: an empty
/// answer would burn a batch's shares for nothing. It is remembered, and believed when a later block
/// shows the same. Any other low reading begins a new doubt, and a higher one ends it.
fn is_in_doubt(
    call: &mut Call,
    delegations: &[(String, Uint128)],
) -> Result<bool, Box<ContractError>> {
    let mut shown = Uint128::zero();
    for (_, tokens) in delegations {
        shown = shown.checked_add(*tokens)?;
    }
    let bonded = call.book.money.bonded;
    let block = &call.env.block;
    let is_low = !bonded.is_zero() && bonded.saturating_sub(shown) >= shown;
    let last = call.book.doubt.take();
    if !is_low || last.is_some_and(|d| d.height < block.height && d.is_confirmed_by(shown)) {
        return Ok(false);
    }
    let same_block = last.filter(|doubt| doubt.height == block.height);
    call.book.doubt = same_block.or(Some(Doubt {
        height: block.height,
        since: block.time.seconds(),
        shown,
    }));
    call.emit(event::book_doubted(bonded, shown));
    Ok(true)
}

/// Every holding, also those of which nothing is left.
fn load_holdings(call: &Call) -> Result<Vec<(String, Holding)>, Box<ContractError>> {
    if let Some(validators) = call.validators_read() {
        let members = validators.members.iter();
        let holdings = members.map(|member| (member.address.clone(), member.holding.clone()));
        return Ok(holdings.gather());
    }
    let rows = HOLDINGS.all(call.deps.storage);
    Ok(rows.gather_ok()?)
}

/// Stake at validators that were never listed: it counts, and it leaves. Gives its sum.
fn adopt(call: &mut Call, unknown: Vec<(String, Uint128)>) -> Result<Uint128, Box<ContractError>> {
    let mut sum = Uint128::zero();
    if unknown.is_empty() {
        return Ok(sum);
    }
    let mut registry = Registry::load(call.deps.storage)?;
    for (validator, tokens) in unknown {
        let holding = Holding {
            delegated: tokens,
            power_row: registry.enter(call.deps.storage, &validator)?,
            draining_since: Some(call.now()),
            ..Holding::default()
        };
        call.save_holding(&validator, holding);
        sum = sum.checked_add(tokens)?;
    }
    Ok(sum)
}
