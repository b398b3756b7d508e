//! Delegates what it is sent to the first validator of a list that takes it.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, from_json, to_json_binary, Binary, Coin, Deps, DepsMut, Empty, Env, MessageInfo,
    Reply, Response, StakingMsg, StdError, StdResult, SubMsg, SubMsgResult,
};

/// What it understands.
#[cw_serde]
pub enum ExecuteMsg {
    /// Stakes the one coin sent along.
    Stake {
        /// Tried in this order.
        validators: Vec<String>,
    },
    /// Takes stake back.
    Leave {
        /// From whom.
        validator: String,
        /// How much.
        amount: Coin,
    },
}

/// Remembers nothing.
#[entry_point]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Tries the first of them; a reply tries the others.
fn attempt(validators: &[String], amount: Coin) -> StdResult<Response> {
    let Some((validator, rest)) = validators.split_first() else {
        return Err(StdError::generic_err("nobody takes it"));
    };
    let msg = StakingMsg::Delegate {
        validator: validator.clone(),
        amount: amount.clone(),
    };
    let payload = to_json_binary(&(rest, amount))?;
    let attempt = SubMsg::reply_on_error(msg, 0).with_payload(payload);
    Ok(Response::new().add_submessage(attempt))
}

/// Stakes, or takes stake back.
#[entry_point]
pub fn execute(_: DepsMut, _: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    match msg {
        ExecuteMsg::Stake { validators } => match <[Coin; 1]>::try_from(info.funds) {
            Ok([amount]) => attempt(&validators, amount),
            Err(_) => Err(StdError::generic_err("one coin, please")),
        },
        ExecuteMsg::Leave { validator, amount } => {
            Ok(Response::new().add_message(StakingMsg::Undelegate { validator, amount }))
        }
    }
}

/// Tells the refusal, and tries the next.
#[entry_point]
pub fn reply(_: DepsMut, _: Env, reply: Reply) -> StdResult<Response> {
    let (rest, amount): (Vec<String>, Coin) = from_json(&reply.payload)?;
    match reply.result {
        SubMsgResult::Err(refusal) => Ok(attempt(&rest, amount)?.add_attribute("refusal", refusal)),
        SubMsgResult::Ok(_) => Ok(Response::new()),
    }
}

/// All its delegations.
#[entry_point]
pub fn query(deps: Deps, env: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&deps.querier.query_all_delegations(env.contract.address)?)
}
