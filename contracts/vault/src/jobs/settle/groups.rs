//! What arrived for a group of entries is shared out, at once, call by call, or after a day.

use cosmwasm_std::Uint128;
use defenders_accounting::{Batch, PaidStatus, ProRata};
use defenders_types::{EntryPurpose, DAY};

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::state::unbonding::{Entry, FixedGroup, FIXED_GROUPS, LEDGER};
use crate::state::{recorded_block, BATCHES};

/// How long a group waits of which more than 20 % is missing, seconds.
const DELAY_PERIOD: u64 = DAY;

/// Settles a new group, at once or, when it is larger than the call may touch, from now on.
///
/// # Errors
/// When storage is damaged.
pub fn settle_or_fix(
    call: &mut Call,
    after_nanos: u64,
    mut pro_rata: ProRata,
    entries: &[Entry],
    max_entries: usize,
) -> Result<(), ContractError> {
    let Some((first, _)) = entries
        .split_at_checked(max_entries)
        .filter(|(_, rest)| !rest.is_empty())
    else {
        return settle_entries(call, &mut pro_rata, entries);
    };
    let group = fix(call, after_nanos, pro_rata, 0);
    settle_fixed(call, last_completion(entries), group, first, false)
}

/// More than 20 % is missing: what arrived for batches waits for a day, in case more comes. The
/// share owners' own part does not wait: a loss that everybody can see must be in the price.
///
/// # Errors
/// When storage is damaged.
pub fn delay(
    call: &mut Call,
    after_nanos: u64,
    pro_rata: ProRata,
    entries: Vec<Entry>,
    max_entries: usize,
) -> Result<(), ContractError> {
    let until_nanos = last_completion(&entries);
    let mut for_batches = ProRata::new(Uint128::zero(), pro_rata.arrived);
    let mut whole = pro_rata;
    let mut restaked = vec![];
    for mut entry in entries {
        // what is beyond this call's bound waits with the batches
        let is_bound_reached = restaked.len() >= max_entries;
        let (waiting, restake): (Vec<_>, Vec<_>) = entry
            .row
            .parts
            .into_iter()
            .partition(|part| is_bound_reached || part.purpose != EntryPurpose::Restake {});
        for part in &waiting {
            for_batches.tokens = for_batches.tokens.checked_add(part.tokens)?;
        }
        entry.row.parts = waiting;
        for part in restake {
            restaked.push((part.tokens, entry.clone()));
        }
    }
    let mut face = Uint128::zero();
    let mut paid = Uint128::zero();
    for (tokens, rest) in &restaked {
        let arrived = whole.take_next_floor(*tokens)?;
        face = face.checked_add(*tokens)?;
        paid = paid.checked_add(arrived)?;
        call.book.money.end_wait(arrived)?;
        let now = call.now();
        call.book.money.settle_for_restake(now, *tokens, arrived)?;
        if rest.row.parts.is_empty() {
            free_entry(call, rest)?;
        } else {
            LEDGER.save(call.deps.storage, rest.key(), &rest.row);
        }
    }
    if !restaked.is_empty() {
        call.emit(event::settled(restaked.len(), face, paid));
    }
    if for_batches.tokens.is_zero() {
        return Ok(());
    }
    for_batches.arrived = for_batches.arrived.checked_sub(paid)?;
    let group = fix(call, after_nanos, for_batches, DELAY_PERIOD);
    FIXED_GROUPS.save(call.deps.storage, until_nanos, &group);
    Ok(())
}

/// From now on this group takes no further entry and gets nothing but what arrived.
fn fix(call: &mut Call, after_nanos: u64, pro_rata: ProRata, wait: u64) -> FixedGroup {
    let group = FixedGroup {
        after_nanos,
        pro_rata,
        due_at: call.now().saturating_add(wait),
    };
    let ProRata {
        tokens, arrived, ..
    } = group.pro_rata;
    call.emit(event::settlement_fixed(tokens, arrived, group.due_at));
    group
}

fn last_completion(entries: &[Entry]) -> u64 {
    entries.last().map_or(0, |entry| entry.completion_nanos)
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
) -> Result<(), ContractError> {
    settle_entries(call, &mut group.pro_rata, entries)?;
    if is_last {
        FIXED_GROUPS.remove(call.deps.storage, until_nanos);
    } else {
        FIXED_GROUPS.save(call.deps.storage, until_nanos, &group);
    }
    Ok(())
}

/// Shares out what arrived for these entries, each in proportion to its face value.
fn settle_entries(
    call: &mut Call,
    pro_rata: &mut ProRata,
    entries: &[Entry],
) -> Result<(), ContractError> {
    let now = recorded_block(&call.env.block);
    let mut batches: Vec<(u64, Batch)> = vec![];
    let mut face = Uint128::zero();
    let mut paid = Uint128::zero();
    for entry in entries {
        for part in &entry.row.parts {
            let arrived = pro_rata.take_next_floor(part.tokens)?;
            face = face.checked_add(part.tokens)?;
            paid = paid.checked_add(arrived)?;
            let money = &mut call.book.money;
            money.end_wait(arrived)?;
            match part.purpose {
                EntryPurpose::Restake {} => {
                    money.settle_for_restake(
                        call.env.block.time.seconds(),
                        part.tokens,
                        arrived,
                    )?;
                }
                EntryPurpose::Batch { batch_id } => {
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
    call.emit(event::settled(entries.len(), face, paid));
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
pub fn free_paid_entries(call: &mut Call, entries: &[Entry]) -> Result<(), ContractError> {
    for entry in entries {
        free_entry(call, entry)?;
    }
    Ok(())
}

/// The chain has surely paid it: its validator has room for another.
fn free_entry(call: &mut Call, entry: &Entry) -> Result<(), ContractError> {
    LEDGER.remove(call.deps.storage, entry.key());
    let mut holding = call.holding(&entry.validator)?;
    if !holding.has_entry_for_batch() {
        holding.entry_freed_at = call.now();
    }
    holding.unbonding_entries = holding.unbonding_entries.saturating_sub(1);
    holding.entries_full = false;
    call.save_holding_keeping_fill_list(&entry.validator, holding);
    Ok(())
}
