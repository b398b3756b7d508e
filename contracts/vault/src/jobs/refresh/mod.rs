//! Reads the powers, page by page: first the chain's largest validators until a third of the
//! stake is covered, then the listed ones. Nothing is synchronised: an unbooked slash makes a
//! validator's own stake look smaller, which is the safe side.

mod reading;

use cosmwasm_std::Uint128;
use defenders_allocation::Gather;
use defenders_allocation::{compute_top_third_with_margins, sort_by, BondStatus, Stake, TopThird};
use defenders_types::{Job, JobState};

use super::{due, rebalance};
use crate::call::{Call, View};
use crate::chain::{bank, staking, wasm};
use crate::error::ContractError;
use crate::event;
use crate::state::not_bonded::note_bonded;
use crate::state::powers::load_powers;
use crate::state::standings::Standings;
use crate::state::{
    PowerSummary, RefreshProgress, Timetable, POWERS, POWER_SUMMARY, REFRESH, SUSPICION, TIMETABLE,
    VALIDATOR_BY_POWER_ROW,
};
use crate::validators::power_reader::PowerReader;
use crate::validators::Validators;
use reading::{query_is_source_answering, read_pages, read_top, Reading};

/// Due when its period is over, or validators were listed.
#[must_use]
pub fn due(view: &View, timetable: &Timetable) -> JobState {
    due::scheduled(Job::Refresh, view.now(), timetable.refresh_at, false)
}

/// Notes who is bonded when it begins, reads the next validators, and marks the entries of those that lost
/// something. After the last page the snapshot counts: capacity and fill list follow from it, and whether
/// stake is to be moved.
///
/// Reads: bonded validators, their powers, balance of the bonded pool, all by try_read; holdings and
/// rows. Writes: who is not bonded, watches, powers, progress, and at the end summary, standings,
/// timetable, book, fill list. Sends: nothing.
/// Emits: `vault/marked` each, `vault/snapshot_suspected`, `vault/refreshed`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call) -> Result<(), Box<ContractError>> {
    let progress = REFRESH.may_load(call.deps.storage)?;
    let mut order = vec![];
    if progress.as_ref().map_or(true, |last| !last.is_top_covered) {
        let answer = call.try_read(Job::Refresh, |call| {
            Ok(staking::query_bonded_validators(&call.deps.querier)?)
        })?;
        let Some(answer) = answer else {
            return Ok(());
        };
        order = answer;
    }
    if progress.is_none() {
        // also while powers cannot be read: who is out of the set for long must still leave
        note_who_is_bonded(call, &order)?;
    }
    let answered = call.try_read(Job::Refresh, |call| read_next(call, progress, &order))?;
    if answered.is_none() && call.view().are_powers_stale()? {
        rebalance::schedule(call)?;
    }
    Ok(())
}

fn note_who_is_bonded(call: &mut Call, order: &[String]) -> Result<(), Box<ContractError>> {
    let mut bonded: Vec<&String> = order.iter().gather();
    sort_by(&mut bonded, |a, b| a.cmp(b));
    let mut seen = vec![];
    for row in VALIDATOR_BY_POWER_ROW.all(call.deps.storage) {
        let (power_row, validator) = row?;
        seen.push((power_row, bonded.binary_search(&&validator).is_ok()));
    }
    let now = call.now();
    note_bonded(call.deps.storage, seen, now)?;
    Ok(())
}

/// Writes nothing before the last answer of the chain.
fn read_next(
    call: &mut Call,
    progress: Option<RefreshProgress>,
    order: &[String],
) -> Result<(), Box<ContractError>> {
    let mut progress = match progress {
        Some(progress) => progress,
        None => RefreshProgress {
            total_bonded: query_total_bonded(call)?,
            marks_as_of: Some(call.now()),
            ..RefreshProgress::default()
        },
    };
    let budget = usize::try_from(call.config.parameters.refresh_page).unwrap_or(usize::MAX);
    let mut reading = Reading::default();
    let reader = PowerReader::open(call.deps.as_ref(), &call.config)?;
    read_top(call, &reader, order, &mut progress, &mut reading, budget)?;
    let is_complete =
        progress.is_top_covered && read_pages(call, &reader, &mut progress, &mut reading, budget)?;
    let as_of = reader.as_of(call.now());
    // validators that cannot be read stop nothing; when nobody can, the chain does not answer
    if let Some(error) = reading.last_error.filter(|_| !reading.is_answered) {
        if !query_is_source_answering(call, &reader)? {
            return Err(error.into());
        }
    }

    let is_own_admin = is_complete && is_own_admin(call);

    call.record_rate()?;
    let is_believed = call.see(&reading.sights)?;
    if reading.is_mark_missing || !is_believed {
        progress.marks_as_of = None;
    }
    let last = POWER_SUMMARY.may_load(call.deps.storage)?;
    let (snapshot, marks_as_of) = last.map_or((0, 0), |last| (last.snapshot ^ 1, last.marks_as_of));
    for (page, powers) in &reading.pages {
        POWERS.save(call.deps.storage, (snapshot, *page), powers);
    }
    if is_complete {
        call.book.is_own_admin = is_own_admin;
        let marks_as_of = progress.marks_as_of.unwrap_or(marks_as_of);
        complete(call, &progress, snapshot, (as_of, marks_as_of))?;
    } else {
        REFRESH.save(call.deps.storage, &progress);
    }
    let capacity = call.book.deposits.capacity;
    let (read, failed) = (reading.read, reading.failed);
    call.emit(event::refreshed(read, failed, is_complete, capacity));
    Ok(())
}

/// A chain that does not say who may replace the code is taken at its worst.
fn is_own_admin(call: &Call) -> bool {
    let vault = &call.env.contract.address;
    [vault, &call.config.reward_pot]
        .into_iter()
        .all(|contract| {
            let admin = wasm::query_admin(&call.deps.querier, contract);
            admin.is_ok_and(|admin| admin.is_some_and(|admin| vault.as_str() == admin))
        })
}

fn query_total_bonded(call: &Call) -> Result<Uint128, Box<ContractError>> {
    let pool = &call.config.bonded_pool;
    let denom = &call.config.denom;
    Ok(bank::query_balance(&call.deps.querier, pool, denom)?)
}

fn complete(
    call: &mut Call,
    progress: &RefreshProgress,
    snapshot: u8,
    (refreshed_at, marks_as_of): (u64, u64),
) -> Result<(), Box<ContractError>> {
    let now = call.now();
    REFRESH.remove(call.deps.storage);
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.refresh_at = now.saturating_add(call.config.parameters.refresh_period);
    TIMETABLE.save(call.deps.storage, &timetable);

    let powers = load_powers(call.deps.storage, snapshot)?;
    let validators = Validators::load_with(call.deps.storage, &powers, now)?;
    let external_bonded = progress
        .total_bonded
        .saturating_sub(validators.delegated_to_bonded()?);
    let has_powers = call.config.power_source.tells_powers();
    let (top_third, near_top_third) = match has_powers {
        true => find_top_third(&validators, progress, external_bonded),
        false => (find_known(&validators, progress), vec![]),
    };
    let summary = PowerSummary {
        total_bonded: progress.total_bonded,
        refreshed_at,
        marks_as_of,
        top_third,
        near_top_third,
        has_powers,
        snapshot,
    };
    POWER_SUMMARY.save(call.deps.storage, &summary);

    call.book.deposits.external_bonded = external_bonded;
    let validators = validators.with_eligibility(&call.config.policy, Some(summary));
    save_standings(call, &validators)?;
    call.replace_validators(validators);
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)
}

/// What the next snapshot is compared with.
fn save_standings(call: &mut Call, validators: &Validators) -> Result<(), Box<ContractError>> {
    let mut standings = Standings::load(call.deps.storage)?;
    for member in &validators.members {
        standings.set(member.holding.power_row, Some(member.eligibility));
    }
    standings.save(call.deps.storage);
    SUSPICION.save(call.deps.storage, &validators.suspicion);
    if validators.is_suspect {
        let failed = validators.failed.len();
        let since = validators.suspicion.since.unwrap_or(call.now());
        call.emit(event::snapshot_suspected(failed, since));
    }
    Ok(())
}

/// Without powers, `progress` has just those that stand too high. In ascending operator address.
fn find_known(validators: &Validators, progress: &RefreshProgress) -> Vec<String> {
    let top = progress.top.iter().map(|top| &top.validator);
    let known = top.filter(|validator| validators.member(validator).is_some());
    let mut known: Vec<String> = known.cloned().gather();
    sort_by(&mut known, |a, b| a.cmp(b));
    known
}

/// Known validators inside the top third, and near it, each in ascending operator address.
fn find_top_third(
    validators: &Validators,
    progress: &RefreshProgress,
    external_bonded: Uint128,
) -> (Vec<String>, Vec<String>) {
    let top = progress.top.iter().map(|top| Stake {
        validator: &top.validator,
        tokens: top.external.u128(),
    });
    let mut stakes: Vec<Stake<'_>> = top.gather();
    let read = stakes.len();
    let others = validators.members.iter().filter(|member| {
        let mut top = progress.top.iter();
        !top.any(|top| top.validator == member.address)
    });
    let bonded = others.filter(|member| {
        let power = member.power;
        power.is_some_and(|power| power.status == BondStatus::Bonded)
    });
    stakes.extend(bonded.map(|member| Stake {
        validator: &member.address,
        tokens: member.external(),
    }));
    let places = compute_top_third_with_margins(external_bonded.u128(), &stakes);
    let find = |wanted: TopThird| {
        let found = stakes.iter().zip(&places).enumerate();
        let found = found.filter(|(index, (stake, place))| {
            let is_known = *index >= read || validators.member(stake.validator).is_some();
            is_known && **place == wanted
        });
        let mut found: Vec<String> = found
            .map(|(_, (stake, _))| stake.validator.to_owned())
            .gather();
        sort_by(&mut found, |a, b| a.cmp(b));
        found
    };
    (find(TopThird::Inside), find(TopThird::Near))
}
