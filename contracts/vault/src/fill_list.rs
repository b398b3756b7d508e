//! The fill list: where idle tokens go next. It makes a deposit independent of the number of
//! validators, because only its head is touched.

use cosmwasm_std::{Storage, Uint128};
use defenders_allocation::{compute_fill_list, FillInput};

use crate::error::ContractError;
use crate::state::{Book, Config, DepositSlot, NextSlot, FILL_LIST};
use crate::validators::Validators;

/// Deposit slots kept until the next rebuild.
pub const MAX_SLOTS: usize = 32;

/// The deposit slots that the target rule gives now. None before the first refresh: without powers
/// nobody knows who is small.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn preview(
    config: &Config,
    book: &Book,
    total_shares: Uint128,
    validators: &Validators,
    now: u64,
) -> Result<Vec<DepositSlot>, Box<ContractError>> {
    if validators.summary.is_none() {
        return Ok(vec![]);
    }
    let valuation = book.at(now, total_shares);
    let total = valuation.lasting_tokens_to_allocate()?;
    let list = compute_fill_list(&FillInput {
        // its caps must hold when the last slot is taken
        total: total.u128(),
        base: total.checked_add(book.money.restaking)?.u128(),
        total_bonded: validators.total_bonded(),
        idle: valuation.idle_above_reserve()?.u128(),
        min_delegation: config.parameters.min_delegation.u128(),
        max_slots: MAX_SLOTS,
        policy: &validators.policy_in_force(&config.policy),
        validators: &validators.for_allocation(),
        groups: &validators.groups(&config.policy)?,
        now,
    })?;
    let mut slots = Vec::with_capacity(list.slots.len());
    for slot in list.slots {
        slots.push(DepositSlot {
            power_row: validators.at(slot.index)?.holding.power_row,
            tokens: slot.tokens.into(),
        });
    }
    Ok(slots)
}

/// Builds the list anew.
///
/// # Errors
/// As [`preview`].
pub fn rebuild(
    storage: &mut dyn Storage,
    config: &Config,
    book: &mut Book,
    total_shares: Uint128,
    validators: &Validators,
    now: u64,
) -> Result<(), Box<ContractError>> {
    let slots = preview(config, book, total_shares, validators, now)?;
    FILL_LIST.save(storage, &slots);
    book.deposits.list_ends_at = validators.terms_change_at();
    book.deposits.next_slot = slot_at(&slots, 0);
    Ok(())
}

/// Empties the list: its slots may no longer fit.
pub fn clear(book: &mut Book) {
    book.deposits.next_slot = None;
}

/// Passes to the next slot.
///
/// # Errors
/// When storage is damaged.
pub fn advance(storage: &dyn Storage, book: &mut Book) -> Result<(), Box<ContractError>> {
    if let Some(slot) = book.deposits.next_slot {
        let slots = FILL_LIST.may_load(storage)?.unwrap_or_default();
        book.deposits.next_slot = slot_at(&slots, slot.position.saturating_add(1));
    }
    Ok(())
}

/// Takes `tokens` from the slot in use, and passes on when less than a delegation is left.
///
/// # Errors
/// When storage is damaged.
pub fn take(
    storage: &dyn Storage,
    config: &Config,
    book: &mut Book,
    tokens: Uint128,
) -> Result<(), Box<ContractError>> {
    let Some(slot) = &mut book.deposits.next_slot else {
        return Ok(());
    };
    slot.tokens = slot.tokens.saturating_sub(tokens);
    if slot.tokens < config.parameters.min_delegation {
        advance(storage, book)?;
    }
    Ok(())
}

fn slot_at(slots: &[DepositSlot], position: u32) -> Option<NextSlot> {
    let slot = slots.get(usize::try_from(position).ok()?)?;
    Some(NextSlot {
        power_row: slot.power_row,
        tokens: slot.tokens,
        position,
    })
}
