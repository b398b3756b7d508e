//! A contract that only plans. What a plan costs by itself is the difference of two queries, of which one
//! makes one plan more.

mod message;
mod setting;

use cosmwasm_std::{
    entry_point, to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response,
    StdResult,
};

pub use message::{Answer, QueryMsg};

/// Remembers nothing.
#[entry_point]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Plans.
#[entry_point]
pub fn query(_: Deps, _: Env, msg: QueryMsg) -> StdResult<Binary> {
    to_json_binary(&setting::run(&msg)?)
}
