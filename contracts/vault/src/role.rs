//! Who may do what.

use cosmwasm_std::{Addr, Api};

use crate::error::ContractError;
use crate::state::{Book, Config};

/// Only the owner passes.
///
/// # Errors
/// [`ContractError::NotOwner`].
pub fn ensure_owner(config: &Config, sender: &Addr) -> Result<(), Box<ContractError>> {
    if *sender == config.owner {
        return Ok(());
    }
    Err(ContractError::NotOwner {
        owner: config.owner.to_string(),
        sender: sender.to_string(),
    }
    .into())
}

/// Only the guardian passes.
///
/// # Errors
/// [`ContractError::NotGuardian`].
pub fn ensure_guardian(config: &Config, sender: &Addr) -> Result<(), Box<ContractError>> {
    if config.guardian.as_ref() == Some(sender) {
        return Ok(());
    }
    Err(ContractError::NotGuardian {
        guardian: name_of(config.guardian.as_ref()),
        sender: sender.to_string(),
    }
    .into())
}

/// The owner and the guardian pass.
///
/// # Errors
/// [`ContractError::NotOwnerOrGuardian`].
pub fn ensure_owner_or_guardian(config: &Config, sender: &Addr) -> Result<(), Box<ContractError>> {
    if *sender == config.owner || config.guardian.as_ref() == Some(sender) {
        return Ok(());
    }
    Err(ContractError::NotOwnerOrGuardian {
        owner: config.owner.to_string(),
        guardian: name_of(config.guardian.as_ref()),
        sender: sender.to_string(),
    }
    .into())
}

fn name_of(guardian: Option<&Addr>) -> String {
    guardian.map_or_else(|| "nobody".to_owned(), ToString::to_string)
}

/// A message that has an end has not reached it. A proposal that has passed and failed can be carried out
/// years later.
///
/// # Errors
/// [`ContractError::TooLate`].
pub fn ensure_still_valid(now: u64, valid_until: Option<u64>) -> Result<(), Box<ContractError>> {
    match valid_until {
        Some(valid_until) if now >= valid_until => {
            Err(ContractError::TooLate { valid_until, now }.into())
        }
        _ => Ok(()),
    }
}

/// The brake is off.
///
/// # Errors
/// [`ContractError::BrakeOn`].
pub fn ensure_brake_off(book: &Book, now: u64) -> Result<(), Box<ContractError>> {
    match book.brake_until_after(now) {
        Some(until) => Err(ContractError::BrakeOn { until }.into()),
        None => Ok(()),
    }
}

/// Nobody but the vault may replace its code.
///
/// # Errors
/// [`ContractError::NotOwnAdmin`].
pub fn ensure_own_admin(
    book: &Book,
    config: &Config,
    vault: &Addr,
) -> Result<(), Box<ContractError>> {
    match book.is_own_admin {
        true => Ok(()),
        false => Err(ContractError::NotOwnAdmin {
            vault: vault.to_string(),
            reward_pot: config.reward_pot.to_string(),
        }
        .into()),
    }
}

/// Checks a named recipient, by default the sender. Vault and pot never receive: their shares
/// are the seed and the escrow, counted apart.
///
/// # Errors
/// A broken address, the vault, the pot.
pub fn ensure_recipient(
    api: &dyn Api,
    config: &Config,
    vault: &Addr,
    recipient: Option<String>,
    sender: &Addr,
) -> Result<Addr, Box<ContractError>> {
    let recipient = match recipient {
        Some(recipient) => api.addr_validate(&recipient)?,
        None => sender.clone(),
    };
    if recipient == *vault || recipient == config.reward_pot {
        return Err(ContractError::RecipientNotAllowed {
            recipient: recipient.into(),
        }
        .into());
    }
    Ok(recipient)
}
