//! Books unbonding entries that the chain has paid.

use cosmwasm_std::{Storage, Uint128};
use defenders_accounting::{Batch, Payment, ProRata};
use defenders_types::Purpose;

use super::Call;
use crate::book::seen_block;
use crate::error::ContractError;
use crate::event;
use crate::jobs::ENTRIES_PER_TICK;
use crate::ledger::{self, plan_settlement, Entry, SettlePlan};
use crate::state::{FixedGroup, BATCHES, FIXED_GROUPS, HOLDINGS, LEDGER};

/// Most entries that a deposit, request, cancel or claim settles on the way.
pub const ENTRIES_PER_CALL: usize = 20;

const HOLD_PERIOD: u64 = 86_400;

/// Settles on the way of another call: small groups only.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn settle_small(call: &mut Call) -> Result<(), ContractError> {
    settle(call, ENTRIES_PER_CALL, true).map(drop)
}

/// Settles what a `tick` may. Gives whether anything was.
///
/// Reads: ledger, own balance. Writes: book, ledger, batches, holdings. Sends: nothing.
/// Emits: `vault/settled`, `vault/settlement_waited`, `vault/settlement_fixed`,
/// `vault/batch_claimable`.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn run(call: &mut Call) -> Result<bool, ContractError> {
    settle(call, ENTRIES_PER_TICK, false)
}

fn settle(call: &mut Call, max_entries: usize, is_bounded: bool) -> Result<bool, ContractError> {
    let plan = plan_settlement(
        call.deps.as_ref(),
        &call.env,
        &call.config,
        &call.book,
        call.funds,
        max_entries,
        is_bounded,
    )?;
    match plan {
        SettlePlan::Nothing | SettlePlan::TooMany => return Ok(false),
        SettlePlan::Wait { tokens, surplus } => {
            call.emit(event::settlement_waited(tokens, surplus));
            return Ok(false);
        }
        SettlePlan::Cleanup(entries) => forget(call, &entries)?,
        SettlePlan::Fixed {
            until_completion,
            group,
            entries,
            is_last,
        } => serve_group(call, until_completion, group, &entries, is_last)?,
        SettlePlan::Group {
            entries,
            paid_before,
            after,
            tokens,
            arrived,
            is_hold,
        } => {
            forget(call, &paid_before)?;
            call.book.money.hold(arrived)?;
            let pro_rata = ProRata::new(tokens, arrived);
            if is_hold {
                hold(call, after, pro_rata, entries, max_entries)?;
            } else {
                serve_or_fix(call, after, pro_rata, &entries, max_entries)?;
            }
        }
    }
    call.book.next_settle_at = ledger::next_settle_at(call.deps.storage)?;
    Ok(true)
}

/// Serves a new group, at once or, when it is larger than the call may touch, from now on.
fn serve_or_fix(
    call: &mut Call,
    after: u64,
    mut pro_rata: ProRata,
    entries: &[Entry],
    max_entries: usize,
) -> Result<(), ContractError> {
    let Some((first, _)) = entries
        .split_at_checked(max_entries)
        .filter(|(_, rest)| !rest.is_empty())
    else {
        return serve(call, &mut pro_rata, entries);
    };
    let group = fix(call, after, pro_rata, 0);
    serve_group(call, last_completion(entries), group, first, false)
}

/// More than 20 % is missing: what arrived for batches waits for a day, in case more comes. The
/// pool's own part does not wait: a loss that everybody can see must be in the price.
fn hold(
    call: &mut Call,
    after: u64,
    pro_rata: ProRata,
    entries: Vec<Entry>,
    max_entries: usize,
) -> Result<(), ContractError> {
    let until_completion = last_completion(&entries);
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
            .partition(|part| is_bound_reached || part.purpose != Purpose::Restake {});
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
        let arrived = whole.take_next(*tokens)?;
        face = face.checked_add(*tokens)?;
        paid = paid.checked_add(arrived)?;
        call.book.money.unhold(arrived)?;
        let now = call.now();
        call.book.money.settle_for_restake(now, *tokens, arrived)?;
        if rest.row.parts.is_empty() {
            free_slot(call.deps.storage, rest, now)?;
        } else {
            LEDGER.save(call.deps.storage, entry_key(rest), &rest.row);
        }
    }
    if !restaked.is_empty() {
        call.emit(event::settled(restaked.len(), face, paid));
    }
    if for_batches.tokens.is_zero() {
        return Ok(());
    }
    for_batches.arrived = for_batches.arrived.checked_sub(paid)?;
    let group = fix(call, after, for_batches, HOLD_PERIOD);
    FIXED_GROUPS.save(call.deps.storage, until_completion, &group);
    Ok(())
}

/// From now on this group takes no further entry and gets nothing but what arrived.
fn fix(call: &mut Call, after: u64, pro_rata: ProRata, wait: u64) -> FixedGroup {
    let group = FixedGroup {
        after,
        pro_rata,
        until: call.now().saturating_add(wait),
    };
    let ProRata {
        tokens, arrived, ..
    } = group.pro_rata;
    call.emit(event::settlement_fixed(tokens, arrived, group.until));
    group
}

fn last_completion(entries: &[Entry]) -> u64 {
    entries.last().map_or(0, |entry| entry.completion)
}

/// Serves the next entries of a fixed group, and forgets the group after its last.
fn serve_group(
    call: &mut Call,
    until_completion: u64,
    mut group: FixedGroup,
    entries: &[Entry],
    is_last: bool,
) -> Result<(), ContractError> {
    serve(call, &mut group.pro_rata, entries)?;
    if is_last {
        FIXED_GROUPS.remove(call.deps.storage, until_completion);
    } else {
        FIXED_GROUPS.save(call.deps.storage, until_completion, &group);
    }
    Ok(())
}

/// Shares out what is held for these entries, each in proportion to its face value.
fn serve(call: &mut Call, pro_rata: &mut ProRata, entries: &[Entry]) -> Result<(), ContractError> {
    let now = seen_block(&call.env.block);
    let mut batches: Vec<(u64, Batch)> = vec![];
    let mut face = Uint128::zero();
    let mut paid = Uint128::zero();
    for entry in entries {
        for part in &entry.row.parts {
            let arrived = pro_rata.take_next(part.tokens)?;
            face = face.checked_add(part.tokens)?;
            paid = paid.checked_add(arrived)?;
            let money = &mut call.book.money;
            money.unhold(arrived)?;
            match part.purpose {
                Purpose::Restake {} => {
                    money.settle_for_restake(
                        call.env.block.time.seconds(),
                        part.tokens,
                        arrived,
                    )?;
                }
                Purpose::Batch { batch_id } => {
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
        if call.book.seen.payment(entry.completion, now) == Payment::Paid {
            free_slot(call.deps.storage, entry, call.env.block.time.seconds())?;
        } else {
            let mut row = entry.row.clone();
            row.is_settled = true;
            LEDGER.save(call.deps.storage, entry_key(entry), &row);
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
fn forget(call: &mut Call, entries: &[Entry]) -> Result<(), ContractError> {
    for entry in entries {
        free_slot(call.deps.storage, entry, call.env.block.time.seconds())?;
    }
    Ok(())
}

fn free_slot(storage: &mut dyn Storage, entry: &Entry, now: u64) -> Result<(), ContractError> {
    LEDGER.remove(storage, entry_key(entry));
    let mut holding = HOLDINGS.load(storage, &entry.validator)?;
    if !holding.has_slot_for_batch() {
        holding.slot_freed_at = now;
    }
    holding.slots = holding.slots.saturating_sub(1);
    holding.is_full = false;
    HOLDINGS.save(storage, &entry.validator, &holding);
    Ok(())
}

fn entry_key(entry: &Entry) -> (u64, &str) {
    (entry.completion, &entry.validator)
}
