//! MsgCancelUnbondingDelegation.
//!
//! Succeeds for a part of an entry or all of it, which makes room for another entry.
//! Fails on: zero or too much, another height, no entry, a jailed or unknown validator.

use crate::common::*;
use cosmwasm_std::coin;

#[test]
fn cancelled_unbonding_is_delegated_again() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 60).unwrap();
    let height = chain.app.block_info().height;
    chain.next_block(5);
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "a", 0, height)),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "a", 61, height)),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "a", 1, height + 1)),
        "codespace: sdk, code: 38"
    );
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "b", 1, height)),
        "codespace: undefined, code: 1"
    );
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "nobody", 1, height)),
        staking_code(3)
    );

    chain.allocate_rewards(&[coin(600 * POWER, "reward")]);
    let rewards = chain.pending_rewards(&alice(), "a");
    assert_eq!(rewards.len(), 1);
    cancel_unbonding(&mut chain, &alice(), "a", 20, height).unwrap();
    // it touches the delegation, hence pays
    assert_eq!(chain.balance(&alice(), "reward"), rewards[0].amount);
    let entry = chain.unbonding_entries(&alice(), "a")[0].clone();
    assert_eq!(
        (entry.initial_balance, entry.balance),
        (tokens(40), tokens(40))
    );
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(60));

    chain.jail("a").unwrap();
    assert_eq!(
        refusal(cancel_unbonding(&mut chain, &alice(), "a", 40, height)),
        staking_code(7)
    );
    chain.unjail("a").unwrap();
    cancel_unbonding(&mut chain, &alice(), "a", 40, height).unwrap();
    assert!(chain.all_unbonding_entries(&alice()).is_empty());
    assert_sound(&chain);
}
