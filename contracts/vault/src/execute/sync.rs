//! Compares the book with the chain's delegations: losses are booked, gains adopted.

use cosmwasm_std::{Storage, Uint128};
use defenders_types::Job;

use super::{tick, Call};
use crate::error::ContractError;
use crate::event;
use crate::placement;
use crate::registry::Registry;
use crate::roster::Roster;
use crate::staking;
use crate::state::{Holding, HOLDINGS};

/// Synchronises, as a job: the fill list is built anew when something changed.
///
/// Reads: all delegations, holdings. Writes: book, holdings that changed, fill list.
/// Sends: nothing. Emits: `vault/synced`.
///
/// # Errors
/// When the chain does not answer or storage is damaged.
pub fn run(call: &mut Call) -> Result<(), ContractError> {
    if synchronise(call, None)? {
        let roster = Roster::load(call.deps.storage)?;
        call.rebuild_rooms(&roster)?;
    }
    Ok(())
}

/// Synchronises on the way of a job, which waits when the chain does not answer. Gives all
/// validators as they are then: `roster`, when it holds still.
///
/// # Errors
/// When storage is damaged.
pub fn synchronise_or_wait(
    call: &mut Call,
    job: Job,
    roster: Option<Roster>,
) -> Result<Option<Roster>, ContractError> {
    let mut is_changed = false;
    let is_read = tick::try_read(call, job, |call| {
        is_changed = synchronise(call, roster.as_ref())?;
        Ok(())
    })?;
    if !is_read {
        return Ok(None);
    }
    match roster.filter(|_| !is_changed) {
        Some(roster) => Ok(Some(roster)),
        None => Roster::load(call.deps.storage).map(Some),
    }
}

/// Synchronises on the way of another call, with the holdings of a `roster` read in the same state
/// if there is one. Gives whether anything changed; then the fill list is empty.
///
/// # Errors
/// When the chain does not answer or storage is damaged.
pub fn synchronise(call: &mut Call, roster: Option<&Roster>) -> Result<bool, ContractError> {
    let delegations = staking::query_delegations(call.deps.as_ref(), &call.env.contract.address)?;
    let holdings: Vec<(String, Holding)> = match roster.filter(|roster| roster.is_whole) {
        Some(roster) => roster
            .members
            .iter()
            .map(|member| (member.validator.clone(), member.holding.clone()))
            .collect(),
        None => HOLDINGS
            .range(call.deps.storage, ..)
            .collect::<Result<_, _>>()?,
    };

    let now = call.now();
    let mut lost = Uint128::zero();
    let mut gained = Uint128::zero();
    // both stand in ascending operator address
    let mut on_chain = delegations.into_iter().peekable();
    let mut unknown = vec![];
    for (validator, mut holding) in holdings {
        while let Some(before) = on_chain.next_if(|(other, _)| *other < validator) {
            unknown.push(before);
        }
        let same = on_chain.next_if(|(other, _)| *other == validator);
        let tokens = same.map_or(Uint128::zero(), |(_, tokens)| tokens);
        if tokens == holding.delegated {
            continue;
        }
        lost = lost.checked_add(holding.delegated.saturating_sub(tokens))?;
        gained = gained.checked_add(tokens.saturating_sub(holding.delegated))?;
        holding.delegated = tokens;
        holding.keeps_unit = false;
        HOLDINGS.save(call.deps.storage, &validator, &holding);
    }
    unknown.extend(on_chain);
    gained = gained.checked_add(adopt(call.deps.storage, unknown, now)?)?;

    call.book.money.book_gain(gained)?;
    call.book.money.book_loss(now, lost)?;
    call.book.synced_at = now;
    let is_changed = !(lost.is_zero() && gained.is_zero());
    if is_changed {
        placement::clear(&mut call.book);
    }
    let bonded = call.book.money.bonded;
    call.emit(event::synced(lost, gained, bonded));
    Ok(is_changed)
}

/// Stake at validators that were never listed: it counts, and it leaves. Gives its sum.
fn adopt(
    storage: &mut dyn Storage,
    unknown: Vec<(String, Uint128)>,
    now: u64,
) -> Result<Uint128, ContractError> {
    let mut sum = Uint128::zero();
    if unknown.is_empty() {
        return Ok(sum);
    }
    let mut registry = Registry::load(storage)?;
    for (validator, tokens) in unknown {
        let holding = Holding {
            delegated: tokens,
            index: registry.enter(storage, &validator)?,
            draining_since: Some(now),
            ..Holding::default()
        };
        HOLDINGS.save(storage, &validator, &holding);
        sum = sum.checked_add(tokens)?;
    }
    Ok(sum)
}
