//! Ordered panics: they come from every touch of a delegation that existed, and take a whole
//! transaction with them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::common::*;
use cosmwasm_std::{Addr, CosmosMsg, Decimal, DistributionMsg, StakingMsg, coins};
use cw_multi_test::Executor;
use staking_sim::{Chain, ChainError};

fn delegating(validator: &str) -> CosmosMsg {
    let (validator, amount) = (validator.into(), stake(10));
    StakingMsg::Delegate { validator, amount }.into()
}

fn undelegating(validator: &str) -> CosmosMsg {
    let (validator, amount) = (validator.into(), stake(10));
    StakingMsg::Undelegate { validator, amount }.into()
}

fn redelegating(from: &str, to: &str) -> CosmosMsg {
    StakingMsg::Redelegate {
        src_validator: from.into(),
        dst_validator: to.into(),
        amount: stake(10),
    }
    .into()
}

fn withdrawing(validator: &str) -> CosmosMsg {
    let validator = validator.into();
    DistributionMsg::WithdrawDelegatorReward { validator }.into()
}

/// Alice has 1000 at `a` and at `b`, and rewards wait.
fn staked() -> Chain {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 1_000).unwrap();
    delegate(&mut chain, &alice(), "b", 1_000).unwrap();
    for _ in 0..4 {
        chain.next_block(5);
    }
    chain.allocate_rewards(&[stake(1_000 * POWER)]);
    chain.next_block(5);
    chain
}

/// All that can be read of Alice and of the reward accounts.
fn shown(chain: &Chain) -> String {
    let alice = alice();
    format!(
        "{:?}",
        (
            chain.balance(&alice, DENOM),
            chain.validators(),
            chain.delegations(&alice),
            chain.all_unbonding_entries(&alice),
            chain.redelegations(&alice),
            chain.pending_rewards(&alice, "b"),
            chain.supply(DENOM),
        )
    )
}

fn assert_panics(chain: &mut Chain, who: &Addr, msg: CosmosMsg) {
    let before = shown(chain);
    let error = chain.run_tx(who, msg.clone()).unwrap_err();
    let refusal = error.downcast_ref::<ChainError>().unwrap();
    let ChainError::Panicked { reason } = refusal else {
        panic!("{msg:?} is refused: {error:#}");
    };
    assert!(reason.contains("greater than current stake"), "{reason}");
    let text = format!("{error:#}");
    let code = "codespace: undefined, code: 111222: recovered: calculated final stake";
    assert!(text.starts_with(code), "{text}");
    assert!(text.ends_with(": panic"), "{text}");
    assert_eq!(shown(chain), before, "{msg:?}");
}

#[test]
fn every_touch_of_a_delegation_panics_and_changes_nothing() {
    let mut chain = staked();
    chain.panic_on_touch("a");

    for touch in [
        delegating("a"),
        undelegating("a"),
        redelegating("a", "c"),
        redelegating("b", "a"),
        withdrawing("a"),
    ] {
        assert_panics(&mut chain, &alice(), touch);
    }
    // anybody's delegation, here the operator's own
    assert_panics(&mut chain, &operator("a"), withdrawing("a"));
    assert_sound(&chain);
}

#[test]
fn other_validators_and_later_delegations_are_sound() {
    let mut chain = staked();
    let bob = account("bob");
    chain.mint(&bob, coins(100, DENOM));
    chain.panic_on_touch("a");
    chain.next_block(5);

    let alice = alice();
    for touch in [
        delegating("b"),
        undelegating("b"),
        withdrawing("b"),
        redelegating("b", "c"),
    ] {
        chain.run_tx(&alice, touch).unwrap();
    }
    chain.run_tx(&bob, delegating("a")).unwrap();
    chain.next_block(5);
    chain.run_tx(&bob, withdrawing("a")).unwrap();
    chain.run_tx(&bob, undelegating("a")).unwrap();
    assert_panics(&mut chain, &alice, withdrawing("a"));
    assert_sound(&chain);
}

#[test]
fn nothing_panics_in_the_block_in_which_the_delegation_was_touched() {
    let mut chain = staked();
    chain.run_tx(&alice(), withdrawing("a")).unwrap();
    chain.panic_on_touch("a");
    chain.run_tx(&alice(), withdrawing("a")).unwrap(); // no rewards are counted
    chain.next_block(5);
    assert_panics(&mut chain, &alice(), withdrawing("a"));
}

#[test]
fn panics_outlast_slashes_and_end_when_told_to() {
    let mut chain = staked();
    chain.panic_on_touch("a");
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(10)).unwrap();
    chain.next_block(5);
    assert_panics(&mut chain, &alice(), undelegating("a"));

    chain.stop_panics("a");
    chain.run_tx(&alice(), withdrawing("a")).unwrap();
    chain.run_tx(&alice(), redelegating("a", "b")).unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(890));
    assert_sound(&chain);
}

#[test]
fn cancelled_unbonding_panics() {
    let mut chain = staked();
    chain.run_tx(&alice(), undelegating("a")).unwrap();
    let created = chain.app.block_info().height;
    chain.next_block(5);
    chain.panic_on_touch("a");
    let cancel = cancelling(&alice(), "a", 10, created);
    assert_panics(&mut chain, &alice(), cancel);
}

#[test]
fn panic_outside_of_a_transaction_reaches_the_test() {
    let mut chain = staked();
    chain.panic_on_touch("a");
    let alice = alice();
    let reached = catch_unwind(AssertUnwindSafe(|| chain.pending_rewards(&alice, "a")));
    let payload = reached.unwrap_err();
    let reason = payload.downcast_ref::<String>().unwrap();
    assert!(reason.contains("greater than current stake"), "{reason}");

    let reached = catch_unwind(AssertUnwindSafe(|| {
        chain.app.execute(alice.clone(), withdrawing("a"))
    }));
    assert!(reached.unwrap_err().is::<String>());
}
