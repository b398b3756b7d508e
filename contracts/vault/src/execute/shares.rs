//! The share token's own messages, by way of cw20-base. Shares never go to the vault or the
//! pot. These calls touch nothing else and record no block.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};
use cw20_base::allowances::{
    execute_decrease_allowance, execute_increase_allowance, execute_send_from,
    execute_transfer_from,
};
use cw20_base::contract::{
    execute_send, execute_transfer, execute_update_marketing, execute_upload_logo,
};
use defenders_types::ExecuteMsg;

use crate::error::ContractError;
use crate::role::ensure_recipient;
use crate::state::CONFIG;

/// Runs a message of the token; the vault's other messages never get here.
///
/// Reads: config. Writes: balances, allowances, marketing. Sends: the receive hook of `send`.
/// Emits: cw20's attributes.
///
/// # Errors
/// [`ContractError::RecipientNotAllowed`], and cw20-base's.
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    if let ExecuteMsg::Transfer { recipient, .. }
    | ExecuteMsg::TransferFrom { recipient, .. }
    | ExecuteMsg::Send {
        contract: recipient,
        ..
    }
    | ExecuteMsg::SendFrom {
        contract: recipient,
        ..
    } = &msg
    {
        let config = CONFIG.load(deps.storage)?;
        let vault = &env.contract.address;
        let recipient = Some(recipient.clone());
        ensure_recipient(deps.api, &config, vault, recipient, &info.sender)?;
    }
    let response = match msg {
        ExecuteMsg::Transfer { recipient, amount } => {
            execute_transfer(deps, env, info, recipient, amount)?
        }
        ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } => execute_send(deps, env, info, contract, amount, msg)?,
        ExecuteMsg::IncreaseAllowance {
            spender,
            amount,
            expires,
        } => execute_increase_allowance(deps, env, info, spender, amount, expires)?,
        ExecuteMsg::DecreaseAllowance {
            spender,
            amount,
            expires,
        } => execute_decrease_allowance(deps, env, info, spender, amount, expires)?,
        ExecuteMsg::TransferFrom {
            owner,
            recipient,
            amount,
        } => execute_transfer_from(deps, env, info, owner, recipient, amount)?,
        ExecuteMsg::SendFrom {
            owner,
            contract,
            amount,
            msg,
        } => execute_send_from(deps, env, info, owner, contract, amount, msg)?,
        ExecuteMsg::UpdateMarketing {
            project,
            description,
            marketing,
        } => execute_update_marketing(deps, env, info, project, description, marketing)?,
        ExecuteMsg::UploadLogo(logo) => execute_upload_logo(deps, env, info, logo)?,
        ExecuteMsg::Deposit { .. }
        | ExecuteMsg::RequestWithdrawal { .. }
        | ExecuteMsg::CancelWithdrawal { .. }
        | ExecuteMsg::Claim { .. }
        | ExecuteMsg::Tick { .. }
        | ExecuteMsg::ClaimFee { .. }
        | ExecuteMsg::ListValidators { .. }
        | ExecuteMsg::DrainValidators { .. }
        | ExecuteMsg::TransferOwnership { .. }
        | ExecuteMsg::AcceptOwnership {}
        | ExecuteMsg::CancelOwnershipTransfer {} => return Err(ContractError::NotOfTheToken {}),
    };
    Ok(response)
}
