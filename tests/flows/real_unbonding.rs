//! Time and entries of unbonding, as the chain's own staking keeps them.
//!
//! Succeeds when an entry is paid after 21 days, be they blocks or one halt, and when a validator
//! that the chain calls full is passed until it is not.
//!
//! Fails to begin an eighth entry: the vault never asks for one, and a native account is refused.

use cosmwasm_std::{StakingMsg, coin};
use defenders_suite::messages::{deposit, tick};
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text,
};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, funded_from, wait_for_unbonding};

/// 21 days.
/// Alice's 100 tokens, in one entry of the first validator, begun in the last block.
fn unbonding() -> (Suite, String) {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    (suite, alice)
}

/// What the chain itself says of the vault's entries: how many, and their tokens.
fn on_chain(suite: &Suite) -> (usize, u128) {
    let entries = suite.chain.unbonding_entries(&suite.vault);
    (entries.len(), entries.iter().map(|e| e.balance).sum())
}

fn staked_at(suite: &Suite, validator: &str) -> u128 {
    let all = suite.chain.delegations(&suite.vault).into_iter();
    all.filter(|(at, _)| at == validator).map(|(_, t)| t).sum()
}

fn undelegate(validator: &str, tokens: u128) -> StakingMsg {
    StakingMsg::Undelegate {
        validator: validator.into(),
        amount: coin(tokens, DENOM),
    }
}

#[test]
fn entry_is_paid_after_twenty_one_days_and_no_second_earlier() {
    let (mut suite, alice) = unbonding();
    let begun = suite.now();
    let entry = suite.chain.unbonding_entries(&suite.vault).remove(0);
    assert_eq!(entry.completion_time.seconds(), begun + UNBONDING_TIME);

    suite.advance(UNBONDING_TIME - 1);
    assert_eq!(on_chain(&suite), (1, 100 * TOKEN));
    assert_eq!(suite.tokens(&suite.vault), 0);
    suite.advance(1); // paid at the end of this block
    suite.advance(BLOCK);

    assert_eq!(on_chain(&suite), (0, 0));
    assert_eq!(suite.tokens(&suite.vault), 100 * TOKEN);
    suite.keep();
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn twenty_one_days_of_keeping_pay_a_batch_of_every_day_in_order() {
    let mut suite = funded();
    let alice = suite.user("alice");
    for _ in 0..21 {
        suite.request(&alice, 10 * TOKEN);
        suite.keep_for_days(1);
    }
    suite.keep_for_days(22);

    let batches = suite.batches();
    let claimable = batches.iter().filter(|b| b.state == BatchState::Claimable);
    assert_eq!(claimable.count(), batches.len());
    for batch in batches {
        suite.claim(&alice, batch.batch_id);
    }
    assert_eq!(suite.tokens(&alice), 210 * TOKEN);
}

#[test]
fn halt_across_a_completion_time_is_settled_a_block_after_it() {
    let (mut suite, alice) = unbonding();
    let (bob, keeper) = (suite.user_with("bob", TOKEN), suite.user("keeper"));
    suite.advance(BLOCK);

    // the chain stands still for 30 days; its first block carries calls, and pays at its end
    let settle = suite.call(&keeper, &tick(Some(Job::Settle)), vec![]);
    let joins = suite.call(&bob, &deposit(), vec![coin(TOKEN, DENOM)]);
    let results = suite.block(30 * DAY, vec![settle, joins]);
    let waited = results[0].as_ref().unwrap();
    let tokens = 100 * TOKEN;
    let expected = event("settlement_waited", [("tokens", &tokens), ("surplus", &0)]);
    assert_eq!(waited.named("settlement_waited"), vec![expected]);
    assert!(results[1].is_ok(), "{:?}", results[1]);
    let settled = suite.tick(Job::Settle);

    let arrived = text(&settled.named("settled")[0], "arrived");
    assert_eq!(arrived, tokens.to_string());
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), tokens);
}

#[test]
fn halt_across_the_completion_of_a_slashed_entry_costs_the_batch_only_its_slash() {
    let (mut suite, alice) = unbonding();
    let slashed = suite.ledger()[0].validator.clone();
    suite.slash(&slashed, 10, 1);
    suite.advance(BLOCK);

    suite.advance(30 * DAY);
    suite.keep();

    assert_eq!(suite.batch(1).unwrap().tokens.u128(), 90 * TOKEN);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 90 * TOKEN);
}

#[test]
fn vault_asks_for_no_eighth_entry_of_one_validator() {
    // one validator stands far above four others, so that every batch would take from it
    let mut listed = [50_000 * TOKEN; 5];
    listed[2] = 100_000 * TOKEN;
    let builder = SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &listed);
    let mut suite = builder.with_room_to_leave().build();
    let (alice, highest) = (suite.user("alice"), suite.listed[2].clone());
    suite.deposit(&alice, 1_000 * TOKEN); // fills the four up to their caps of 25 %
    suite.keep();
    suite.deposit(&alice, 200 * TOKEN); // gives the fifth its floor
    suite.keep();

    // a batch a day; invariant 7 holds every refusal against the vault
    for _ in 0..10 {
        suite.request(&alice, 2 * TOKEN); // no dust: a thousandth is 1.2 tokens
        suite.keep_for_days(1);
    }
    assert_eq!(suite.event_counts().get("vault/refused"), None);
    suite.drain(std::slice::from_ref(&highest));
    // takes the entry that is kept for leaving
    let outcomes = suite.leave_by_undelegation(std::slice::from_ref(&highest));

    let entries = suite.chain.unbonding_entries(&suite.vault).into_iter();
    assert_eq!(entries.filter(|e| e.validator == highest).count(), 7);
    assert_eq!(staked_at(&suite, &highest), 0);
    let mut refused = outcomes.iter().flat_map(|it| it.named("refused"));
    assert!(refused.all(|it| text(&it, "message") == "redelegate"));
}

#[test]
fn chain_refuses_the_eighth_entry_of_a_native_account() {
    let mut suite = funded();
    let (bob, validator) = (suite.user_with("bob", 100 * TOKEN), suite.listed[0].clone());
    let stake = StakingMsg::Delegate {
        validator: validator.clone(),
        amount: coin(100 * TOKEN, DENOM),
    };
    suite.stake(&bob, stake).unwrap();
    for _ in 0..7 {
        suite.stake(&bob, undelegate(&validator, TOKEN)).unwrap();
    }

    let refusal = suite
        .stake(&bob, undelegate(&validator, TOKEN))
        .unwrap_err();

    assert!(
        refusal.says("codespace: staking, code: 27"),
        "{}",
        refusal.text
    );
    suite.advance(UNBONDING_TIME);
    suite.advance(BLOCK);
    suite.stake(&bob, undelegate(&validator, TOKEN)).unwrap();
}

#[test]
fn validator_that_the_chain_calls_full_is_learnt_and_passed_until_an_entry_is_paid() {
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let (alice, only) = (suite.user("alice"), suite.listed[0].clone());
    suite.faults().set_max_entries(2); // the vault counts on seven
    suite.expect_refusals(&only);
    for _ in 0..2 {
        suite.request(&alice, 10 * TOKEN);
        suite.tick(Job::Submit);
        suite.advance(4 * DAY);
    }
    suite.request(&alice, 10 * TOKEN);

    let outcome = suite.tick(Job::Submit);

    let refused = &outcome.named("refused")[0];
    assert_eq!(text(refused, "error"), "codespace: staking, code: 27");
    assert_eq!(on_chain(&suite), (2, 20 * TOKEN));
    suite.advance(7 * HOUR); // any other refusal would be forgotten by now
    let first = suite.ledger()[0].completion_time.seconds();
    let submit = suite.job(Job::Submit);
    assert_eq!((submit.due, submit.next_at), (false, Some(first)));
    for _ in 0..3 {
        wait_for_unbonding(&mut suite);
    }
    for batch_id in 1..=3 {
        suite.claim(&alice, batch_id);
    }
    assert_eq!(suite.tokens(&alice), 30 * TOKEN);
}
