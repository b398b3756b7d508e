//! What arrived for a group of entries is shared out, at once, call by call, or after a day.

use cosmwasm_std::Uint128;
use defenders_accounting::{Batch, Division, PaidStatus};
use defenders_allocation::sort_by;
use defenders_allocation::Gather;
use defenders_types::{EntryPurpose, LedgerPart, DAY};

use super::plan::NewGroup;
use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::state::unbonding::{Entry, FixedGroup, FIXED_GROUPS, LEDGER};
use crate::state::{recorded_block, BATCHES, WATCHES};
use crate::validators::marks::{self, Marks};

/// How long a group's batches wait when more than 20 % of its marks is missing, seconds.
const DELAY_PERIOD: u64 = DAY;

/// Looks at the validators of these entries, and gives whether what they show is believed already. Who
/// cannot be read keeps its marks.
///
/// # Errors
/// When storage is damaged.
pub fn see_validators(call: &mut Call, entries: &[Entry]) -> Result<bool, Box<ContractError>> {
    let mut validators: Vec<&String> = entries.iter().map(|entry| &entry.validator).gather();
    sort_by(&mut validators, |a, b| a.cmp(b));
    validators.dedup();
    let sights = marks::query_sights(&call.deps.querier, &call.config.power_source, validators);
    call.see(&sights)
}

/// Settles a new group. The share owners' part of it is booked at once, whatever its size: a loss that
/// everybody can see must be in the price. Of the batches' part, what the call may not touch, or what
/// has to wait for a day in case more comes, is fixed.
///
/// # Errors
/// When storage is damaged.
pub fn settle_new(
    call: &mut Call,
    group: NewGroup,
    max_entries: usize,
) -> Result<(), Box<ContractError>> {
    let NewGroup {
        entries,
        paid_before,
        after_nanos,
        marks,
        worth,
        arrived,
        is_delayed,
    } = group;
    free_paid_entries(call, &paid_before)?;
    call.book.money.await_settlement(arrived)?;
    let mut division = Division::new(worth, arrived)?;
    let restaked = settle_restaking(call, &marks, &entries, &mut division)?;

    let until_nanos = entries.last().map_or(0, |entry| entry.completion_nanos);
    let (mut now, mut later) = (vec![], vec![]);
    for entry in entries {
        let waits = is_delayed && entry.row.parts.iter().any(is_for_batch);
        if waits || now.len() == max_entries {
            later.push(entry);
        } else {
            now.push(entry);
        }
    }
    settle_entries(call, &marks, &mut division, &now, restaked)?;
    if later.is_empty() {
        return Ok(());
    }
    let wait = if is_delayed { DELAY_PERIOD } else { 0 };
    let group = FixedGroup {
        after_nanos,
        division,
        due_at: call.now().saturating_add(wait),
        marks: marks.only_for(&later),
    };
    FIXED_GROUPS.save(call.deps.storage, until_nanos, &group);
    let left = Marks::of(group.marks).worth_of_all(&later, is_for_batch)?;
    let arrived = group.division.left()?;
    call.emit(event::settlement_fixed(left.face, arrived, group.due_at));
    Ok(())
}

/// Face value and arrivals.
#[derive(Clone, Copy, Default)]
struct Settled {
    tokens: Uint128,
    arrived: Uint128,
}

/// The share owners are one claimant, so all their entries of a group are one.
fn settle_restaking(
    call: &mut Call,
    marks: &Marks,
    entries: &[Entry],
    division: &mut Division,
) -> Result<Settled, Box<ContractError>> {
    let worth = marks.worth_of_all(entries, |part| !is_for_batch(part))?;
    if worth.face.is_zero() {
        return Ok(Settled::default());
    }
    let arrived = division.take_next_floor(worth)?;
    let (now, period) = (call.now(), call.config.parameters.profit_unlock_period);
    let money = &mut call.book.money;
    money.end_wait(arrived)?;
    money.settle_for_restake(now, worth, arrived, period)?;
    if arrived < worth.face {
        // caps are shares of what is placed and on its way back, which is less now
        call.outdate_fill_list();
    }
    call.emit(event::restaked(worth.face, worth.mark, arrived));
    Ok(Settled {
        tokens: worth.face,
        arrived,
    })
}

/// Settles the next entries of a fixed group, and forgets the group after its last.
///
/// # Errors
/// When storage is damaged.
pub fn settle_fixed(
    call: &mut Call,
    until_nanos: u64,
    mut group: FixedGroup,
    entries: &[Entry],
    is_last: bool,
) -> Result<(), Box<ContractError>> {
    let marks = Marks::of(group.marks.clone());
    settle_entries(
        call,
        &marks,
        &mut group.division,
        entries,
        Settled::default(),
    )?;
    if is_last {
        FIXED_GROUPS.remove(call.deps.storage, until_nanos);
    } else {
        FIXED_GROUPS.save(call.deps.storage, until_nanos, &group);
    }
    Ok(())
}

/// Gives the batches their parts of these entries; what is for restaking is settled already.
fn settle_entries(
    call: &mut Call,
    marks: &Marks,
    division: &mut Division,
    entries: &[Entry],
    restaked: Settled,
) -> Result<(), Box<ContractError>> {
    let now = recorded_block(&call.env.block);
    let mut batches: Vec<(u64, Batch)> = vec![];
    let mut sum = restaked;
    for entry in entries {
        for part in &entry.row.parts {
            let EntryPurpose::Batch { batch_id } = part.purpose else {
                continue;
            };
            let arrived = division.take_next_floor(marks.worth_of(entry, part)?)?;
            sum.tokens = sum.tokens.checked_add(part.tokens)?;
            sum.arrived = sum.arrived.checked_add(arrived)?;
            let money = &mut call.book.money;
            money.end_wait(arrived)?;
            money.settle_for_batch(part.tokens, arrived)?;
            match batches.iter_mut().find(|(id, _)| *id == batch_id) {
                Some((_, batch)) => batch.settle(part.tokens, arrived)?,
                None => {
                    let mut batch = BATCHES.load(call.deps.storage, batch_id)?;
                    batch.settle(part.tokens, arrived)?;
                    batches.push((batch_id, batch));
                }
            }
        }
        if call.book.recorded.paid_status(entry.completion_nanos, now) == PaidStatus::Paid {
            free_entry(call, entry)?;
        } else {
            let mut row = entry.row.clone();
            row.is_settled = true;
            LEDGER.save(call.deps.storage, entry.key(), &row);
        }
    }
    if !entries.is_empty() || !sum.tokens.is_zero() {
        call.emit(event::settled(entries.len(), sum.tokens, sum.arrived));
    }
    for (batch_id, batch) in batches {
        if let Some(event) = event::claimable(batch_id, &batch) {
            call.emit(event);
        }
        BATCHES.save(call.deps.storage, batch_id, &batch);
    }
    Ok(())
}

/// Entries that were settled early are surely paid by now.
///
/// # Errors
/// When storage is damaged.
pub fn free_paid_entries(call: &mut Call, entries: &[Entry]) -> Result<(), Box<ContractError>> {
    for entry in entries {
        free_entry(call, entry)?;
    }
    Ok(())
}

/// The chain has surely paid it: its validator has room for another, and is watched no longer after its
/// last.
fn free_entry(call: &mut Call, entry: &Entry) -> Result<(), Box<ContractError>> {
    LEDGER.remove(call.deps.storage, entry.key());
    let mut holding = call.holding(&entry.validator)?;
    if !holding.has_entry_for_batch() {
        holding.entry_freed_at = call.now();
    }
    holding.unbonding_entries = holding.unbonding_entries.saturating_sub(1);
    holding.entries_full = false;
    if holding.unbonding_entries == 0 {
        WATCHES.remove(call.deps.storage, &entry.validator);
    } else if entry.row.kept_at_entry.is_some() && !entry.row.parts.iter().all(is_for_batch) {
        forget_restaking_row(call, &entry.validator)?;
    }
    call.save_holding_keeping_fill_list(&entry.validator, holding);
    Ok(())
}

fn forget_restaking_row(call: &mut Call, validator: &str) -> Result<(), Box<ContractError>> {
    if let Some(mut watched) = WATCHES.may_load(call.deps.storage, validator)? {
        watched.restaking_rows = watched.restaking_rows.saturating_sub(1);
        WATCHES.save(call.deps.storage, validator, &watched);
    }
    Ok(())
}

fn is_for_batch(part: &LedgerPart) -> bool {
    part.purpose != EntryPurpose::Restake {}
}
