//! Whether a posted table agrees with what the chain tells every contract, and how much of a change is
//! believed. A table that disagrees is refused with the fact that it broke.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::sort_by;
use defenders_allocation::Gather;
use defenders_types::{PostedPower, DAY};

use crate::error::ContractError;
use crate::state::attested::{AttestedPast, AttestedRow, AttestedTable};

/// What posted numbers may be wrong by: validators in the wrong order, and the sum.
const TOLERANCE: Decimal = Decimal::permille(5);
/// Most that e_i changes from one table to the next.
const MOST_AT_ONCE: Decimal = Decimal::percent(5);
/// Most that e_i changes over `WINDOW`.
const MOST_IN_WINDOW: Decimal = Decimal::percent(20);
/// Seconds.
const WINDOW: u64 = 7 * DAY;

/// What the chain tells every contract.
pub struct Facts<'a> {
    /// The bonded validators, most powerful first.
    pub order: &'a [String],
    /// Balance of the bonded pool, tokens.
    pub total_bonded: Uint128,
    /// The vault's delegations, in ascending operator address.
    pub delegations: &'a [(String, Uint128)],
}

/// A table that agrees with the chain.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    /// To be stored.
    pub table: AttestedTable,
    /// To be stored.
    pub past: AttestedPast,
    /// How many changed more than is believed.
    pub bounded: usize,
}

/// Compares a table with the chain, and takes it in.
///
/// # Errors
/// [`ContractError::NamedTwice`], [`ContractError::PostedNotBonded`], [`ContractError::BondedNotPosted`],
/// [`ContractError::PostedBelowOwn`], [`ContractError::PostedSum`], [`ContractError::PostedOrder`].
pub fn accept(
    posted: Vec<PostedPower>,
    facts: &Facts,
    last: &AttestedTable,
    past: &AttestedPast,
    now: u64,
) -> Result<Accepted, Box<ContractError>> {
    let posted = by_address(posted)?;
    ensure_set(&posted, facts.order)?;
    ensure_sum(&posted, facts.total_bonded)?;
    ensure_order(&posted, facts.order)?;

    let dropped = past
        .posted_at
        .iter()
        .take_while(|at| at.saturating_add(WINDOW) < now);
    let mut days = past.posted_at.clone();
    days.drain(..dropped.count());
    let is_new_day = days.last().map_or(true, |at| at.saturating_add(DAY) <= now);
    let mut table = AttestedTable {
        posted_at: now,
        rows: Vec::with_capacity(posted.len()),
    };
    let mut externals = Vec::with_capacity(posted.len());
    let mut bounded: usize = 0;
    for PostedPower { validator, tokens } in posted {
        let delegated = delegated_to(&validator, facts.delegations);
        let raw = tokens.checked_sub(delegated);
        let raw = raw.map_err(|_| ContractError::PostedBelowOwn {
            validator: validator.clone(),
            posted: tokens,
            delegated,
        })?;
        let index = last.index_of(&validator);
        let before = index.and_then(|index| last.rows.get(index));
        let of_days = index.and_then(|index| past.externals.get(index));
        let mut of_days = of_days.cloned().unwrap_or_default();
        let too_many = of_days.len().saturating_sub(days.len());
        of_days.drain(..too_many);
        let external = bound_change(raw, before.map(|row| row.external), &of_days);
        bounded = bounded.saturating_add(usize::from(external != raw));
        if is_new_day {
            of_days.push(external);
        }
        externals.push(of_days);
        table.rows.push(AttestedRow {
            validator,
            tokens,
            external,
        });
    }
    if is_new_day {
        days.push(now);
    }
    Ok(Accepted {
        table,
        past: AttestedPast {
            posted_at: days,
            externals,
        },
        bounded,
    })
}

/// e_i as it is taken: within 5 % of the last one, and within 20 % of what the first tables of the last
/// days said. One that is new, or had nothing, has no bound.
#[must_use]
pub fn bound_change(raw: Uint128, last: Option<Uint128>, of_days: &[Uint128]) -> Uint128 {
    let Some(last) = last.filter(|last| !last.is_zero()) else {
        return raw;
    };
    let mut external = bound_to(raw, last, MOST_AT_ONCE);
    for of_day in of_days {
        external = bound_to(external, *of_day, MOST_IN_WINDOW);
    }
    external
}

fn bound_to(external: Uint128, around: Uint128, most: Decimal) -> Uint128 {
    let step = around.mul_floor(most);
    external.clamp(around.saturating_sub(step), around.saturating_add(step))
}

fn delegated_to(validator: &str, delegations: &[(String, Uint128)]) -> Uint128 {
    let found = delegations.binary_search_by(|(address, _)| address.as_str().cmp(validator));
    let found = found.ok().and_then(|index| delegations.get(index));
    found.map_or(Uint128::zero(), |(_, tokens)| *tokens)
}

/// In ascending operator address, each once.
fn by_address(posted: Vec<PostedPower>) -> Result<Vec<PostedPower>, Box<ContractError>> {
    // a few hundred at most: another sort would be some KB of the contract
    let mut sorted: Vec<PostedPower> = Vec::with_capacity(posted.len());
    for power in posted {
        match sorted.binary_search_by(|known| known.validator.cmp(&power.validator)) {
            Ok(_) => {
                return Err(ContractError::NamedTwice {
                    validator: power.validator,
                }
                .into())
            }
            Err(at) => sorted.insert(at, power),
        }
    }
    Ok(sorted)
}

/// The first difference is named.
fn ensure_set(posted: &[PostedPower], order: &[String]) -> Result<(), Box<ContractError>> {
    let mut bonded: Vec<&String> = order.iter().gather();
    sort_by(&mut bonded, |a, b| a.cmp(b));
    let is_bonded = |p: &&PostedPower| bonded.binary_search(&&p.validator).is_ok();
    if let Some(other) = posted.iter().find(|p| !is_bonded(p)) {
        return Err(ContractError::PostedNotBonded {
            validator: other.validator.clone(),
            posted: posted.len(),
            bonded: bonded.len(),
        }
        .into());
    }
    let missing = bonded.iter().find(|b| tokens_of(posted, b).is_none());
    if let Some(validator) = missing {
        return Err(ContractError::BondedNotPosted {
            validator: (*validator).clone(),
            posted: posted.len(),
            bonded: bonded.len(),
        }
        .into());
    }
    Ok(())
}

fn tokens_of(posted: &[PostedPower], validator: &str) -> Option<Uint128> {
    let found = posted.binary_search_by(|p| p.validator.as_str().cmp(validator));
    let found = found.ok().and_then(|index| posted.get(index));
    found.map(|posted| posted.tokens)
}

fn ensure_sum(posted: &[PostedPower], total_bonded: Uint128) -> Result<(), Box<ContractError>> {
    let mut sum = Uint128::zero();
    for power in posted {
        sum = sum.checked_add(power.tokens)?;
    }
    if sum.abs_diff(total_bonded) <= total_bonded.mul_floor(TOLERANCE) {
        return Ok(());
    }
    Err(ContractError::PostedSum {
        posted: sum,
        bonded: total_bonded,
    }
    .into())
}

/// Nobody may have 0.5 % more than anyone who stands above it. Equal ones stand as the chain has them.
fn ensure_order(posted: &[PostedPower], order: &[String]) -> Result<(), Box<ContractError>> {
    let mut least: Option<(&String, Uint128)> = None;
    for below in order {
        let tokens = tokens_of(posted, below).unwrap_or_default();
        if let Some((above, least)) = least {
            let more = tokens.saturating_sub(least);
            if !more.is_zero() && more >= tokens.mul_floor(TOLERANCE) {
                return Err(ContractError::PostedOrder {
                    above: above.clone(),
                    above_tokens: least,
                    below: below.clone(),
                    below_tokens: tokens,
                }
                .into());
            }
        }
        if least.map_or(true, |(_, least)| tokens < least) {
            least = Some((below, tokens));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
