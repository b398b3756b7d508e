//! Who may do what.

use cosmwasm_std::{Addr, Api};

use crate::error::ContractError;
use crate::state::Config;

/// Only the owner passes.
///
/// # Errors
/// [`ContractError::NotOwner`].
pub fn ensure_owner(config: &Config, sender: &Addr) -> Result<(), ContractError> {
    if *sender == config.owner {
        return Ok(());
    }
    Err(ContractError::NotOwner {
        owner: config.owner.to_string(),
        sender: sender.to_string(),
    })
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
) -> Result<Addr, ContractError> {
    let recipient = match recipient {
        Some(recipient) => api.addr_validate(&recipient)?,
        None => sender.clone(),
    };
    if recipient == *vault || recipient == config.reward_pot {
        return Err(ContractError::RecipientNotAllowed {
            recipient: recipient.into(),
        });
    }
    Ok(recipient)
}
