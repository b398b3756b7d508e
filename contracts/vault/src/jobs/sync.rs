//! Compares the book with the chain's delegations: losses are booked, gains adopted.

use cosmwasm_std::Uint128;
use defenders_types::{Job, JobState};

use super::due;
use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::state::{Holding, HOLDINGS};
use crate::validators::marks::{self, Sight};
use crate::validators::registry::Registry;

/// Never due, always allowed.
#[must_use]
pub fn due() -> JobState {
    due::later(Job::Sync, None, "never due, always allowed")
}

/// Synchronises, as a job: the fill list is built anew when something changed.
///
/// Reads: all delegations by try_read, holdings; powers when something changed, and the tokens per share
/// of who lost something while entries are on their way from it. Writes: book, holdings that changed,
/// fill list, watches, and rows of validators found for the first time. Sends: nothing. Emits:
/// `vault/marked`, `vault/synced`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call) -> Result<(), ContractError> {
    match call.try_read(Job::Sync, synchronise)? {
        Some(Difference::Booked) => call.rebuild_fill_list(),
        Some(Difference::Nothing) | None => Ok(()),
    }
}

/// Whether book and chain differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// They did not.
    Nothing,
    /// They did: the book has changed, and the fill list is outdated.
    Booked,
}

/// Synchronises, as a job or on the way of another call.
///
/// # Errors
/// When the chain does not answer or storage is damaged.
pub fn synchronise(call: &mut Call) -> Result<Difference, ContractError> {
    let delegations = staking::query_delegations(call.deps.as_ref(), &call.env.contract.address)?;
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
fn see_slashed(call: &mut Call, slashed: Vec<String>) -> Result<(), ContractError> {
    let source = call.config.power_source;
    // who cannot be read keeps its marks
    let sights: Vec<Sight> = slashed
        .iter()
        .filter_map(|validator| marks::query_sight(&call.deps.querier, source, validator))
        .collect();
    call.see(&sights)
}

/// Every holding, also those of which nothing is left.
fn load_holdings(call: &Call) -> Result<Vec<(String, Holding)>, ContractError> {
    if let Some(validators) = call.validators_read() {
        let members = validators.members.iter();
        let holdings = members.map(|member| (member.address.clone(), member.holding.clone()));
        return Ok(holdings.collect());
    }
    let rows = HOLDINGS.all(call.deps.storage);
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stake at validators that were never listed: it counts, and it leaves. Gives its sum.
fn adopt(call: &mut Call, unknown: Vec<(String, Uint128)>) -> Result<Uint128, ContractError> {
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
