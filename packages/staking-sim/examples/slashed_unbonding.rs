//! An account delegates, begins to leave, and is caught by its validator's double sign on
//! the way out.
//!
//! `cargo run -p staking-sim --example slashed_unbonding`

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{StakingMsg, coin};
use cw_multi_test::Executor;
use staking_sim::{ChainBuilder, GenesisValidator};

const DAY: u64 = 24 * 60 * 60;

fn main() -> anyhow::Result<()> {
    let api = MockApi::default();
    let alice = api.addr_make("alice");
    let mut chain = ChainBuilder::new()
        .validator(GenesisValidator::new(
            "honest",
            api.addr_make("one"),
            700_000_000u128,
        ))
        .validator(GenesisValidator::new(
            "careless",
            api.addr_make("two"),
            300_000_000u128,
        ))
        .balance(&alice, [coin(100_000_000, "stake")])
        .build();
    let supply = chain.supply("stake");

    let delegate = StakingMsg::Delegate {
        validator: "careless".to_string(),
        amount: coin(100_000_000, "stake"),
    };
    chain.app.execute(alice.clone(), delegate.into())?;
    for _ in 0..3 {
        chain.next_block(6);
        chain.allocate_rewards(&[coin(1_000_000, "stake")]);
    }
    println!(
        "rewards waiting     {:?}",
        chain.pending_rewards(&alice, "careless")
    );

    let undelegate = StakingMsg::Undelegate {
        validator: "careless".to_string(),
        amount: coin(60_000_000, "stake"),
    };
    chain.app.execute(alice.clone(), undelegate.into())?;
    let infraction = chain.app.block_info().height;
    println!("paid on leaving     {}", chain.balance(&alice, "stake"));

    chain.next_block(6);
    chain.double_sign("careless", infraction);
    chain.next_block(6);
    for entry in chain.unbonding_entries(&alice, "careless") {
        println!(
            "on its way          {} of {}",
            entry.balance, entry.initial_balance
        );
    }
    println!(
        "still delegated     {}",
        chain.delegation_tokens(&alice, "careless")
    );
    let minted = cosmwasm_std::Uint128::new(3_000_000);
    println!(
        "burnt               {}",
        supply + minted - chain.supply("stake")
    );

    chain.advance(21 * DAY);
    println!("at maturity         {}", chain.balance(&alice, "stake"));
    chain.next_block(6);
    println!("one block later     {}", chain.balance(&alice, "stake"));
    Ok(())
}
