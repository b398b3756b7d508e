//! What a harvest pays its caller.

use cosmwasm_std::Uint128;
use defenders_node::read::Event;
use defenders_node::send::Estimate;

/// Whether a harvest's bounty leaves so much after the fee. Of fees in another denom nobody knows.
pub fn leaves(estimate: &Estimate, denom: &str, least: u128) -> bool {
    let bounty = paid_to(&estimate.events, "bounty");
    let cost = match estimate.fee.denom == denom {
        true => estimate.fee.amount,
        false => return false,
    };
    bounty >= cost.saturating_add(least)
}

/// The sum of an attribute of harvests.
pub fn paid_to(events: &[Event], key: &str) -> u128 {
    events
        .iter()
        .filter(|event| event.kind == "wasm-vault/harvested")
        .filter_map(|event| event.value(key)?.parse::<Uint128>().ok())
        .fold(0, |sum, tokens| sum.saturating_add(tokens.u128()))
}
