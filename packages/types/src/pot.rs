//! The reward pot: the vault's withdraw address. It acts only when called by the vault.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Coin, Uint128};

/// Made by the vault, which becomes its only caller.
#[cw_serde]
#[serde(deny_unknown_fields)]
pub struct InstantiateMsg {
    /// The bond denom, the only one that the pot forwards.
    pub denom: String,
}

/// What the vault may ask.
#[cw_serde]
#[serde(deny_unknown_fields)]
pub enum ExecuteMsg {
    /// Send all of the bond denom to the vault. Answers with [`Released`] as data.
    Release {},
}

/// Data of a release.
#[cw_serde]
pub struct Released {
    /// Tokens sent to the vault, possibly 0.
    pub tokens: Uint128,
}

/// What anyone may ask.
#[cw_serde]
#[serde(deny_unknown_fields)]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The vault and the denom.
    #[returns(ConfigResponse)]
    Config {},
    /// All that lies in the pot, denoms other than the bond denom included: those stay.
    #[returns(BalancesResponse)]
    Balances {},
}

/// The pot's fixed configuration.
#[cw_serde]
pub struct ConfigResponse {
    /// The only caller, and the only receiver.
    pub vault: String,
    /// The bond denom.
    pub denom: String,
}

/// What lies in the pot.
#[cw_serde]
pub struct BalancesResponse {
    /// Tokens of the bond denom, to be released by the next harvest.
    pub releasable: Uint128,
    /// Coins of other denoms; they stay in the pot.
    pub others: Vec<Coin>,
}
