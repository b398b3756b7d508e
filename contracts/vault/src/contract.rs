//! Entry points: decode, check funds, dispatch.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};
use defenders_types::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

use crate::call::Call;
use crate::error::ContractError;
use crate::execute::cw20::{Change, Move};
use crate::execute::owner::{listing, settings, snapshot, transfer, upgrade};
use crate::execute::{
    brake, changes, claim_fee, cw20, deposit, own_maximum, post_powers, tick, withdraw,
};
use crate::funds;

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
    Ok(crate::instantiate::instantiate(deps, env, info, msg)?)
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
    if !matches!(
        msg,
        ExecuteMsg::Deposit { .. } | ExecuteMsg::RequestWithdrawal { .. }
    ) && !cw20::is_of_cw20(&msg)
    {
        funds::ensure_none(&info.funds)?;
    }
    Ok(handle(deps, env, info, msg)?)
}

/// A handler with what the message gives it. Boxed, so that the code around it is there once, not for
/// each message.
type Handler = Box<dyn FnOnce(&mut Call) -> Result<(), Box<ContractError>>>;

fn handle(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, Box<ContractError>> {
    let handler: Handler = match msg {
        ExecuteMsg::Deposit {
            amount,
            recipient,
            min_shares_out,
            delegate,
        } => {
            let delegate = delegate.unwrap_or(true);
            Box::new(move |call| {
                deposit::deposit(call, amount, recipient, min_shares_out, delegate)
            })
        }
        ExecuteMsg::RequestWithdrawal {
            shares,
            recipient,
            min_tokens_out,
        } => Box::new(move |call| {
            withdraw::request_withdrawal(call, shares, recipient, min_tokens_out)
        }),
        ExecuteMsg::CancelWithdrawal { batch_id } => {
            Box::new(move |call| withdraw::cancel_withdrawal(call, batch_id))
        }
        ExecuteMsg::Claim {
            batch_id,
            recipient,
        } => Box::new(move |call| withdraw::claim(call, batch_id, recipient)),
        ExecuteMsg::Tick { job, skip } => {
            Box::new(move |call| tick::tick(call, job, skip).map(|_| ()))
        }
        ExecuteMsg::ClaimFee { recipient } => {
            Box::new(move |call| claim_fee::claim_fee(call, recipient))
        }
        ExecuteMsg::ListValidators {
            validators,
            valid_until,
        } => Box::new(move |call| listing::list_validators(call, validators, valid_until)),
        ExecuteMsg::DrainValidators {
            validators,
            valid_until,
        } => Box::new(move |call| listing::drain_validators(call, validators, valid_until)),
        ExecuteMsg::ProposeSettings {
            settings,
            valid_until,
        } => Box::new(move |call| settings::propose_settings(call, settings, valid_until)),
        ExecuteMsg::ScheduleUpgrade {
            contract,
            code_id,
            checksum,
            msg,
            valid_until,
        } => {
            let new_code = upgrade::new_code(code_id, checksum, msg);
            Box::new(move |call| upgrade::schedule_upgrade(call, contract, new_code, valid_until))
        }
        ExecuteMsg::ApplyChange { id } => Box::new(move |call| changes::apply_change(call, id)),
        ExecuteMsg::CancelChange { id, valid_until } => {
            Box::new(move |call| changes::cancel_change(call, id, valid_until))
        }
        ExecuteMsg::PutBrakeOn { until } => Box::new(move |call| brake::put_on(call, until)),
        ExecuteMsg::TakeBrakeOff { valid_until } => {
            Box::new(move |call| brake::take_off(call, valid_until))
        }
        ExecuteMsg::ArmBrake { valid_until } => Box::new(move |call| brake::arm(call, valid_until)),
        ExecuteMsg::SetOwnMaximum { validator, tokens } => {
            Box::new(move |call| own_maximum::set_own_maximum(call, validator, tokens))
        }
        ExecuteMsg::AcceptSnapshot {
            failed,
            valid_until,
        } => Box::new(move |call| snapshot::accept_snapshot(call, failed, valid_until)),
        ExecuteMsg::PostPowers { page, of, powers } => {
            Box::new(move |call| post_powers::post_powers(call, page, of, powers))
        }
        ExecuteMsg::TransferOwnership {
            new_owner,
            expires_at,
            valid_until,
        } => Box::new(move |call| {
            transfer::transfer_ownership(call, new_owner, expires_at, valid_until)
        }),
        ExecuteMsg::AcceptOwnership {} => Box::new(transfer::accept_ownership),
        ExecuteMsg::CancelOwnershipTransfer { valid_until } => {
            Box::new(move |call| transfer::cancel_ownership_transfer(call, valid_until))
        }

        ExecuteMsg::Transfer { recipient, amount } => {
            let asked = Move {
                owner: None,
                recipient,
                shares: amount,
                hook: None,
            };
            return cw20::move_shares(deps, &env, info, asked);
        }
        ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } => {
            let asked = Move {
                owner: None,
                recipient: contract,
                shares: amount,
                hook: Some(msg),
            };
            return cw20::move_shares(deps, &env, info, asked);
        }
        ExecuteMsg::IncreaseAllowance {
            spender,
            amount,
            expires,
        } => {
            return cw20::change_allowance(
                deps,
                &env,
                info,
                Change::Increase,
                spender,
                amount,
                expires,
            )
        }
        ExecuteMsg::DecreaseAllowance {
            spender,
            amount,
            expires,
        } => {
            return cw20::change_allowance(
                deps,
                &env,
                info,
                Change::Decrease,
                spender,
                amount,
                expires,
            )
        }
        ExecuteMsg::TransferFrom {
            owner,
            recipient,
            amount,
        } => {
            let asked = Move {
                owner: Some(owner),
                recipient,
                shares: amount,
                hook: None,
            };
            return cw20::move_shares(deps, &env, info, asked);
        }
        ExecuteMsg::SendFrom {
            owner,
            contract,
            amount,
            msg,
        } => {
            let asked = Move {
                owner: Some(owner),
                recipient: contract,
                shares: amount,
                hook: Some(msg),
            };
            return cw20::move_shares(deps, &env, info, asked);
        }
        ExecuteMsg::UpdateMarketing {
            project,
            description,
            marketing,
        } => return cw20::update_marketing(deps, &info, project, description, marketing),
        ExecuteMsg::UploadLogo(logo) => return cw20::upload_logo(deps, &info, &logo),
    };
    Call::open(deps, env, info)?.run(handler)
}

/// What became of a message.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Result<Response, ContractError> {
    Ok(crate::messages::reply(deps, env, reply)?)
}

/// Answers anyone.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    Ok(crate::query::query(deps, env, msg)?)
}

/// Takes over an older version's state.
///
/// # Errors
/// See [`ContractError`].
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    Ok(crate::migrate::migrate(deps)?)
}
