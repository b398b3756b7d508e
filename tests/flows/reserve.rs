//! Idle that a batch waits for.
//!
//! Succeeds when, from the time at which a batch is ready, deposits and `invest` leave idle what its
//! unserved shares are worth, and `invest` waits for `submit`; a cancel releases its part.
//!
//! Fails (delegates) before that time, and what is above the reserve.

use cosmwasm_std::{Uint128, coins};
use defenders_suite::messages::{listing, tick};
use defenders_suite::{
    BLOCK, DAY, DENOM, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event,
};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{DEPOSIT, funded, funded_from, roomy};

/// Alice's second batch wants 100 tokens, and is ready a second from now.
fn nearly_ready() -> Suite {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    let ready_at = suite.now() + DAY;
    suite.request(&alice, 100 * TOKEN);
    assert_eq!(suite.job(Job::Submit).next_at, Some(ready_at));
    suite.advance(ready_at - suite.now() - 7 * BLOCK);
    suite
}

/// The same, and Bob's tokens, which he asks not to delegate, are idle. Then it is ready.
fn ready_with_idle(tokens: u128) -> Suite {
    let mut suite = nearly_ready();
    let bob = suite.user("bob");
    suite.chain.fund(&bob, coins(tokens, DENOM));
    let msg = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };
    suite.execute(&bob, &msg, coins(tokens, DENOM)).unwrap();
    assert_eq!(suite.totals().reserve, Uint128::zero());
    let ready_at = suite.job(Job::Submit).next_at.unwrap();
    suite.advance(ready_at - suite.now());
    suite
}

fn served(outcome: &Outcome, shares: u128, idle: u128, unbonding: u128) {
    let expected = event(
        "batch_submitted",
        [
            ("batch_id", &2),
            ("shares", &shares),
            ("idle_tokens", &idle),
            ("unbonding_tokens", &unbonding),
            ("unserved_shares", &0),
        ],
    );
    assert_eq!(outcome.named("batch_submitted"), vec![expected]);
}

#[test]
fn idle_that_a_ready_batch_waits_for_is_not_delegated_by_anyone() {
    let mut suite = ready_with_idle(60 * TOKEN);
    let mallory = suite.user("mallory");

    assert_eq!(suite.totals().reserve.u128(), 100 * TOKEN);
    let refusal = suite.try_tick(Some(Job::Invest)).unwrap_err();
    assert!(refusal.says("invest is not due"), "{}", refusal.text);
    let deposited = suite.deposit(&mallory, 20 * TOKEN);
    assert!(!deposited.emits("delegated"));

    served(
        &suite.tick(Job::Submit),
        100 * TOKEN,
        80 * TOKEN,
        20 * TOKEN,
    );
}

#[test]
fn idle_is_invested_until_the_second_at_which_the_batch_is_ready() {
    let mut suite = nearly_ready();
    let bob = suite.user("bob");

    let deposited = suite.deposit(&bob, 20 * TOKEN);

    assert!(deposited.emits("delegated"));
    assert_eq!(suite.totals().reserve, Uint128::zero());
    let ready_at = suite.job(Job::Submit).next_at.unwrap();
    suite.advance(ready_at - suite.now() - 1);
    assert_eq!(suite.totals().reserve, Uint128::zero());
    suite.advance(1);
    assert_eq!(suite.totals().reserve.u128(), 100 * TOKEN);
    assert!(suite.job(Job::Submit).due);
}

#[test]
fn coins_that_come_back_are_paid_to_a_ready_batch_whoever_ticks_first() {
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving)); // 105 tokens come back to be delegated again
    suite.advance(UNBONDING_TIME - DAY);
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    suite.keep();
    suite.request(&alice, 300 * TOKEN);
    let ready_at = suite.job(Job::Submit).next_at.unwrap();
    suite.advance(ready_at - suite.now() - BLOCK);
    let mallory = suite.user("mallory");
    let jobs = [Job::Settle, Job::Invest, Job::Submit];
    let txs = jobs.map(|job| suite.call(&mallory, &tick(Some(job)), vec![]));

    let results = suite.block(BLOCK, txs.to_vec());

    assert!(results[1].is_err(), "{:?}", results[1]);
    served(
        results[2].as_ref().unwrap(),
        300 * TOKEN,
        105 * TOKEN,
        195 * TOKEN,
    );
}

#[test]
fn first_request_of_a_vault_is_ready_at_once() {
    let mut suite = SuiteBuilder::base().build();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&alice, DEPOSIT);
    suite.tick(Job::Invest); // 525 tokens; 475 are idle, and slots are left

    suite.request(&alice, 400 * TOKEN);

    assert_eq!(suite.totals().reserve.u128(), 400 * TOKEN);
    assert!(!suite.deposit(&bob, 10 * TOKEN).emits("delegated"));
}

#[test]
fn invest_waits_until_the_batch_is_served() {
    let mut suite = ready_with_idle(150 * TOKEN);
    let refusal = suite.try_tick(Some(Job::Invest)).unwrap_err();
    assert!(refusal.says("a batch is served first"), "{}", refusal.text);

    served(&suite.tick(Job::Submit), 100 * TOKEN, 100 * TOKEN, 0);

    assert!(suite.tick(Job::Invest).emits("delegated"));
    assert_eq!(suite.totals().idle, Uint128::zero());
}

#[test]
fn cancel_releases_its_part_of_the_reserve() {
    let mut suite = ready_with_idle(60 * TOKEN);
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&bob, 5 * TOKEN);
    assert_eq!(suite.totals().reserve.u128(), 105 * TOKEN);

    suite.try_cancel(&alice, 2).unwrap();
    assert_eq!(suite.totals().reserve.u128(), 5 * TOKEN);
    suite.try_cancel(&bob, 2).unwrap();

    assert_eq!(suite.totals().reserve, Uint128::zero());
    assert!(suite.tick(Job::Invest).emits("delegated"));
}

#[test]
fn fill_list_counts_as_empty_until_it_is_built_for_the_reserve() {
    let mut suite = ready_with_idle(150 * TOKEN);
    let (carol, dave) = (suite.user("carol"), suite.user("dave"));

    // 70 of 170 tokens are above the reserve, and the list of before has a slot for 50
    assert!(!suite.deposit(&carol, 20 * TOKEN).emits("delegated"));
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving)); // builds it anew
    let deposited = suite.deposit(&dave, 10 * TOKEN);

    assert!(deposited.emits("delegated"));
    let totals = suite.totals();
    assert!(totals.idle >= totals.reserve, "{totals:?}");
}

#[test]
fn request_to_a_ready_batch_empties_the_fill_list() {
    let mut suite = ready_with_idle(150 * TOKEN);
    let (alice, dave) = (suite.user("alice"), suite.user("dave"));
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving)); // builds it for a reserve of 100 tokens

    suite.request(&alice, 20 * TOKEN);

    assert!(!suite.deposit(&dave, 10 * TOKEN).emits("delegated"));
}

#[test]
fn invest_goes_on_above_the_reserve_when_submit_fails_for_a_day() {
    let mut suite = ready_with_idle(150 * TOKEN);
    let due_since = suite.job(Job::Submit).due_since.unwrap();
    assert!(!suite.job(Job::Invest).due);

    suite.advance(due_since + DAY - suite.now());

    assert!(suite.tick(Job::Invest).emits("delegated"));
    assert_eq!(suite.totals().idle.u128(), 100 * TOKEN);
}

#[test]
fn batch_is_ready_when_the_one_before_said_however_many_hold_stake_by_then() {
    // one of two holds stake: 21 days / 6
    let mut builder =
        SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &[100_000 * TOKEN; 2]);
    builder.listed.truncate(1);
    let mut suite = funded_from(builder);
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let second = suite.validators[5].clone();
    let id = suite.list_later(vec![listing(&second)]);
    suite.keep_for_days(37);
    suite.request(&alice, TOKEN);
    suite.tick(Job::Submit);
    let ready_at = suite.now() + UNBONDING_TIME / 6;
    suite.apply(id);
    suite.deposit(&bob, DEPOSIT);
    suite.keep();
    assert!(!suite.validator_info(&second).delegated.is_zero());
    suite.request(&alice, 100 * TOKEN);
    assert_eq!(suite.job(Job::Submit).next_at, Some(ready_at));

    suite.advance(ready_at - suite.now() - 1);
    assert!(!suite.job(Job::Submit).due);
    assert_eq!(suite.totals().reserve, Uint128::zero());
    suite.advance(1);

    assert!(suite.job(Job::Submit).due);
    assert!(!suite.totals().reserve.is_zero());
}

#[test]
fn next_batch_waits_for_those_who_hold_stake_after_the_last_piece() {
    // two hold 525 and 475 tokens; the first is emptied, and 21 days / 6 are left for one
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(2));
    let alice = suite.user("alice");
    suite.request(&alice, 525 * TOKEN);

    suite.tick(Job::Submit);

    let infos = suite.validator_infos();
    let holding = infos.iter().filter(|info| !info.delegated.is_zero());
    assert_eq!(holding.count(), 1);
    let begun_at = suite.now();
    suite.request(&alice, TOKEN);
    let next_at = suite.job(Job::Submit).next_at;
    assert_eq!(next_at, Some(begun_at + UNBONDING_TIME / 6));
}
