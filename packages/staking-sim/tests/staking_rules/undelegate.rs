//! MsgUndelegate.
//!
//! Succeeds with at most seven entries per pair; always takes the full unbonding time.
//! Fails on: zero amount, no delegation, too much, a full pair, a validator without tokens.

use crate::common::*;
use anybuf::Bufany;
use cosmwasm_std::{Decimal, StakingMsg, coin};
use staking_sim::{Params, Status};

#[test]
fn undelegated_coins_arrive_after_the_unbonding_time() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    chain.next_block(5);
    let response = undelegate(&mut chain, &alice(), "a", 40).unwrap();

    let now = chain.app.block_info();
    let entries = chain.unbonding_entries(&alice(), "a");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].creation_height, now.height);
    assert_eq!(entries[0].completion_time, now.time.plus_seconds(UNBONDING));
    assert_eq!(
        (entries[0].initial_balance, entries[0].balance),
        (tokens(40), tokens(40))
    );

    let data = response.data.unwrap();
    let decoded = Bufany::deserialize(&data).unwrap();
    let completion = decoded.message(1).unwrap();
    let seconds = i64::try_from(now.time.plus_seconds(UNBONDING).seconds()).unwrap();
    assert_eq!(completion.int64(1), Some(seconds));
    assert_eq!(decoded.message(2).unwrap().string(2).unwrap(), "40");

    let before = chain.balance(&alice(), DENOM);
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.balance(&alice(), DENOM), before + tokens(40));
    assert!(chain.unbonding_entries(&alice(), "a").is_empty());
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(60));
    assert_sound(&chain);
}

#[test]
fn refusals_of_an_undelegation_carry_the_codes_of_the_chain() {
    let mut chain = chain();
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 0)),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "nobody", 1)),
        staking_code(3)
    );
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 1)),
        staking_code(19)
    );
    delegate(&mut chain, &alice(), "a", 10).unwrap();
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 11)),
        "codespace: sdk, code: 18"
    );
    let foreign = StakingMsg::Undelegate {
        validator: "a".into(),
        amount: coin(1, "foreign"),
    };
    assert_eq!(
        refusal(run(&mut chain, &alice(), foreign)),
        "codespace: sdk, code: 18"
    );
}

#[test]
fn validator_without_tokens_refuses_with_code_22() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 10).unwrap();
    let height = chain.app.block_info().height;
    // all of it: the power of 100 units leaves alice's 10 base units, so slash one unit more
    chain.slash_power("c", height, 101, Decimal::one()).unwrap();
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(0));
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "c", 1)),
        staking_code(22)
    );
}

#[test]
fn eighth_unbonding_entry_is_refused_with_code_27() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    for _ in 0..7 {
        chain.next_block(5);
        undelegate(&mut chain, &alice(), "a", 1).unwrap();
    }
    // even in the block of the seventh, with which it would merge
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 1)),
        staking_code(27)
    );
    // another validator has its own seven
    delegate(&mut chain, &alice(), "b", 1).unwrap();
    undelegate(&mut chain, &alice(), "b", 1).unwrap();
}

#[test]
fn undelegations_of_one_block_share_an_entry() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    for _ in 0..20 {
        undelegate(&mut chain, &alice(), "a", 2).unwrap();
    }
    let entries = chain.unbonding_entries(&alice(), "a");
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (entries[0].initial_balance, entries[0].balance),
        (tokens(40), tokens(40))
    );
}

#[test]
fn slot_is_free_again_in_the_block_after_maturity() {
    let params = Params {
        max_entries: 1,
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", POWER)]).build();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 1).unwrap();
    chain.next_block(UNBONDING);
    // this block's end block pays the entry
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 1)),
        staking_code(27)
    );
    chain.next_block(5);
    undelegate(&mut chain, &alice(), "a", 1).unwrap();
}

#[test]
fn slashed_delegation_is_exitable_but_for_a_fraction_of_a_unit() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 1001).unwrap();
    for _ in 0..5 {
        chain.next_block(5);
        let height = chain.app.block_info().height;
        chain.slash("a", height, Decimal::percent(10)).unwrap();
    }
    // 1001 · 0.9^5 = 591.08 (the slash of whole units of power moves it by less than 0.01)
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(591));
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 592)),
        "codespace: sdk, code: 18"
    );
    undelegate(&mut chain, &alice(), "a", 591).unwrap();
    // 0.08 stays, as a row of zero tokens
    assert_eq!(chain.delegations(&alice()), [("a".to_string(), tokens(0))]);
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 1)),
        "codespace: sdk, code: 18"
    );
    assert_sound(&chain);
}

#[test]
fn asking_for_the_whole_displayed_amount_empties_a_delegation() {
    let mut chain = chain();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(3)).unwrap();
    // 100 / 0.97 = 103.092783505154639175|26 shares, truncated, worth 99.9…9|75: shown as 100
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(100));
    undelegate(&mut chain, &alice(), "a", 100).unwrap();
    assert!(chain.delegations(&alice()).is_empty());
    assert_sound(&chain);
}

#[test]
fn undelegation_that_truncates_to_nothing_still_takes_a_slot() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 5 * POWER).unwrap();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(3)).unwrap();
    // 1 token is 1.030927835051546391|75 shares, truncated, worth 0.99…99 tokens
    undelegate(&mut chain, &alice(), "a", 1).unwrap();
    assert_eq!(chain.unbonding_entries(&alice(), "a")[0].balance, tokens(0));
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert!(chain.all_unbonding_entries(&alice()).is_empty());
    assert_sound(&chain);
}

#[test]
fn unbonded_validator_also_takes_the_full_time() {
    let params = Params {
        max_validators: 1,
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", 2 * POWER), ("b", POWER)]).build();
    assert_eq!(chain.validator("b").unwrap().status, Status::Unbonded);
    delegate(&mut chain, &alice(), "b", 9).unwrap();
    undelegate(&mut chain, &alice(), "b", 9).unwrap();
    let completion = chain.unbonding_entries(&alice(), "b")[0].completion_time;
    assert_eq!(
        completion,
        chain.app.block_info().time.plus_seconds(UNBONDING)
    );
    assert_sound(&chain);
}

#[test]
fn last_shares_out_take_leftovers_and_remove_an_unbonded_validator() {
    let params = Params {
        max_validators: 1,
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", 2 * POWER), ("b", POWER)]).build();
    let owner = operator("b");
    undelegate(&mut chain, &owner, "b", POWER).unwrap();
    assert_eq!(chain.validator("b"), None);
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "b", 1)),
        staking_code(3)
    );
    // the entry outlives its validator
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.balance(&owner, DENOM), tokens(POWER));
    assert_sound(&chain);
}
