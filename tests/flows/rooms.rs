//! The fill list: rooms that fit when they were made, and are forgotten when they may not.
//!
//! Succeeds when withdrawals, refusals and losses leave no room that breaks a cap; invariant 6
//! judges every delegation below.
//!
//! Fails never.

use defenders_suite::{DAY, Refused, TOKEN, text};
use defenders_types::Job;

use crate::fixture::funded;

#[test]
fn piece_lowers_the_rooms() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 600 * TOKEN);
    suite.tick(Job::Submit);
    suite.tick(Job::Submit);

    // 400 tokens are left, a cap of 50: the last validator has 55 and a room of 50 more
    for _ in 0..3 {
        suite.deposit(&bob, 20 * TOKEN);
    }
}

#[test]
fn refused_piece_leaves_no_rooms_for_stake_that_stayed() {
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
fn stale_deposit_that_finds_a_loss_uses_no_old_room() {
    let mut suite = funded();
    let bob = suite.user("bob");
    for validator in suite.listed.clone() {
        suite.slash(&validator, 60, 0);
    }
    suite.advance(2 * DAY);

    let outcome = suite.deposit(&bob, 50 * TOKEN);

    assert!(outcome.emits("synced"));
    assert!(!outcome.emits("delegated"));
    suite.keep();
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn drain_and_relisting_make_the_rooms_anew() {
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
