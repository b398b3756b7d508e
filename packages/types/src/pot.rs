//! The reward pot: the vault's withdraw address. It acts only when called by the vault.

use cosmwasm_schema::QueryResponses;
use cosmwasm_std::{Coin, Uint128};
use defenders_json::{answer, message};

message! {
    /// Made by the vault, which becomes its only caller.
    pub struct InstantiateMsg {
        /// The bond denom, the only one that the pot forwards.
        pub denom: String,
    }
}

message! {
    /// What the vault may ask.
    pub enum ExecuteMsg {
        /// Send all of the bond denom to the vault. Answers with [`Released`] as data.
        Release {},
    }
}

message! {
    grows
    /// Data of a release.
    pub struct Released {
        /// Tokens sent to the vault, possibly 0.
        pub tokens: Uint128,
    }
}

message! {
    /// Takes over an older pot's state.
    pub struct MigrateMsg {}
}

message! {
    /// What anyone may ask.
    #[derive(QueryResponses)]
    pub enum QueryMsg {
        /// The vault and the denom.
        #[returns(ConfigResponse)]
        Config {},
        /// All that lies in the pot, denoms other than the bond denom included: those stay.
        #[returns(BalancesResponse)]
        Balances {},
    }
}

answer! {
    /// The pot's fixed configuration.
    pub struct ConfigResponse {
        /// The only caller, and the only receiver.
        pub vault: String,
        /// The bond denom.
        pub denom: String,
    }
}

answer! {
    /// What lies in the pot.
    pub struct BalancesResponse {
        /// Tokens of the bond denom, to be released by the next harvest.
        pub releasable: Uint128,
        /// Coins of other denoms; they stay in the pot.
        pub others: Vec<Coin>,
    }
}
