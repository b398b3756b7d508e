//! On whom a loss falls when entries are paid.
//!
//! Succeeds when a shortfall falls on whose entries were slashed, whoever ticks when, and when the whole loss
//! of a group that takes several calls is in the price at its first page.

use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, number, text};
use defenders_types::Job;

use crate::fixture::{funded, funded_from, roomy, wait_for_unbonding};
use crate::marks::{assert_close, read, sign_twice};

#[test]
fn group_that_can_only_wait_leaves_every_second_tick_to_others() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let mut suite = funded_from(builder.with_parameters(|p| p.max_messages_per_piece = 1));
    let alice = suite.user("alice");
    suite.request(&alice, 499 * TOKEN);
    while suite.job(Job::Submit).due {
        suite.tick(Job::Submit);
        suite.advance(HOUR);
    }
    let ledger = suite.ledger();
    let (first, last) = (&ledger[0], ledger.last().unwrap());
    suite.slash(&first.validator, 1, 1_000_000);
    wait_until(&mut suite, first.completion_time.seconds() - DAY);
    suite.keep();
    wait_until(&mut suite, first.completion_time.seconds() + HOUR / 2);
    let mut jobs = std::collections::BTreeSet::new();
    while suite.now() < last.completion_time.seconds() + 3 * HOUR {
        if let Ok(tick) = suite.try_tick(None) {
            jobs.insert(text(&tick.named("ticked")[0], "job"));
        }
        suite.advance(HOUR);
    }
    assert!(
        jobs.contains("refresh") && jobs.contains("harvest"),
        "{jobs:?}"
    );
}

/// Alice's 100 tokens in an entry of the first validator, a day later Bob's in one of the second.
/// Then the first validator signs twice: `percent` of what was there is lost.
fn two_batches(percent: u64) -> (Suite, String, String) {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 100 * TOKEN).unwrap();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(DAY);
    suite.request(&bob, 100 * TOKEN);
    suite.tick(Job::Submit);
    let slashed = suite.ledger()[0].validator.clone();
    assert_ne!(suite.ledger()[1].validator, slashed);
    suite.slash(&slashed, percent, 1_000_000);
    (suite, alice, bob)
}

#[test]
fn shortfall_falls_on_who_was_slashed_whoever_ticks_when() {
    type Schedule = fn(&mut Suite, u64, u64);
    // between the two completions, in the blocks of both, long after, and once for each
    let schedules: [Schedule; 4] = [
        |suite, first, second| {
            wait_until(suite, first);
            suite.keep();
            wait_until(suite, second);
        },
        |suite, first, second| {
            wait_until(suite, first - BLOCK);
            for _ in 0..3 {
                let _ = suite.try_tick(Some(Job::Settle));
            }
            wait_until(suite, second - BLOCK);
            for _ in 0..3 {
                let _ = suite.try_tick(Some(Job::Settle));
            }
        },
        |suite, _, second| wait_until(suite, second + 30 * DAY),
        |suite, first, second| {
            wait_until(suite, first + HOUR);
            let _ = suite.try_tick(Some(Job::Settle)); // waits, and nobody comes back in time
            wait_until(suite, second + HOUR);
        },
    ];
    for percent in [10, 19, 50] {
        for schedule in schedules {
            let (mut suite, alice, bob) = two_batches(percent);
            read(&mut suite);
            let ledger = suite.ledger();
            let [first, second] = [0, 1].map(|row| ledger[row].completion_time.seconds());
            schedule(&mut suite, first, second);
            suite.keep_for_days(2);

            suite.claim(&alice, 1);
            suite.claim(&bob, 2);

            assert_close(suite.tokens(&alice), (100 - u128::from(percent)) * TOKEN);
            assert_close(suite.tokens(&bob), 100 * TOKEN);
        }
    }
}

fn wait_until(suite: &mut Suite, seconds: u64) {
    let wait = seconds - suite.now();
    suite.advance(wait);
}

/// Alice has 400 shares, Bob the rest. Sixty validators are left, and lose a tenth of what they had;
/// nobody reads that. The first settlement in which it shows is larger than one call.
fn large_group() -> (Suite, String, String) {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
    }));
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 599 * TOKEN).unwrap();
    let leaving = suite.listed[..60].to_vec();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    let rows = suite.ledger().len(); // some leave in two parts
    assert!((60..=100).contains(&rows), "{rows}");
    suite.faults().refuse_queries();
    for validator in &leaving {
        suite.slash(validator, 10, 1_000_000);
    }
    (suite, alice, bob)
}

#[test]
fn whole_loss_of_a_large_group_is_in_the_price_at_its_first_page() {
    let (mut suite, alice, bob) = large_group();
    let restaking = suite.totals().restaking.u128();
    let rows = suite.ledger().len();
    suite.advance(UNBONDING_TIME + DAY);
    let waited = suite.tick(Job::Settle);
    assert!(waited.emits("settlement_waited"));

    let first = suite.tick(Job::Settle);

    assert_eq!(number(&first.named("settled")[0], "entries"), 50);
    let restaked = &first.named("restaked")[0];
    assert_eq!(number(restaked, "tokens"), restaking);
    assert_close(number(restaked, "arrived"), restaking * 9 / 10);
    assert_eq!(suite.totals().restaking.u128(), 0);
    assert_eq!(suite.ledger().len(), rows - 50);
    // a piece right after the first page pays what is fair
    suite.request(&alice, 400 * TOKEN);
    suite.tick(Job::Submit);
    let assets = 1000 * TOKEN - restaking / 10;
    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_close(suite.tokens(&alice), 400 * assets / 1000);
    assert_close(suite.worth(suite.shares(&bob)), 599 * assets / 1000);
    assert_eq!(suite.ledger().len(), 0);
}

#[test]
fn pages_of_a_large_group_that_was_read_add_up() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
    }));
    let leaving = suite.listed[..60].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    let rows = suite.ledger().len();
    sign_twice(&mut suite, &leaving, height);
    suite.advance(UNBONDING_TIME + DAY);
    suite.tick(Job::Settle);

    let settled = suite.tick(Job::Settle);

    assert_eq!(settled.named("marked").len(), 60);
    assert_eq!(suite.totals().restaking.u128(), 0);
    let rest = suite.ledger();
    assert_eq!(rest.len(), rows - 50);
    assert!(rest.iter().all(|row| row.restaking_settled && !row.settled));
    suite.keep();
    assert_eq!(suite.ledger(), vec![]);
}

#[test]
fn entry_that_was_never_seen_takes_no_other_out_of_sight() {
    // the seed's own entry began without a mark, and comes back while more is on its way from there
    let builder = SuiteBuilder::base().with_room_to_leave();
    let mut suite = funded_from(builder.while_seed_unbonds());
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let seed = suite.ledger()[0].clone();
    wait_until(&mut suite, seed.completion_time.seconds() - 10 * HOUR);
    suite.keep();
    let height = suite.chain.height();
    suite.drain(std::slice::from_ref(&seed.validator));
    suite.leave_by_undelegation(std::slice::from_ref(&seed.validator));
    suite.advance(10 * HOUR + 60);
    suite.keep();
    suite.keep();
    assert_eq!(suite.ledger().len(), 1, "{:?}", suite.ledger());
    suite.request(&alice, 499 * TOKEN);
    sign_twice(&mut suite, std::slice::from_ref(&seed.validator), height);

    assert_eq!(suite.tick(Job::Submit).named("marked").len(), 1);
}

#[test]
fn loss_of_half_or_more_is_believed_when_a_later_block_shows_it() {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.request(&alice, 100 * TOKEN);
    suite.slash(&leaving, 60, 1_000_000);

    let first = suite.tick(Job::Submit);
    assert!(!first.emits("marked") && !first.emits("batch_submitted"));
    assert_eq!(suite.totals().marked_down.u128(), 0);
    let second = suite.tick(Job::Submit);

    // 60 % of 105 tokens, less what a slash by today's power does not count
    let lost = number(&second.named("marked")[0], "restaking");
    assert!((62 * TOKEN..=63 * TOKEN).contains(&lost), "{lost}");
    assert!(second.emits("batch_submitted"));
}
