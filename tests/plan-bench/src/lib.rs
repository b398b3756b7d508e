//! A contract that only plans. What a plan costs by itself is the difference of two queries, of which one
//! makes one plan more.

mod setting;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response,
    StdResult,
};

/// What it answers.
#[cw_serde]
pub struct QueryMsg {
    /// Validators.
    pub validators: u32,
    /// Groups, each validator in one of them.
    pub groups: u32,
    /// How often caps and targets are computed.
    pub targets: u32,
    /// How often moves are planned.
    pub plans: u32,
}

/// What came out, so that nothing is left out of the work.
#[cw_serde]
pub struct Answer {
    /// Moves of all plans together.
    pub moves: u32,
}

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
