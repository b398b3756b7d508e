//! MsgDelegate.
//!
//! Succeeds to any validator that exists, jailed, unbonding or unbonded.
//! Fails on: zero amount, foreign denom, unknown validator, missing funds, shares without tokens.

use crate::common::*;
use cosmwasm_std::{Decimal, StakingMsg, coin};
use staking_sim::{ChainError, Status};

#[test]
fn delegation_moves_coins_to_the_bonded_pool() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 5).unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(5));
    // 300 + 200 + 100 units of power at genesis
    assert_eq!(chain.bonded_tokens(), tokens(600 * POWER + 5));
    assert_eq!(
        chain.balance(&alice(), DENOM),
        tokens(1_000_000 * POWER - 5)
    );
    assert_sound(&chain);
}

#[test]
fn refusals_of_a_delegation_carry_the_codes_of_the_chain() {
    let mut chain = chain();
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "a", 0)),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "nobody", 1)),
        staking_code(3)
    );
    let foreign = StakingMsg::Delegate {
        validator: "a".into(),
        amount: coin(1, "foreign"),
    };
    assert_eq!(
        refusal(run(&mut chain, &alice(), foreign)),
        "codespace: sdk, code: 18"
    );
    let poor = account("poor");
    let error = delegate(&mut chain, &poor, "a", 1).unwrap_err();
    assert_eq!(error.to_string(), "codespace: sdk, code: 5");
    let typed = error.downcast_ref::<ChainError>();
    let expected = ChainError::InsufficientFunds {
        balance: tokens(0),
        wanted: tokens(1),
    };
    assert_eq!(typed, Some(&expected));
}

#[test]
fn amount_is_checked_before_the_validator_and_the_validator_before_the_denom() {
    let mut chain = chain();
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "nobody", 0)),
        "codespace: sdk, code: 18"
    );
    let foreign = StakingMsg::Delegate {
        validator: "nobody".into(),
        amount: coin(1, "foreign"),
    };
    assert_eq!(refusal(run(&mut chain, &alice(), foreign)), staking_code(3));
}

#[test]
fn jailed_and_unbonded_validators_accept_delegations_into_the_other_pool() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    delegate(&mut chain, &alice(), "c", 7).unwrap();
    // still bonded until the end block, so the coins are in the bonded pool
    assert_eq!(chain.bonded_tokens(), tokens(600 * POWER + 7));
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonding);
    delegate(&mut chain, &alice(), "c", 1).unwrap();
    assert_eq!(chain.bonded_tokens(), tokens(500 * POWER));
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonded);
    delegate(&mut chain, &alice(), "c", 2).unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "c"), tokens(10));
    assert_sound(&chain);
}

#[test]
fn slashed_validator_issues_shares_at_its_rate() {
    let mut chain = chain();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(10)).unwrap();
    // 300 units of shares on 270 units of tokens: 9 tokens buy 10 shares
    delegate(&mut chain, &alice(), "a", 9).unwrap();
    let shares = chain
        .delegators("a")
        .into_iter()
        .find(|(who, _)| who == alice())
        .unwrap()
        .1;
    assert_eq!(shares, staking_sim::Dec18::from_int(tokens(10)));
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(9));
    assert_sound(&chain);
}

#[test]
fn delegating_to_a_slashed_validator_can_lose_one_unit() {
    let mut chain = chain();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(3)).unwrap();
    // 1 / 0.97 = 1.030927835051546391|75 shares, truncated, worth 0.99…99
    delegate(&mut chain, &alice(), "a", 1).unwrap();
    assert_eq!(chain.delegations(&alice()), [("a".to_string(), tokens(0))]);
    assert_sound(&chain);
}

#[test]
fn validator_slashed_by_everything_refuses_delegations_with_code_34() {
    let mut chain = chain();
    let height = chain.app.block_info().height;
    chain.slash("c", height, Decimal::one()).unwrap();
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "c", 5)),
        staking_code(34)
    );
}
