//! The fill list: slots that fit when they were made, and are forgotten when they may not.
//!
//! Succeeds when withdrawals, refusals and losses leave no slot that breaks a cap; invariant 6
//! judges every delegation below.
//!
//! Fails never.

use defenders_suite::{DAY, HOUR, Refused, SuiteBuilder, TOKEN, event, text};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{funded, funded_from};

#[test]
fn piece_lowers_the_slots() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 600 * TOKEN);
    suite.tick(Job::Submit);
    suite.tick(Job::Submit);

    // 400 tokens are left, a cap of 50: the last validator has 55 and a slot of 50 more
    for _ in 0..3 {
        suite.deposit(&bob, 20 * TOKEN);
    }
}

#[test]
fn refused_piece_leaves_no_slots_for_stake_that_stayed() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 500 * TOKEN);
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Undelegate, 22);
    }

    suite.tick(Job::Submit); // the list was made as if the stake had left

    for _ in 0..3 {
        suite.deposit(&bob, 400 * TOKEN);
    }
    suite.keep();
}

#[test]
fn stale_deposit_that_finds_a_loss_uses_no_old_slot() {
    let mut suite = funded();
    let bob = suite.user("bob");
    for validator in suite.listed.clone() {
        suite.slash(&validator, 49, 0); // more would have to be shown twice
    }
    suite.advance(2 * DAY);

    let outcome = suite.deposit(&bob, 50 * TOKEN);

    assert!(outcome.emits("synced"));
    assert!(!outcome.emits("delegated"));
    suite.keep();
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn drain_and_relisting_make_the_slots_anew() {
    let mut suite = funded();
    let bob = suite.user("bob");
    let changing = suite.listed[8..].to_vec();
    suite.drain(&changing);
    suite.deposit(&bob, 40 * TOKEN);
    suite.list(&changing);
    suite.deposit(&bob, 40 * TOKEN);
    suite.keep();
    suite.deposit(&bob, 40 * TOKEN);
}

#[test]
fn deposit_after_a_piece_refills_whom_it_emptied() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit); // all of it from the first: 5 tokens are left there, 55 at the last

    let outcome = suite.deposit(&bob, 60 * TOKEN);

    let delegated = &outcome.named("delegated")[0];
    assert_eq!(text(delegated, "validator"), suite.listed[0]);
}

#[test]
fn piece_paid_from_idle_lowers_the_rooms() {
    let mut suite = funded();
    let bob = suite.user("bob");
    suite.deposit(&bob, 500 * TOKEN); // 50 of them fit into the first slot
    let unread = suite.validators[3].clone();
    suite.list(&[unread]); // slots below a cap of 187, because 1500 tokens are there
    let shares = suite.shares(&bob);
    suite.request(&bob, shares * 9 / 10);

    let outcome = suite.tick(Job::Submit);

    assert!(!outcome.emits("undelegated"));
    // the cap is 131 again
    suite.deposit(&bob, 50 * TOKEN);
    suite.deposit(&bob, 50 * TOKEN);
}

#[test]
fn refused_piece_leaves_no_rooms_for_the_time_after_the_refusals() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 500 * TOKEN);
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Undelegate, 22);
    }
    suite.tick(Job::Submit);
    suite.heal();
    suite.advance(7 * HOUR);

    let outcome = suite.deposit(&bob, 600 * TOKEN); // 100 more than the batch wants

    assert!(!outcome.emits("delegated"));
}

#[test]
fn piece_that_finds_a_loss_and_serves_nothing_makes_the_rooms_anew() {
    let mut builder =
        SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &[100_000 * TOKEN; 2]);
    builder.listed.truncate(1);
    let mut suite = funded_from(builder);
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let (first, second) = (suite.listed[0].clone(), suite.validators[5].clone());
    suite.list_in_time(std::slice::from_ref(&second));
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
    suite.request(&alice, 500 * TOKEN);
    suite.advance(DAY);
    suite.slash(&first, 1, 0);

    let skip = ExecuteMsg::Tick {
        job: Some(Job::Submit),
        skip: Some(vec![first]),
    };
    let outcome = suite.execute(&bob, &skip, vec![]).unwrap();

    assert!(outcome.emits("synced"));
    assert!(!outcome.emits("batch_submitted"));
    // 25 tokens more than the 495 that the batch waits for
    let outcome = suite.deposit(&bob, 520 * TOKEN);
    let delegated = event(
        "delegated",
        [("validator", &second), ("tokens", &(25 * TOKEN))],
    );
    assert_eq!(outcome.named("delegated"), vec![delegated]);
}
