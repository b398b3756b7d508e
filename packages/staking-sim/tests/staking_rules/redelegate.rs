//! MsgBeginRedelegate.
//!
//! Succeeds at once for the delegator; what remains is an entry that answers for the source.
//! Fails on: itself, unknown ends, a source that is receiving, a full triplet, nothing moved.

use crate::common::*;
use anybuf::Bufany;
use cosmwasm_std::Decimal;
use staking_sim::{Params, Status};

#[test]
fn redelegation_moves_the_stake_at_once_and_leaves_an_entry() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    let response = redelegate(&mut chain, &alice(), "a", "b", 30).unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(70));
    assert_eq!(chain.delegation_tokens(&alice(), "b"), tokens(30));

    let now = chain.app.block_info();
    let live = chain.redelegations(&alice());
    assert_eq!(live.len(), 1);
    assert_eq!(
        (
            live[0].src_validator.as_str(),
            live[0].dst_validator.as_str()
        ),
        ("a", "b")
    );
    assert_eq!(live[0].entry.creation_height, now.height);
    assert_eq!(
        live[0].entry.completion_time,
        now.time.plus_seconds(UNBONDING)
    );
    assert_eq!(live[0].entry.initial_balance, tokens(30));

    let data = response.data.unwrap();
    let seconds = i64::try_from(now.time.plus_seconds(UNBONDING).seconds()).unwrap();
    let decoded = Bufany::deserialize(&data).unwrap();
    assert_eq!(decoded.message(1).unwrap().int64(1), Some(seconds));
    assert_sound(&chain);
}

#[test]
fn refusals_of_a_redelegation_carry_the_codes_of_the_chain_in_its_order() {
    let mut chain = chain();
    let go = redelegate;
    assert_eq!(
        refusal(go(&mut chain, &alice(), "a", "b", 0)),
        "codespace: sdk, code: 18"
    );
    // the amount is measured at the source before the ends are compared
    assert_eq!(
        refusal(go(&mut chain, &alice(), "nobody", "b", 1)),
        staking_code(3)
    );
    assert_eq!(
        refusal(go(&mut chain, &alice(), "a", "a", 1)),
        staking_code(19)
    );
    delegate(&mut chain, &alice(), "a", 10).unwrap();
    assert_eq!(
        refusal(go(&mut chain, &alice(), "a", "b", 11)),
        "codespace: sdk, code: 18"
    );
    assert_eq!(
        refusal(go(&mut chain, &alice(), "a", "a", 1)),
        staking_code(29)
    );
    assert_eq!(
        refusal(go(&mut chain, &alice(), "a", "nobody", 1)),
        staking_code(31)
    );
}

#[test]
fn receiving_validator_cannot_be_a_source_until_the_entry_is_over() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    delegate(&mut chain, &alice(), "b", 100).unwrap();
    redelegate(&mut chain, &alice(), "a", "b", 1).unwrap();
    // all of b is frozen, its older stake too, but it can be undelegated
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "b", "c", 1)),
        staking_code(32)
    );
    undelegate(&mut chain, &alice(), "b", 50).unwrap();
    // others are not concerned
    let bob = account("bob");
    chain.mint(&bob, vec![stake(10)]);
    delegate(&mut chain, &bob, "b", 10).unwrap();
    redelegate(&mut chain, &bob, "b", "c", 10).unwrap();

    chain.next_block(UNBONDING);
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "b", "c", 1)),
        staking_code(32)
    );
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "b", "c", 1).unwrap();
    assert_sound(&chain);
}

#[test]
fn eighth_entry_of_a_triplet_is_refused_with_code_33_even_in_one_block() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    for _ in 0..7 {
        redelegate(&mut chain, &alice(), "a", "b", 1).unwrap();
    }
    assert_eq!(chain.redelegations(&alice()).len(), 7);
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "a", "b", 1)),
        staking_code(33)
    );
    redelegate(&mut chain, &alice(), "a", "c", 1).unwrap();
}

#[test]
fn redelegation_that_truncates_to_nothing_is_refused_with_code_30() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 5 * POWER).unwrap();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(3)).unwrap();
    // 1 / 0.97 shares, truncated, are worth 0.99…99 tokens
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "a", "b", 1)),
        staking_code(30)
    );
}

#[test]
fn destination_without_tokens_refuses_with_code_34() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 5).unwrap();
    let height = chain.app.block_info().height;
    chain.slash("c", height, Decimal::one()).unwrap();
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "a", "c", 1)),
        staking_code(34)
    );
}

#[test]
fn entry_from_an_unbonding_source_ends_with_its_unbonding() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100).unwrap();
    chain.jail("c").unwrap();
    let left = chain.app.block_info();
    chain.next_block(DAY);
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonding);
    redelegate(&mut chain, &alice(), "c", "a", 40).unwrap();
    let entry = chain.redelegations(&alice())[0].entry.clone();
    assert_eq!(entry.creation_height, left.height);
    assert_eq!(entry.completion_time, left.time.plus_seconds(UNBONDING));
    assert_sound(&chain);
}

#[test]
fn redelegation_out_of_an_unbonded_source_is_complete_at_once() {
    let params = Params {
        max_validators: 2,
        ..Params::default()
    };
    let validators = [("a", 3 * POWER), ("b", 2 * POWER), ("c", POWER)];
    let mut chain = builder_with(params, &validators).build();
    delegate(&mut chain, &alice(), "c", 100).unwrap();
    let response = redelegate(&mut chain, &alice(), "c", "a", 100).unwrap();
    assert!(chain.redelegations(&alice()).is_empty());
    // Go's zero time
    let data = response.data.unwrap();
    let decoded = Bufany::deserialize(&data).unwrap();
    assert_eq!(decoded.message(1).unwrap().int64(1), Some(-62_135_596_800));
    // the destination is not frozen
    redelegate(&mut chain, &alice(), "a", "b", 100).unwrap();
    assert_sound(&chain);
}

#[test]
fn redelegation_that_removes_its_unbonded_source_fails_before_the_fix() {
    for fixed in [false, true] {
        let params = Params {
            max_validators: 1,
            sdk_fix_26408: fixed,
            ..Params::default()
        };
        let mut chain = builder_with(params, &[("a", 2 * POWER), ("c", POWER)]).build();
        let owner = operator("c");
        let result = redelegate(&mut chain, &owner, "c", "a", POWER);
        if fixed {
            result.unwrap();
            assert_eq!(chain.validator("c"), None);
            assert!(chain.redelegations(&owner).is_empty());
            assert_eq!(chain.delegation_tokens(&owner, "a"), tokens(POWER));
        } else {
            assert_eq!(refusal(result), staking_code(3));
            // and nothing of it stays
            assert_eq!(chain.delegation_tokens(&owner, "c"), tokens(POWER));
            undelegate(&mut chain, &owner, "c", POWER).unwrap();
        }
        assert_sound(&chain);
    }
}
