//! The vault creates its reward pot, and sends its rewards there from then on.

use anybuf::Bufany;
use cosmwasm_std::{Addr, DepsMut, Env, Response, StdResult, SubMsg, SubMsgResult, WasmMsg};
use defenders_json::write;
use defenders_types::pot;

use super::reply_id::{answer_data, ReplyId};
use super::test_chain;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::shares::shares_of;
use crate::state::CONFIG;

/// The pot's instantiation; the vault is its admin.
///
/// # Errors
/// When the message cannot be written.
pub fn message(vault: &Addr, code_id: u64, denom: String) -> StdResult<SubMsg> {
    let message = WasmMsg::Instantiate {
        admin: Some(vault.to_string()),
        code_id,
        msg: write(&pot::InstantiateMsg { denom }).into(),
        funds: vec![],
        label: "defenders reward pot".to_owned(),
    };
    Ok(SubMsg::reply_on_success(message, ReplyId::CreatePot as u64))
}

/// The pot exists: the configuration is complete, and rewards go there. Then the chain is tested.
///
/// Reads: config, the vault's shares, and what `test_chain` reads. Writes: config, and what `test_chain`
/// writes. Sends: the withdraw address, a delegation and its undelegation. Emits: `vault/instantiated`,
/// `vault/delegated`; the reply `vault/undelegated`.
///
/// # Errors
/// [`ContractError::PotAnswer`], and those of `test_chain`.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let mut config = CONFIG.load(deps.storage)?;
    let data = answer_data(result)?;
    let answer = Bufany::deserialize(&data).ok();
    let address = answer.and_then(|answer| answer.string(1));
    let address = address.ok_or(ContractError::PotAnswer {
        bytes: data.len(),
        field: "address",
    })?;
    config.reward_pot = deps.api.addr_validate(&address)?;
    let seed = shares_of(deps.storage, &env.contract.address)?;

    CONFIG.save(deps.storage, &config);
    let response = Response::new()
        .add_message(staking::set_withdraw_address(&config.reward_pot))
        .add_event(event::instantiated(&config, seed));
    test_chain::send(deps, env, &config, response)
}
