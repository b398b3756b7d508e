//! Submission when validators or the chain do not play along.
//!
//! Succeeds when the refused messages alone are undone: exactly their tokens and shares come
//! back, the price stays, the validator is left alone for a while, and the others go on.
//!
//! Fails never as a whole.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::{HOUR, Refused, Suite, SuiteBuilder, TOKEN, event, number, text};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, wait_for_unbonding};

/// A code that no rule of the vault knows.
const SOME_CODE: u32 = 22;

fn rate(suite: &Suite) -> (Uint128, Uint128, Decimal) {
    let rate = suite.rate();
    (rate.total_assets, rate.total_shares, rate.tokens_per_share)
}

#[test]
fn piece_with_refused_undelegations_moves_no_price() {
    let mut suite = funded();
    let slashed = suite.listed[7].clone();
    suite.slash(&slashed, 7, 0);
    suite.tick(Job::Sync); // a rate that is no round number
    let alice = suite.user("alice");
    suite.request(&alice, 500 * TOKEN);
    let before = rate(&suite);
    let refusing = [suite.listed[1].clone(), suite.listed[3].clone()];
    for validator in &refusing {
        suite.refuse(validator, Refused::Undelegate, SOME_CODE);
    }

    let outcome = suite.tick(Job::Submit);

    let refused = outcome.named("refused");
    let named: Vec<String> = refused.iter().map(|e| text(e, "validator")).collect();
    assert_eq!(named, refusing);
    let after = rate(&suite);
    // what was served left at the rate; what was refused is back to the unit
    assert!(after.2 >= before.2);
    assert!(after.2 - before.2 <= Decimal::from_ratio(2u128, 1_000_000_000u128));
    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Submitting);
    assert_eq!(before.1 - after.1, batch.shares - batch.unserved_shares);
}

#[test]
fn piece_that_every_validator_refuses_changes_no_number() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 500 * TOKEN);
    let before = suite.totals();
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Undelegate, SOME_CODE);
    }

    suite.tick(Job::Submit);

    let mut after = suite.totals();
    // the batch has begun, so that its shares are a reserve now
    assert_eq!(after.reserve.u128(), 500 * TOKEN);
    after.reserve = before.reserve;
    after.synced_at = before.synced_at;
    assert_eq!(after, before);
}

#[test]
fn refused_undelegation_is_told_and_tried_again_elsewhere() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    let refusing = suite.listed[0].clone();
    suite.refuse(&refusing, Refused::Undelegate, SOME_CODE);

    let outcome = suite.tick(Job::Submit);
    let refused = event(
        "refused",
        [
            ("message", &"undelegate"),
            ("validator", &refusing),
            ("tokens", &(100 * TOKEN)),
            ("error", &"codespace: staking, code: 22"),
        ],
    );
    assert_eq!(outcome.named("refused"), vec![refused]);
    let until = suite.validator_info(&refusing).retry_at;
    assert_eq!(until, Some(suite.now() + 6 * HOUR));

    let next = suite.tick(Job::Submit);
    let undelegated = &next.named("undelegated")[0];
    assert_eq!(text(undelegated, "validator"), suite.listed[1]);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
}

#[test]
fn refusing_validator_is_asked_again_after_a_while() {
    let mut suite = SuiteBuilder::base().with_listed_count(1).build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    suite.request(&alice, 100 * TOKEN);
    let only = suite.listed[0].clone();
    suite.refuse(&only, Refused::Undelegate, SOME_CODE);
    suite.tick(Job::Submit);
    assert!(!suite.job(Job::Submit).due);
    assert_eq!(suite.job(Job::Submit).next_at, Some(suite.now() + 6 * HOUR));

    suite.heal();
    suite.advance(6 * HOUR);
    suite.tick(Job::Submit);

    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
}

#[test]
fn batch_worth_nothing_is_burnt_for_nothing() {
    let builder = SuiteBuilder::base().with_listed_count(1);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    suite.request(&alice, 100 * TOKEN);
    let only = suite.listed[0].clone();
    suite.slash(&only, 100, 0);

    suite.keep();

    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Claimable);
    assert_eq!(batch.tokens.u128(), 0);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 0);
    assert_eq!(suite.totals().escrow_shares.u128(), 0);
}

#[test]
fn slash_between_request_and_piece_lowers_what_is_asked_for() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 999 * TOKEN);
    for validator in suite.listed.clone() {
        suite.slash(&validator, 5, 0);
    }

    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);

    // 95 % of 999 tokens, within a unit for each of ten messages and ten delegations read
    let paid = suite.tokens(&alice);
    let all = 999 * TOKEN * 95 / 100;
    assert!((all - 20..=all).contains(&paid), "{paid} of {all}");
}

#[test]
fn tombstoned_validator_cannot_stop_a_batch() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let bad = suite.listed[0].clone();
    let height = suite.chain.height();
    suite.chain.double_sign(&bad, height);
    suite.advance(6);
    suite.advance(6);
    suite.request(&alice, 999 * TOKEN);

    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.keep_for_days(2);
    suite.claim(&alice, 1);

    // 5 % of the 105 tokens at one of ten validators are gone: 999 x 994.75 / 1000
    let paid = suite.tokens(&alice);
    let all = 999 * TOKEN * 99_475 / 100_000;
    assert!((all - 20..=all).contains(&paid), "{paid} of {all}");
}

#[test]
fn crumbs_of_idle_make_a_batch_due_once_an_hour() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Undelegate, SOME_CODE);
    }
    suite.request(&alice, 999 * TOKEN);
    suite.tick(Job::Submit); // five refuse,
    suite.tick(Job::Submit); // and the other five
    let tried_at = suite.now();
    assert!(!suite.job(Job::Submit).due);

    // whoever sends next to nothing in every block keeps no other job waiting
    suite.deposit(&bob, 10);
    suite.deposit(&bob, 10);
    let state = suite.job(Job::Submit);
    assert_eq!((state.due, state.next_at), (false, Some(tried_at + HOUR)));
    suite.advance(tried_at + HOUR - suite.now());
    let outcome = suite.tick(Job::Submit);
    let submitted = &outcome.named("batch_submitted")[0];
    assert_eq!(number(submitted, "idle_tokens"), 20);
    suite.deposit(&bob, 10);
    assert!(!suite.job(Job::Submit).due);

    // what is worth a delegation is served at once
    suite.deposit(&bob, TOKEN);
    assert!(suite.job(Job::Submit).due);
}
