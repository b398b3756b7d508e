//! A contract that takes cw20 shares and says so, for tests of the share token.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, to_json_binary, Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response,
    StdResult,
};
use cw20::Cw20ReceiveMsg;

/// What it understands.
#[cw_serde]
pub enum ExecuteMsg {
    /// The cw20 hook.
    Receive(Cw20ReceiveMsg),
}

/// Remembers nothing.
#[entry_point]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Tells which token came, from whom, how much.
#[entry_point]
pub fn execute(_: DepsMut, _: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    let ExecuteMsg::Receive(hook) = msg;
    let received = Event::new("sink/received")
        .add_attribute("token", info.sender)
        .add_attribute("sender", hook.sender)
        .add_attribute("shares", hook.amount);
    Ok(Response::new().add_event(received))
}

/// Takes over whatever was there before. It answers no reply.
#[entry_point]
pub fn migrate(_: DepsMut, _: Env, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// What it can be asked.
#[cw_serde]
pub enum QueryMsg {
    /// Whom it obeys, as a pot is asked.
    Config {},
}

/// Whom it obeys.
#[cw_serde]
pub struct ConfigResponse {
    /// Nobody.
    pub vault: String,
}

/// Obeys nobody.
#[entry_point]
pub fn query(_: Deps, _: Env, msg: QueryMsg) -> StdResult<Binary> {
    let QueryMsg::Config {} = msg;
    let vault = "nobody".to_owned();
    to_json_binary(&ConfigResponse { vault })
}
