//! Hostile users, who may call anything that anyone may call, in any order.
//!
//! Succeeds when they gain nothing, and hold nobody up.
//!
//! Fails never.

use defenders_suite::messages::{deposit, request_withdrawal, tick};
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Refused, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME,
};
use defenders_types::{BatchState, ExecuteMsg, Job};

use crate::fixture::{REWARD, funded, funded_from};

fn skip(suite: &mut Suite, job: Job, validator: &str) -> defenders_suite::TxResult {
    let mallory = suite.user("mallory");
    let msg = ExecuteMsg::Tick {
        job: Some(job),
        skip: Some(vec![validator.into()]),
    };
    suite.execute(&mallory, &msg, vec![])
}

#[test]
fn half_read_snapshot_does_not_count() {
    let mut builder = SuiteBuilder::base().with_listed_count(43);
    builder.listed.truncate(3);
    let mut suite = builder.build();
    let new = suite.validators[7..].to_vec();
    let alice = suite.user("alice");
    suite.deposit(&alice, 10_000 * TOKEN);
    suite.keep();
    suite.list_in_time(&new);
    let before = suite.validator_info(&suite.listed[0]).cap;

    suite.tick(Job::Refresh); // the top of the chain
    suite.tick(Job::Refresh); // the first page of 25, of two

    // invariant 6 judges the deposits; the caps are those of the last whole snapshot
    assert!(suite.validator_info(&suite.listed[0]).cap >= before);
    for _ in 0..4 {
        suite.deposit(&alice, 300 * TOKEN);
    }
}

#[test]
fn skip_needs_the_job_to_have_been_due_all_the_time() {
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    let only = suite.listed[0].clone();
    suite.refuse(&only, Refused::Undelegate, 22);
    suite.tick(Job::Submit);
    for _ in 0..4 {
        suite.advance(6 * HOUR);
        suite.tick(Job::Submit); // due since this block, and refused again
    }
    suite.heal();
    for _ in 0..8 {
        suite.advance(6 * HOUR); // due from here on, not for a day
        if suite.job(Job::Submit).due_since > Some(suite.now() - DAY) {
            skip(&mut suite, Job::Submit, &only).unwrap_err();
        }
    }
}

#[test]
fn skips_of_a_stranger_cannot_hold_a_withdrawal_back() {
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.advance(2 * DAY);
    let only = suite.listed[0].clone();

    // Mallory skips the only validator; whoever ticks after her is served all the same
    let _ = skip(&mut suite, Job::Submit, &only);
    suite.tick(Job::Submit);

    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
}

#[test]
fn late_second_page_of_a_harvest_gives_its_profit_to_nobody_at_once() {
    let builder = SuiteBuilder::base().with_parameters(|parameters| parameters.harvest_page = 5);
    let mut suite = funded_from(builder);
    suite.reward(10 * REWARD);
    suite.advance(DAY);
    suite.tick(Job::Harvest); // nobody turns the second page
    suite.advance(DAY - 2 * BLOCK);
    let mallory = suite.user_with("mallory", 1_000 * TOKEN);

    let txs = vec![
        suite.call(
            &mallory,
            &deposit(),
            vec![cosmwasm_std::coin(1_000 * TOKEN, DENOM)],
        ),
        suite.call(&mallory, &tick(Some(Job::Harvest)), vec![]),
    ];
    let results = suite.block(BLOCK, txs);
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let shares = suite.shares(&mallory);
    suite.advance(3 * BLOCK);

    // the first page's last seconds and some of the second's: less than a thousandth
    let worth = suite.worth(shares);
    assert!(worth < 1_001 * TOKEN, "{worth}");
}

#[test]
fn flash_deposit_that_pays_its_own_withdrawal_gains_nothing() {
    let mut suite = funded();
    suite.reward(10 * REWARD);
    suite.advance(DAY);
    let keeper = suite.user("keeper");
    let mallory = suite.user_with("mallory", 1_000 * TOKEN);

    let txs = vec![
        suite.call(
            &mallory,
            &deposit(),
            vec![cosmwasm_std::coin(1_000 * TOKEN, DENOM)],
        ),
        suite.call(&keeper, &tick(Some(Job::Harvest)), vec![]),
        suite.call(&mallory, &request_withdrawal(900 * TOKEN), vec![]),
        suite.call(&keeper, &tick(Some(Job::Submit)), vec![]),
    ];
    suite.block(BLOCK, txs);
    suite.keep_for_days(22);
    suite.claim(&mallory, 1);

    assert!(suite.tokens(&mallory) <= 900 * TOKEN + 900 * TOKEN / 1_000);
}

#[test]
fn forgetting_settled_entries_is_bounded() {
    let builder = SuiteBuilder::base().with_listed_count(60);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 60_000 * TOKEN);
    suite.keep();
    let shares = suite.shares(&alice);
    suite.request(&alice, shares);
    suite.keep();
    let keeper = suite.user("keeper");
    let settle = suite.call(&keeper, &tick(Some(Job::Settle)), vec![]);
    suite.advance(22 * DAY);
    suite.block(BLOCK, vec![settle.clone(), settle]); // all settled, none surely paid
    let mut left = suite.ledger().len();
    assert!(left > 50, "{left}");

    for _ in 0..3 {
        let _ = suite.try_tick(Some(Job::Settle)); // until nothing is due
        assert!(left - suite.ledger().len() <= 50);
        left = suite.ledger().len();
    }

    assert_eq!(left, 0);
}

#[test]
fn batch_whose_validators_refuse_says_when_it_goes_on() {
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    let only = suite.listed[0].clone();
    suite.refuse(&only, Refused::Undelegate, 22);
    suite.tick(Job::Submit);

    let retry_at = Some(suite.now() + 6 * HOUR);

    assert_eq!(suite.job(Job::Submit).next_at, retry_at);
    assert_eq!(suite.batch(1).unwrap().next_at, retry_at);
    assert_eq!(suite.position(&alice).withdrawals[0].next_at, retry_at);
}

#[test]
fn emptied_validator_is_forgotten() {
    let mut suite = crate::fixture::roomy();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.advance(UNBONDING_TIME + BLOCK);
    suite.keep_for_days(3);

    let infos = suite.validator_infos();

    assert!(
        infos.iter().all(|info| info.validator != leaving),
        "{infos:#?}"
    );
}

#[test]
fn requests_for_others_cannot_lock_their_shares() {
    // shares given to a recipient by a request are the recipient's, who may take them back
    let mut suite = funded();
    let (alice, mallory) = (suite.user("alice"), suite.user("mallory"));
    suite.try_transfer(&alice, &mallory, 5).unwrap();
    let msg = ExecuteMsg::RequestWithdrawal {
        shares: Some(cosmwasm_std::Uint128::new(5)),
        recipient: Some(alice.clone()),
        min_tokens_out: None,
    };
    suite.execute(&mallory, &msg, vec![]).unwrap();
    suite.request(&alice, 10 * TOKEN);

    suite.try_cancel(&alice, 1).unwrap();

    assert_eq!(suite.shares(&alice), crate::fixture::DEPOSIT);
}
