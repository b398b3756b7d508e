//! Reads the powers, page by page: first the chain's largest validators until a third of the
//! stake is covered, then the listed ones. Nothing is synchronised: an unbooked slash makes a
//! validator's own stake look smaller, which is the safe side.

use cosmwasm_std::{StdError, Uint128};
use defenders_allocation::{compute_top_third_of, Stake};

use super::Call;
use crate::error::ContractError;
use crate::event;
use crate::power::query_power;
use crate::roster::{load_powers, Roster};
use crate::staking;
use crate::state::{
    Holding, Power, PowerSummary, RefreshProgress, TopPower, HOLDINGS, POWERS, POWERS_PER_PAGE,
    POWER_SUMMARY, REFRESH, TIMETABLE, VALIDATORS, VALIDATOR_COUNT,
};

/// What one call has read.
#[derive(Default)]
struct Reading {
    pages: Vec<(u16, Vec<Power>)>,
    read: usize,
    failed: usize,
    last_error: Option<StdError>,
    is_answered: bool,
}

/// Reads the next validators, except `skip`. After the last page the snapshot counts: capacity
/// and fill list follow from it.
///
/// Reads: bonded validators, their powers, balance of the bonded pool. Writes: powers, progress,
/// and at the end summary, book, fill list. Sends: nothing. Emits: `vault/refreshed`.
///
/// # Errors
/// When the chain does not answer: then nothing is written.
pub fn run(call: &mut Call, skip: Option<&str>) -> Result<(), ContractError> {
    let mut progress = match REFRESH.may_load(call.deps.storage)? {
        Some(progress) => progress,
        None => RefreshProgress {
            total_bonded: query_total_bonded(call)?,
            ..RefreshProgress::default()
        },
    };
    let budget = usize::try_from(call.config.bounds.refresh_page).unwrap_or(usize::MAX);
    let mut reading = Reading::default();
    read_top(call, &mut progress, &mut reading, budget)?;
    let is_complete =
        progress.is_top_covered && read_pages(call, &mut progress, &mut reading, budget, skip)?;
    // one validator that cannot be read stops nothing; when none can, the chain does not answer
    if let Some(error) = reading.last_error.filter(|_| !reading.is_answered) {
        return Err(error.into());
    }

    let last = POWER_SUMMARY.may_load(call.deps.storage)?;
    let generation = last.map_or(0, |summary| summary.generation ^ 1);
    for (page, powers) in &reading.pages {
        POWERS.save(call.deps.storage, (generation, *page), powers);
    }
    if is_complete {
        complete(call, &progress, generation)?;
    } else {
        REFRESH.save(call.deps.storage, &progress);
    }
    let capacity = call.book.placement.capacity;
    let (read, failed) = (reading.read, reading.failed);
    call.emit(event::refreshed(read, failed, is_complete, capacity));
    Ok(())
}

fn query_total_bonded(call: &Call) -> Result<Uint128, ContractError> {
    let pool = &call.config.bonded_pool;
    let balance = call.deps.querier.query_balance(pool, &call.config.denom)?;
    Ok(balance.amount)
}

/// Reads down the chain's order until those surely above everything unread hold a third of all
/// stake without the vault's own. One that cannot be read counts for nothing, so that rather more
/// are read than fewer.
fn read_top(
    call: &Call,
    progress: &mut RefreshProgress,
    reading: &mut Reading,
    budget: usize,
) -> Result<(), ContractError> {
    if progress.is_top_covered {
        return Ok(());
    }
    let order = staking::query_bonded_validators(&call.deps.querier)?;
    for validator in order {
        if progress.top.iter().any(|top| top.validator == validator) {
            continue;
        }
        if is_third_covered(progress)? {
            break;
        }
        if reading.read == budget {
            return Ok(());
        }
        reading.read = reading.read.saturating_add(1);
        let held = HOLDINGS.may_load(call.deps.storage, &validator)?;
        let held = held.unwrap_or_default().delegated;
        let power = query_power(&call.deps.querier, call.config.power_source, &validator);
        let (tokens, external) = match power {
            Ok(power) => {
                reading.is_answered = true;
                (power.tokens, power.tokens.saturating_sub(held))
            }
            Err(error) => {
                reading.failed = reading.failed.saturating_add(1);
                reading.last_error = Some(error);
                let above = progress.top.last().map(|top| top.tokens);
                (above.unwrap_or(progress.total_bonded), Uint128::zero())
            }
        };
        progress.top.push(TopPower {
            validator,
            tokens,
            external,
        });
    }
    progress.is_top_covered = true;
    Ok(())
}

/// Whatever is unread has at most the last one's tokens; those that tie with it may too, so they do
/// not count yet. Measured against all bonded stake, so rather a validator too many is read than
/// one too few.
fn is_third_covered(progress: &RefreshProgress) -> Result<bool, ContractError> {
    let Some(last) = progress.top.last() else {
        return Ok(false);
    };
    let mut sum = Uint128::zero();
    for top in &progress.top {
        if top.external > last.tokens {
            sum = sum.checked_add(top.external)?;
        }
    }
    Ok(sum.full_mul(3u128) >= progress.total_bonded.into())
}

/// Reads whole pages of listed validators while the budget lasts, one at least when the top
/// took nothing. Gives whether that was the last.
fn read_pages(
    call: &Call,
    progress: &mut RefreshProgress,
    reading: &mut Reading,
    budget: usize,
    skip: Option<&str>,
) -> Result<bool, ContractError> {
    let count = VALIDATOR_COUNT.load(call.deps.storage)?;
    let mut left = budget.saturating_sub(reading.read);
    while u32::from(progress.next_page).saturating_mul(u32::from(POWERS_PER_PAGE)) < count {
        let page_size = usize::from(POWERS_PER_PAGE);
        if left < page_size {
            return Ok(false);
        }
        left = left.saturating_sub(page_size);
        let page = read_page(call, progress.next_page, reading, skip)?;
        reading.pages.push((progress.next_page, page));
        progress.next_page = progress.next_page.saturating_add(1);
    }
    Ok(true)
}

/// Reads the validators of one page. Those that cannot be read are not eligible.
fn read_page(
    call: &Call,
    page: u16,
    reading: &mut Reading,
    skip: Option<&str>,
) -> Result<Vec<Power>, ContractError> {
    let first = page.saturating_mul(POWERS_PER_PAGE);
    let mut powers = vec![Power::default(); usize::from(POWERS_PER_PAGE)];
    let indices = first..first.saturating_add(POWERS_PER_PAGE);
    for row in VALIDATORS.range(call.deps.storage, indices) {
        let (index, validator) = row?;
        let Some(power) = powers.get_mut(usize::from(index.saturating_sub(first))) else {
            break;
        };
        let holding = HOLDINGS.load(call.deps.storage, &validator)?;
        let is_empty = holding.draining_since.is_some() && holding.delegated.is_zero();
        if is_empty || skip == Some(validator.as_str()) {
            continue;
        }
        reading.read = reading.read.saturating_add(1);
        match read_one(call, &validator, &holding) {
            Ok(read) => {
                reading.is_answered = true;
                *power = read;
            }
            Err(error) => {
                reading.failed = reading.failed.saturating_add(1);
                // a validator that left the chain is no failure of the chain
                reading.is_answered |=
                    !staking::query_is_validator(&call.deps.querier, &validator)?;
                reading.last_error = Some(error);
            }
        }
    }
    Ok(powers)
}

fn read_one(call: &Call, validator: &str, holding: &Holding) -> Result<Power, StdError> {
    let power = query_power(&call.deps.querier, call.config.power_source, validator)?;
    Ok(Power {
        tokens: power.tokens,
        external: power.tokens.saturating_sub(holding.delegated),
        is_read: true,
        is_bonded: power.is_bonded,
        is_jailed: power.is_jailed,
        is_commission_high: power.commission_rate > call.config.policy.max_commission_rate,
    })
}

fn complete(
    call: &mut Call,
    progress: &RefreshProgress,
    generation: u8,
) -> Result<(), ContractError> {
    let now = call.now();
    REFRESH.remove(call.deps.storage);
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.refresh_at = now.saturating_add(call.config.bounds.refresh_period);
    TIMETABLE.save(call.deps.storage, &timetable);

    let powers = load_powers(call.deps.storage, generation)?;
    let roster = Roster::with_powers(call.deps.storage, &powers)?;
    let external_bonded = progress
        .total_bonded
        .saturating_sub(roster.bonded_at_bonded()?);
    let summary = PowerSummary {
        total_bonded: progress.total_bonded,
        external_bonded,
        refreshed_at: now,
        top_third: top_third_listed(&roster, progress, external_bonded),
        generation,
    };
    POWER_SUMMARY.save(call.deps.storage, &summary);

    call.book.placement.external_bonded = external_bonded;
    call.reconsider(&roster.judged_by(summary))
}

/// In ascending operator address.
fn top_third_listed(
    roster: &Roster,
    progress: &RefreshProgress,
    external_bonded: Uint128,
) -> Vec<String> {
    let stakes: Vec<Stake<'_>> = progress
        .top
        .iter()
        .map(|top| Stake {
            validator: &top.validator,
            tokens: top.external.u128(),
        })
        .collect();
    let inside = compute_top_third_of(external_bonded.u128(), &stakes);
    let is_inside = |validator: &String| {
        let mut largest = progress.top.iter().zip(&inside);
        largest.any(|(top, is_inside)| *is_inside && top.validator == *validator)
    };
    let listed = roster.members.iter().map(|member| &member.validator);
    listed
        .filter(|validator| is_inside(validator))
        .cloned()
        .collect()
}
