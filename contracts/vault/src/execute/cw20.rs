//! The share token's own messages, by way of cw20-base. Shares never go to the vault or the pot. These
//! calls touch nothing else and record no block. Emits: cw20's attributes.

use cosmwasm_std::{Binary, DepsMut, Env, MessageInfo, Response, Uint128};
use cw20_base::allowances::{execute_send_from, execute_transfer_from};
use cw20_base::contract::{execute_send, execute_transfer};

use crate::error::ContractError;
use crate::role::ensure_recipient;
use crate::state::CONFIG;

pub use cw20_base::allowances::{execute_decrease_allowance, execute_increase_allowance};
pub use cw20_base::contract::{execute_update_marketing, execute_upload_logo};

/// Moves the sender's shares.
///
/// Reads: config. Writes: balances. Sends: nothing.
///
/// # Errors
/// [`ContractError::RecipientNotAllowed`], and cw20-base's.
pub fn transfer(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    recipient: String,
    shares: Uint128,
) -> Result<Response, ContractError> {
    ensure_may_own_shares(&deps, &env, &info, &recipient)?;
    Ok(execute_transfer(deps, env, info, recipient, shares)?)
}

/// Moves the sender's shares to a contract, and calls it.
///
/// Reads: config. Writes: balances. Sends: the contract's receive hook.
///
/// # Errors
/// [`ContractError::RecipientNotAllowed`], and cw20-base's.
pub fn send(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    contract: String,
    shares: Uint128,
    msg: Binary,
) -> Result<Response, ContractError> {
    ensure_may_own_shares(&deps, &env, &info, &contract)?;
    Ok(execute_send(deps, env, info, contract, shares, msg)?)
}

/// Moves an owner's shares by its allowance.
///
/// Reads: config. Writes: balances, allowances. Sends: nothing.
///
/// # Errors
/// [`ContractError::RecipientNotAllowed`], and cw20-base's.
pub fn transfer_from(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    owner: String,
    recipient: String,
    shares: Uint128,
) -> Result<Response, ContractError> {
    ensure_may_own_shares(&deps, &env, &info, &recipient)?;
    Ok(execute_transfer_from(
        deps, env, info, owner, recipient, shares,
    )?)
}

/// Moves an owner's shares by its allowance to a contract, and calls it.
///
/// Reads: config. Writes: balances, allowances. Sends: the contract's receive hook.
///
/// # Errors
/// [`ContractError::RecipientNotAllowed`], and cw20-base's.
pub fn send_from(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    owner: String,
    contract: String,
    shares: Uint128,
    msg: Binary,
) -> Result<Response, ContractError> {
    ensure_may_own_shares(&deps, &env, &info, &contract)?;
    Ok(execute_send_from(
        deps, env, info, owner, contract, shares, msg,
    )?)
}

fn ensure_may_own_shares(
    deps: &DepsMut,
    env: &Env,
    info: &MessageInfo,
    recipient: &str,
) -> Result<(), ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let vault = &env.contract.address;
    let recipient = Some(recipient.to_owned());
    ensure_recipient(deps.api, &config, vault, recipient, &info.sender)?;
    Ok(())
}
