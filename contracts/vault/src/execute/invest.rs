//! Delegates idle tokens from the head of the fill list.

use super::Call;
use crate::error::ContractError;
use crate::event;
use crate::messages::{delegate_or_put_back, Delegation};
use crate::placement;
use crate::roster::Roster;
use crate::state::{HOLDINGS, VALIDATORS};

/// Places idle above the reserve, but not on `skip`; an empty list is built anew first.
///
/// Reads: fill list, holdings, powers. Writes: book, holdings, fill list. Sends: delegations.
/// Emits: `vault/delegated` each.
///
/// # Errors
/// When storage is damaged.
pub fn run(
    call: &mut Call,
    roster: Option<Roster>,
    skip: Option<&str>,
) -> Result<(), ContractError> {
    if call.book.placement.head.is_none() {
        let roster = roster.map_or_else(|| Roster::load(call.deps.storage), Ok)?;
        call.rebuild_rooms(&roster)?;
    }
    place(call, call.config.bounds.max_messages_per_invest, skip)
}

/// Sends at most `max_messages` delegations of idle above the reserve, none below the least
/// delegation; rooms of `skip` and of validators that refused lately are passed.
///
/// # Errors
/// When storage is damaged.
pub fn place(call: &mut Call, max_messages: u32, skip: Option<&str>) -> Result<(), ContractError> {
    let now = call.now();
    let total_shares = call.total_shares();
    let mut idle = call.book.idle_above_reserve(now, total_shares)?;
    let least = call.config.bounds.min_delegation;
    let mut sent = 0;
    while sent < max_messages {
        let Some(head) = call.book.placement.head else {
            break;
        };
        let tokens = idle.min(head.tokens);
        if tokens < least {
            break;
        }
        let validator = VALIDATORS.load(call.deps.storage, head.index)?;
        let mut holding = HOLDINGS.load(call.deps.storage, &validator)?;
        if holding.is_refusing(now) || skip == Some(validator.as_str()) {
            placement::advance(call.deps.storage, &mut call.book)?;
            continue;
        }

        holding.delegated = holding.delegated.checked_add(tokens)?;
        holding.keeps_unit = false;
        call.book.money.delegate(tokens)?;
        idle = idle.checked_sub(tokens)?;

        HOLDINGS.save(call.deps.storage, &validator, &holding);
        placement::use_head(call.deps.storage, &call.config, &mut call.book, tokens)?;
        let delegation = Delegation { validator, tokens };
        call.send(delegate_or_put_back(&call.config.denom, &delegation));
        call.emit(event::delegated(&delegation.validator, tokens));
        sent = sent.saturating_add(1);
    }
    Ok(())
}
