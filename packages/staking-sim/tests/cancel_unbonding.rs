//! MsgCancelUnbondingDelegation.
//!
//! Succeeds for a part of an entry or all of it, which frees its slot.
//! Fails on: zero or too much, another height, no entry, a jailed or unknown validator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop on errors"
)]

mod common;

use anybuf::Anybuf;
use common::*;
use cosmwasm_std::{AnyMsg, CosmosMsg, coin};
use staking_sim::Chain;

fn cancel(chain: &mut Chain, from: &str, amount: u128, height: u64) -> Result<(), String> {
    let value = Anybuf::new()
        .append_string(1, alice())
        .append_string(2, from)
        .append_message(
            3,
            &Anybuf::new()
                .append_string(1, DENOM)
                .append_string(2, amount.to_string()),
        )
        .append_int64(4, i64::try_from(height).unwrap());
    let msg = CosmosMsg::Any(AnyMsg {
        type_url: "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation".to_string(),
        value: value.into_vec().into(),
    });
    run(chain, &alice(), msg)
        .map(drop)
        .map_err(|error| error.to_string())
}

#[test]
fn cancelled_unbonding_is_delegated_again() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 60).unwrap();
    let height = chain.app.block_info().height;
    chain.next_block(5);
    assert_eq!(
        cancel(&mut chain, "a", 0, height),
        Err("codespace: sdk, code: 18".into())
    );
    assert_eq!(
        cancel(&mut chain, "a", 61, height),
        Err("codespace: sdk, code: 18".into())
    );
    assert_eq!(
        cancel(&mut chain, "a", 1, height + 1),
        Err("codespace: sdk, code: 38".into())
    );
    assert_eq!(
        cancel(&mut chain, "b", 1, height),
        Err("codespace: undefined, code: 1".into())
    );
    assert_eq!(
        cancel(&mut chain, "nobody", 1, height),
        Err(staking_code(3))
    );

    chain.allocate_rewards(&[coin(600 * POWER, "reward")]);
    let rewards = chain.pending_rewards(&alice(), "a");
    assert_eq!(rewards.len(), 1);
    cancel(&mut chain, "a", 20, height).unwrap();
    // it touches the delegation, hence pays
    assert_eq!(chain.balance(&alice(), "reward"), rewards[0].amount);
    let entry = chain.unbonding_entries(&alice(), "a")[0].clone();
    assert_eq!(
        (entry.initial_balance, entry.balance),
        (tokens(40), tokens(40))
    );
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(60));

    chain.jail("a").unwrap();
    assert_eq!(cancel(&mut chain, "a", 40, height), Err(staking_code(7)));
    chain.unjail("a").unwrap();
    cancel(&mut chain, "a", 40, height).unwrap();
    assert!(chain.all_unbonding_entries(&alice()).is_empty());
    assert_sound(&chain);
}
