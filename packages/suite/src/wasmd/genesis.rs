//! The first block: who exists, and what a chain of the suite is like.

use wasmd_chain::{AcceptList, Coin, Genesis, Params, Program, Validator, coin};

use crate::chain::{ChainSpec, RawQueries};

/// Pays all fees, so that nobody's stake tokens are touched.
pub const FEE_DENOM: &str = "ufee";
/// What a transaction pays, of that: too little to reach any delegator.
pub const FEE: u128 = 1;
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

/// So many operators as (address, name), in ascending address.
pub fn operators(program: &Program, count: usize) -> Vec<(String, String)> {
    let names = (0..count).map(|i| format!("validator-{i}"));
    let mut operators: Vec<_> = names
        .map(|name| (program.addresses(&name).unwrap().operator, name))
        .collect();
    operators.sort();
    operators
}

/// Coins as text.
fn fee(coins: &[cosmwasm_std::Coin]) -> String {
    let coins: Vec<String> = coins.iter().map(ToString::to_string).collect();
    coins.join(",")
}

/// The genesis of a chain of the suite.
pub fn of(spec: &ChainSpec, operators: &[(String, String)]) -> Genesis {
    let purse = [coin(FEES, FEE_DENOM)];
    let treasure = DENOMS.iter().chain([&FEE_DENOM]);
    let treasure: Vec<Coin> = treasure.map(|denom| coin(TREASURE, *denom)).collect();
    let mut genesis = Genesis::new().denom(&spec.denom);
    for name in ACCOUNTS {
        genesis = genesis.account(name, &purse);
    }
    genesis = genesis.account(TREASURY, &treasure);
    for ((_, name), validator) in operators.iter().zip(&spec.validators) {
        let rate = validator.commission_rate.to_string();
        let genesis_validator = Validator::new(name, validator.tokens).commission(rate);
        genesis = genesis.validator(genesis_validator.coins(&purse));
    }
    let accept_list = match spec.raw_queries {
        RawQueries::Grpc => AcceptList::Hub,
        RawQueries::Stargate => AcceptList::Osmosis,
        RawQueries::None => AcceptList::None,
    };
    genesis.params(Params {
        unbonding_seconds: Some(spec.unbonding_time),
        max_validators: Some(spec.max_validators),
        inflation: Some("0".into()),
        community_tax: Some("0".into()),
        signed_blocks_window: Some(spec.signed_blocks_window),
        accept_list: Some(accept_list),
        memo_calls: Some(true),
        denom_creation_fee: Some(fee(&spec.denom_creation_fee)),
        refuse_denom_metadata: Some(!spec.takes_denom_metadata),
        ..Params::default()
    })
}
