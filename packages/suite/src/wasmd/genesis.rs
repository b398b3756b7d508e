//! The first block: who exists, and what a chain of the suite is like.

use std::collections::BTreeMap;

use cosmwasm_std::{Coin, coin};
use serde_json::{Value, json};

use super::client;
use super::wire::{self, text};
use crate::chain::ChainSpec;

/// Pays all fees, so that nobody's stake tokens are touched.
pub const FEE_DENOM: &str = "ufee";
/// What a transaction pays: too little to reach any delegator.
pub const FEE: &str = "1ufee";
/// Fees for a whole test.
pub const FEES: u128 = 1_000_000_000;
/// Denoms besides that can be handed out.
pub const DENOMS: [&str; 3] = ["uother", "ustake", "uzzz"];
/// The account that hands out.
pub const TREASURY: &str = "treasury";
/// What it has of each denom.
pub const TREASURE: u128 = 10u128.pow(33);
/// Accounts of the first block. An account that comes later costs an extra block of a second.
pub const ACCOUNTS: [&str; 7] = [
    "alice", "bob", "carol", "keeper", "mallory", "owner", "walker",
];
/// Account and operator address of names.
pub fn addresses(names: &[String]) -> BTreeMap<String, (String, String)> {
    let told = client::demand(&json!({"op": "addresses", "names": names}));
    let address = |name: &String| {
        let told = &told["addresses"][name];
        (
            name.clone(),
            (text(&told["account"]), text(&told["operator"])),
        )
    };
    names.iter().map(address).collect()
}

/// So many operators as (address, name), in ascending address.
pub fn operators(count: usize) -> Vec<(String, String)> {
    let names: Vec<String> = (0..count).map(|i| format!("validator-{i}")).collect();
    let found = addresses(&names).into_iter();
    let mut operators: Vec<_> = found
        .map(|(name, (_, operator))| (operator, name))
        .collect();
    operators.sort();
    operators
}

/// The request `init` without the chain's name.
pub fn of(spec: &ChainSpec, operators: &[(String, String)]) -> Value {
    let purse = format!("{FEES}{FEE_DENOM}");
    let mut accounts: Vec<Value> = ACCOUNTS
        .iter()
        .map(|name| json!({"name": name, "coins": purse}))
        .collect();
    let treasure = DENOMS.iter().chain([&FEE_DENOM]);
    let treasure: Vec<Coin> = treasure.map(|denom| coin(TREASURE, *denom)).collect();
    accounts.push(json!({"name": TREASURY, "coins": wire::coins_text(&treasure)}));
    let validators = operators.iter().zip(&spec.validators);
    let validators: Vec<Value> = validators
        .map(|((_, name), validator)| {
            json!({
                "name": name,
                "tokens": validator.tokens.to_string(),
                "commission": validator.commission_rate.to_string(),
                "coins": purse,
            })
        })
        .collect();
    json!({
                "denom": spec.denom,
                "accounts": accounts,
                "validators": validators,
                "params": {
                    "unbonding_seconds": spec.unbonding_time,
                    "max_validators": spec.max_validators,
                    "inflation": "0",
                    "community_tax": "0",
                    "signed_blocks_window": spec.signed_blocks_window,
                    "accept_list": if spec.readable { "hub" } else { "none" },
                },
    })
}
