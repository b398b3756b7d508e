//! What the pot remembers; written once, at instantiation.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;
use cw_storage_plus::Item;

/// Name for cw2.
pub const CONTRACT_NAME: &str = "crates.io:defenders-reward-pot";
/// Version for cw2.
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Fixed for ever.
#[cw_serde]
pub struct Config {
    /// The instantiator: the only caller and the only receiver.
    pub vault: Addr,
    /// The bond denom.
    pub denom: String,
}

/// Written by `instantiate`.
pub const CONFIG: Item<Config> = Item::new("config");
