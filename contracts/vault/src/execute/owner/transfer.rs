//! Two-step ownership: a new owner shows that it can act before the old one is gone.

use cosmwasm_std::Addr;
use defenders_types::DAY;

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::role::{ensure_owner, ensure_recipient, ensure_still_valid};
use crate::state::{PendingOwner, CONFIG, MARKETING, PENDING_OWNER};

/// Seconds to accept when the owner names no end.
pub const TRANSFER_PERIOD: u64 = 14 * DAY;

/// Names who may take the owner's place; replaces whoever was named before.
///
/// Reads: config. Writes: pending owner. Sends: nothing. Emits:
/// `vault/ownership_transfer_started`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::RecipientNotAllowed`],
/// [`ContractError::TransferExpired`].
pub fn transfer_ownership(
    call: &mut Call,
    new_owner: String,
    expires_at: Option<u64>,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    let vault = &call.env.contract.address;
    let owner = ensure_recipient(
        call.deps.api,
        &call.config,
        vault,
        Some(new_owner),
        &call.sender,
    )?;
    let expires_at = expires_at.unwrap_or(call.now().saturating_add(TRANSFER_PERIOD));
    let pending = PendingOwner { owner, expires_at };
    ensure_not_expired(call, &pending)?;

    PENDING_OWNER.save(call.deps.storage, &pending);
    call.emit(event::ownership_transfer_started(
        &call.config.owner,
        &pending.owner,
        expires_at,
    ));
    Ok(())
}

/// Makes whoever was named the owner.
///
/// Reads: config, pending owner, marketing account. Writes: config, pending owner, and the
/// marketing account if it was the old owner's. Sends: nothing. Emits:
/// `vault/ownership_transferred`.
///
/// # Errors
/// [`ContractError::NoPendingOwner`], [`ContractError::NotPendingOwner`],
/// [`ContractError::TransferExpired`].
pub fn accept_ownership(call: &mut Call) -> Result<(), Box<ContractError>> {
    let pending = load_pending(call)?;
    if call.sender != pending.owner {
        return Err(ContractError::NotPendingOwner {
            pending_owner: pending.owner.into(),
            sender: call.sender.to_string(),
        }
        .into());
    }
    ensure_not_expired(call, &pending)?;

    let previous = std::mem::replace(&mut call.config.owner, pending.owner);
    CONFIG.save(call.deps.storage, &call.config);
    PENDING_OWNER.remove(call.deps.storage);
    hand_over_marketing(call, &previous)?;
    call.emit(event::ownership_transferred(&previous, &call.config.owner));
    Ok(())
}

/// Forgets whoever was named.
///
/// Reads: config, pending owner. Writes: pending owner. Sends: nothing. Emits:
/// `vault/ownership_transfer_cancelled`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::NoPendingOwner`].
pub fn cancel_ownership_transfer(
    call: &mut Call,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    let pending = load_pending(call)?;

    PENDING_OWNER.remove(call.deps.storage);
    call.emit(event::ownership_transfer_cancelled(
        &call.config.owner,
        &pending.owner,
    ));
    Ok(())
}

/// The texts of a cw20 are the owner's until it names another account for them.
fn hand_over_marketing(call: &mut Call, previous: &Addr) -> Result<(), Box<ContractError>> {
    let Some(mut texts) = MARKETING.may_load(call.deps.storage)? else {
        return Ok(());
    };
    if texts.account.as_ref() == Some(previous) {
        texts.account = Some(call.config.owner.clone());
        MARKETING.save(call.deps.storage, &texts);
    }
    Ok(())
}

fn load_pending(call: &Call) -> Result<PendingOwner, Box<ContractError>> {
    let pending = PENDING_OWNER.may_load(call.deps.storage)?;
    Ok(pending.ok_or(ContractError::NoPendingOwner {})?)
}

fn ensure_not_expired(call: &Call, pending: &PendingOwner) -> Result<(), Box<ContractError>> {
    let now = call.now();
    if now < pending.expires_at {
        return Ok(());
    }
    Err(ContractError::TransferExpired {
        expires_at: pending.expires_at,
        now,
    }
    .into())
}
