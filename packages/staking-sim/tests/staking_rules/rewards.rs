//! Rewards: who earns what and when, commission, community pool.

use crate::common::*;
use cosmwasm_std::{Addr, Decimal, DistributionMsg, coin, coins};
use staking_sim::{Chain, Dec18, Params};

fn balance(chain: &Chain, who: &Addr) -> u128 {
    chain.balance(who, DENOM).u128()
}

#[test]
fn rewards_are_shared_by_power_and_then_by_stake() {
    let mut chain = chain_without_commission();
    chain.allocate_rewards(&[stake(1_000)]);
    // a has 400 of 500: 800, of which alice's quarter is 200
    assert_eq!(chain.pending_rewards(&alice(), "a"), [stake(200)]);
    assert_eq!(chain.pending_rewards(&operator("a"), "a"), [stake(600)]);
    assert_eq!(chain.pending_rewards(&operator("b"), "b"), [stake(200)]);
    assert_covered(&chain, DENOM);
}

#[test]
fn new_power_earns_three_blocks_later() {
    let mut chain = chain_without_commission();
    delegate(&mut chain, &alice(), "b", 300 * POWER).unwrap();
    // decided in this block's end block, votes one block later still, whose votes come with
    // the next: until then b has 100 of 500
    for _ in 0..2 {
        chain.next_block(5);
        chain.allocate_rewards(&[stake(1_000)]);
        assert_eq!(
            chain.outstanding_rewards("b").amount_of(DENOM),
            Dec18::from_int(tokens(200))
        );
        withdraw(&mut chain, &operator("b"), "b").unwrap();
        withdraw(&mut chain, &alice(), "b").unwrap();
    }
    chain.next_block(5);
    chain.allocate_rewards(&[stake(1_000)]);
    // now 400 of 800
    assert_eq!(
        chain.outstanding_rewards("b").amount_of(DENOM),
        Dec18::from_int(tokens(500))
    );
    assert_covered(&chain, DENOM);
}

#[test]
fn commission_is_kept_apart() {
    let mut chain = chain();
    chain.next_block(5);
    chain.allocate_rewards(&[stake(600)]);
    // a has 300 of 600: 300, of which 10 % commission
    assert_eq!(
        chain.commission("a").amount_of(DENOM),
        Dec18::from_int(tokens(30))
    );
    assert_eq!(chain.pending_rewards(&operator("a"), "a"), [stake(270)]);
    chain
        .set_commission_rate("a", Decimal::percent(20))
        .unwrap();
    chain.allocate_rewards(&[stake(600)]);
    assert_eq!(
        chain.commission("a").amount_of(DENOM),
        Dec18::from_int(tokens(90))
    );
    assert!(
        chain
            .set_commission_rate("a", Decimal::percent(21))
            .is_err()
    );
    assert_covered(&chain, DENOM);
}

#[test]
fn nothing_is_earned_in_the_block_of_the_delegation() {
    let mut chain = chain_without_commission();
    let bob = account("bob");
    chain.mint(&bob, coins(400 * POWER, DENOM));
    delegate(&mut chain, &bob, "a", 400 * POWER).unwrap();
    chain.allocate_rewards(&[coin(1_000, "early")]);
    assert!(chain.pending_rewards(&bob, "a").is_empty());
    withdraw(&mut chain, &bob, "a").unwrap();
    assert_eq!(chain.balance(&bob, "early"), tokens(0));
    chain.next_block(5);
    chain.allocate_rewards(&[stake(1_000)]);
    // a still votes with 400 of 500 and gets 800, but half the stake is bob's
    assert_eq!(chain.pending_rewards(&bob, "a"), [stake(400)]);
    assert_eq!(
        chain.pending_rewards(&alice(), "a"),
        [coin(100, "early"), stake(100)]
    );
}

#[test]
fn rewards_before_and_after_a_slash_are_counted_on_their_own_stake() {
    let mut chain = chain_without_commission();
    chain.allocate_rewards(&[stake(1_000)]);
    chain.next_block(5);
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(10)).unwrap();
    chain.slash("b", height, Decimal::percent(50)).unwrap();
    chain.next_block(5);
    // bob comes in at the new rate: 90 units buy 100 units of shares
    let bob = account("bob");
    chain.mint(&bob, coins(90 * POWER, DENOM));
    delegate(&mut chain, &bob, "a", 90 * POWER).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    // a: 450 of 500
    chain.allocate_rewards(&[stake(1_000)]);
    // alice: 200 before, and 90 of 450 of 900 after
    assert_eq!(chain.pending_rewards(&alice(), "a"), [stake(200 + 180)]);
    assert_eq!(chain.pending_rewards(&bob, "a"), [stake(180)]);
    let before = balance(&chain, &alice());
    withdraw(&mut chain, &alice(), "a").unwrap();
    assert_eq!(balance(&chain, &alice()), before + 380);
    assert_covered(&chain, DENOM);
}

#[test]
fn many_uneven_slashes_never_break_a_withdrawal() {
    let mut chain = chain_without_commission();
    delegate(&mut chain, &alice(), "a", 1_234_567).unwrap();
    for step in 1..40 {
        chain.next_block(5);
        chain.allocate_rewards(&[stake(999_999)]);
        let height = chain.app.block_info().height;
        chain.slash("a", height, Decimal::permille(step)).unwrap();
        if step % 7 == 0 {
            withdraw(&mut chain, &alice(), "a").unwrap();
        }
    }
    chain.next_block(5);
    withdraw(&mut chain, &alice(), "a").unwrap();
    withdraw(&mut chain, &operator("a"), "a").unwrap();
    assert_covered(&chain, DENOM);
    assert_sound(&chain);
}

#[test]
fn community_tax_is_taken_first() {
    let params = Params {
        community_tax: Decimal::percent(2),
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", POWER)]).build();
    chain.next_block(5);
    chain.allocate_rewards(&[stake(1_000)]);
    assert_eq!(
        chain.community_pool().amount_of(DENOM),
        Dec18::from_int(tokens(20))
    );
    assert_eq!(
        chain.outstanding_rewards("a").amount_of(DENOM),
        Dec18::from_int(tokens(980))
    );
}

#[test]
fn block_rewards_are_shared_before_the_votes_of_the_block() {
    let mut chain = chain_without_commission();
    chain.set_block_rewards(&[stake(1_000)]);
    let height = chain.app.block_info().height;
    chain.double_sign("b", height);
    chain.next_block(5);
    // b earned in the block that convicts it
    assert!(chain.validator("b").unwrap().tombstoned);
    assert_eq!(chain.pending_rewards(&operator("b"), "b"), [stake(200)]);
    chain.next_block(5);
    assert_eq!(chain.pending_rewards(&alice(), "a"), [stake(400)]);
    chain.set_block_rewards(&[]);
    chain.next_block(5);
    assert_eq!(chain.pending_rewards(&alice(), "a"), [stake(400)]);
    assert_covered(&chain, DENOM);
}

#[test]
fn community_pool_can_be_funded() {
    let mut chain = chain();
    let fund = |amount| DistributionMsg::FundCommunityPool {
        amount: vec![stake(amount)],
    };
    run(&mut chain, &alice(), fund(9)).unwrap();
    assert_eq!(
        chain.community_pool().amount_of(DENOM),
        Dec18::from_int(tokens(9))
    );
    assert_eq!(
        refusal(run(&mut chain, &alice(), fund(0))),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(run(&mut chain, &account("poor"), fund(1))),
        "codespace: sdk, code: 5"
    );
    assert_covered(&chain, DENOM);
}

#[test]
fn removed_validator_pays_its_commission_to_the_operator() {
    let mut chain = chain();
    chain.next_block(5);
    chain.allocate_rewards(&[stake(600)]);
    let owner = operator("c");
    chain.jail("c").unwrap();
    chain.next_block(5);
    undelegate(&mut chain, &owner, "c", 100 * POWER).unwrap();
    // 100 of 600, less 10 %: 90, but for the truncated sixth
    assert_eq!(balance(&chain, &owner), 89);
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.validator("c"), None);
    // and a commission of 9.99…9
    assert_eq!(balance(&chain, &owner), 89 + 9 + 100 * POWER);
    assert_covered(&chain, DENOM);
    assert_sound(&chain);
}
