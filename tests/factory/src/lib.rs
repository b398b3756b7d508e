//! A contract that instantiates others, as factories do: it is their admin at first, and hands that over in the
//! same transaction.

use anybuf::Bufany;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response,
    StdError, StdResult, SubMsg, WasmMsg,
};

/// What it understands.
#[cw_serde]
pub enum ExecuteMsg {
    /// Instantiates a contract with the funds, and makes it its own admin.
    Found {
        /// Its code.
        code_id: u64,
        /// What it is instantiated with.
        msg: Binary,
    },
}

/// Remembers nothing.
#[entry_point]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Instantiates.
#[entry_point]
pub fn execute(_: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    let ExecuteMsg::Found { code_id, msg } = msg;
    let message = WasmMsg::Instantiate {
        admin: Some(env.contract.address.into_string()),
        code_id,
        msg,
        funds: info.funds,
        label: "founded".to_owned(),
    };
    Ok(Response::new().add_submessage(SubMsg::reply_on_success(message, 1)))
}

/// Hands over.
#[entry_point]
pub fn reply(_: DepsMut, _: Env, reply: Reply) -> StdResult<Response> {
    let response = reply.result.into_result().map_err(StdError::generic_err)?;
    let answer = response.msg_responses.into_iter().next();
    let answer = answer.map(|answer| answer.value).unwrap_or_default();
    let address = Bufany::deserialize(&answer)
        .ok()
        .and_then(|answer| answer.string(1));
    let address = address.ok_or_else(|| StdError::generic_err("the chain tells no address"))?;
    let hand_over = WasmMsg::UpdateAdmin {
        contract_addr: address.clone(),
        admin: address,
    };
    Ok(Response::new().add_message(hand_over))
}

/// Knows nothing.
#[entry_point]
pub fn query(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&Empty {})
}
