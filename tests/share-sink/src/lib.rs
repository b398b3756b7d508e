//! A contract that takes shares, for tests: a cw20 by its hook, coins to burn them, or to change them at the
//! vault's own rate as a pool would.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, to_json_binary, BankMsg, Binary, Coin, Decimal, Deps, DepsMut, Empty, Env, Event,
    MessageInfo, Response, StdError, StdResult,
};
use cw20::Cw20ReceiveMsg;

/// What it understands.
#[cw_serde]
pub enum ExecuteMsg {
    /// The cw20 hook.
    Receive(Cw20ReceiveMsg),
    /// Burns what is sent along.
    Burn {},
    /// Changes the shares that are sent along into coins of its own.
    Swap {
        /// Tells the rate.
        vault: String,
        /// What is paid.
        into: String,
    },
}

/// What it asks a vault.
#[cw_serde]
enum VaultQuery {
    RedemptionRate { denom: String },
}

/// What a vault answers.
#[cw_serde]
pub struct RedemptionRate {
    /// Tokens for a share.
    pub redemption_rate: Decimal,
    /// Seconds.
    pub update_time: u64,
}

/// Remembers nothing.
#[entry_point]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Takes shares.
#[entry_point]
pub fn execute(deps: DepsMut, _: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    match msg {
        ExecuteMsg::Receive(hook) => Ok(received(info, &hook)),
        ExecuteMsg::Burn {} => {
            let amount = info.funds;
            Ok(Response::new().add_message(BankMsg::Burn { amount }))
        }
        ExecuteMsg::Swap { vault, into } => swap(deps.as_ref(), info, vault, into),
    }
}

/// Tells which token came, from whom, how much.
fn received(info: MessageInfo, hook: &Cw20ReceiveMsg) -> Response {
    let received = Event::new("sink/received")
        .add_attribute("token", info.sender)
        .add_attribute("sender", &hook.sender)
        .add_attribute("shares", hook.amount);
    Response::new().add_event(received)
}

fn swap(deps: Deps, info: MessageInfo, vault: String, into: String) -> StdResult<Response> {
    let [shares] = <[Coin; 1]>::try_from(info.funds)
        .map_err(|_| StdError::generic_err("send shares, and nothing else"))?;
    let denom = shares.denom;
    let asked = VaultQuery::RedemptionRate { denom };
    let told: RedemptionRate = deps.querier.query_wasm_smart(vault, &asked)?;
    let amount = Coin::new(shares.amount.mul_floor(told.redemption_rate), into);
    Ok(Response::new().add_message(BankMsg::Send {
        to_address: info.sender.into(),
        amount: vec![amount],
    }))
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
