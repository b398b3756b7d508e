//! Entry points: decode, check funds, dispatch.

use cosmwasm_std::{entry_point, Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};
use cw_utils::nonpayable;
use defenders_types::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

use crate::error::ContractError;
use crate::execute::{admin, deposit, harvest, ownership, shares, tick, withdraw, Call};

/// Creates the vault, its share token and its pot.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    crate::instantiate::instantiate(deps, env, info, msg)
}

/// Whatever changes the vault.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    if !matches!(msg, ExecuteMsg::Deposit { .. }) {
        nonpayable(&info)?;
    }
    match msg {
        ExecuteMsg::Deposit {
            amount,
            recipient,
            min_shares_out,
        } => Call::open(deps, env, info)?
            .run(|call| deposit::deposit(call, amount, recipient, min_shares_out)),
        ExecuteMsg::RequestWithdrawal {
            shares,
            recipient,
            min_tokens_out,
        } => Call::open(deps, env, info)?
            .run(|call| withdraw::request_withdrawal(call, shares, recipient, min_tokens_out)),
        ExecuteMsg::CancelWithdrawal { batch_id } => {
            Call::open(deps, env, info)?.run(|call| withdraw::cancel_withdrawal(call, batch_id))
        }
        ExecuteMsg::Claim {
            batch_id,
            recipient,
        } => Call::open(deps, env, info)?.run(|call| withdraw::claim(call, batch_id, recipient)),
        ExecuteMsg::Tick { job, skip } => {
            Call::open(deps, env, info)?.run(|call| tick::tick(call, job, skip))
        }
        ExecuteMsg::ClaimFee { recipient } => {
            Call::open(deps, env, info)?.run(|call| harvest::claim_fee(call, recipient))
        }
        ExecuteMsg::ListValidators { validators } => {
            Call::open(deps, env, info)?.run(|call| admin::list_validators(call, validators))
        }
        ExecuteMsg::DrainValidators { validators } => {
            Call::open(deps, env, info)?.run(|call| admin::drain_validators(call, validators))
        }
        ExecuteMsg::TransferOwnership {
            new_owner,
            expires_at,
        } => Call::open(deps, env, info)?
            .run(|call| ownership::transfer_ownership(call, new_owner, expires_at)),
        ExecuteMsg::AcceptOwnership {} => {
            Call::open(deps, env, info)?.run(ownership::accept_ownership)
        }
        ExecuteMsg::CancelOwnershipTransfer {} => {
            Call::open(deps, env, info)?.run(ownership::cancel_ownership_transfer)
        }
        token => shares::execute(deps, env, info, token),
    }
}

/// What became of a message.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Result<Response, ContractError> {
    crate::reply::reply(deps, env, reply)
}

/// Answers anyone.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    crate::query::query(deps, env, msg)
}

/// Takes over an older version's state.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    crate::migrate::migrate(deps)
}
