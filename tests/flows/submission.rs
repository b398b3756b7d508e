//! Serving batches piece by piece.
//!
//! Succeeds when a batch is due: idle pays first, then a few undelegations from the top of the
//! levels; what does not fit waits for the next piece. Batches are served in order, a period
//! apart.
//!
//! Fails when the period is not over, and when nothing was requested.

use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, wait_for_unbonding};

fn submitted(
    batch_id: u64,
    shares: u128,
    idle: u128,
    unbonding: u128,
    left: u128,
) -> cosmwasm_std::Event {
    event(
        "batch_submitted",
        [
            ("batch_id", &batch_id),
            ("shares", &shares),
            ("idle_tokens", &idle),
            ("unbonding_tokens", &unbonding),
            ("unserved_shares", &left),
        ],
    )
}

fn undelegated(suite: &Suite, position: usize, tokens: u128) -> cosmwasm_std::Event {
    let completion_time = suite.chain.time().plus_seconds(UNBONDING_TIME);
    event(
        "undelegated",
        [
            ("validator", &suite.listed[position]),
            ("tokens", &tokens),
            ("amount", &tokens),
            ("completion_time", &completion_time.nanos()),
            ("batch_id", &1),
        ],
    )
}

#[test]
fn piece_undelegates_from_the_highest_level() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);

    let outcome = suite.tick(Job::Submit);

    // nine validators stand at 100 000 + 105 tokens, the last at 100 000 + 55; among equals the
    // lower address gives
    let expected = vec![
        event("ticked", [("job", &"submit")]),
        event(
            "synced",
            [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
        ),
        submitted(1, 100 * TOKEN, 0, 100 * TOKEN, 0),
        undelegated(&suite, 0, 100 * TOKEN),
    ];
    assert_eq!(outcome.vault_events(), expected);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
    assert_eq!(suite.totals().total_shares.u128(), 900 * TOKEN);
    assert_eq!(suite.totals().unbonding.u128(), 100 * TOKEN);
}

#[test]
fn piece_takes_idle_first_and_sets_it_aside() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&bob, 70 * TOKEN); // 50 are delegated, 20 stay idle
    suite.request(&alice, 30 * TOKEN);

    let outcome = suite.tick(Job::Submit);

    let expected = submitted(1, 30 * TOKEN, 20 * TOKEN, 10 * TOKEN, 0);
    assert_eq!(outcome.named("batch_submitted"), vec![expected]);
    assert_eq!(suite.totals().claimable.u128(), 20 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn batch_that_idle_pays_in_full_is_claimable_at_once() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&bob, 70 * TOKEN); // 20 stay idle
    suite.request(&alice, 20 * TOKEN);

    let outcome = suite.tick(Job::Submit);

    let claimable = event(
        "batch_claimable",
        [("batch_id", &1), ("tokens", &(20 * TOKEN))],
    );
    assert_eq!(outcome.named("batch_claimable"), vec![claimable]);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 20 * TOKEN);
}

#[test]
fn idle_set_aside_for_a_batch_is_never_skimmed() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&bob, 70 * TOKEN); // 20 stay idle
    suite.request(&alice, 30 * TOKEN);
    suite.tick(Job::Submit);
    let set_aside = suite.totals().claimable;
    let rate = suite.rate();

    // neither invest, nor harvest, nor a deposit, nor another batch may take it
    suite.reward(5 * TOKEN);
    suite.deposit(&bob, 3 * TOKEN);
    suite.keep_for_days(3);
    suite.request(&bob, 10 * TOKEN);
    suite.keep_for_days(2);

    assert!(suite.totals().claimable >= set_aside);
    assert!(suite.rate().tokens_per_share >= rate.tokens_per_share);
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 30 * TOKEN);
}

#[test]
fn large_batch_is_served_in_pieces_of_five_validators() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);

    let first = suite.tick(Job::Submit);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Submitting);
    let second = suite.tick(Job::Submit);

    // 5 x 105 tokens, then 900 - 525 = 375 from 3 x 105 and a part of the fourth
    let expected = submitted(1, 525 * TOKEN, 0, 525 * TOKEN, 375 * TOKEN);
    assert_eq!(first.named("batch_submitted"), vec![expected]);
    assert_eq!(first.named("undelegated").len(), 5);
    let expected = submitted(1, 375 * TOKEN, 0, 375 * TOKEN, 0);
    assert_eq!(second.named("batch_submitted"), vec![expected]);
    assert_eq!(second.named("undelegated").len(), 4);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
}

#[test]
fn unserved_shares_go_on_bearing_slashes() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);
    suite.tick(Job::Submit); // 525 served at 1 token per share; 475 tokens for 475 shares left
    let slashed = suite.listed[8].clone();
    suite.slash(&slashed, 50, 0);

    suite.tick(Job::Submit);

    // half of 105 tokens are gone: 475 - 52.5 = 422.5 tokens for 475 shares;
    // 375 shares are worth floor(375 x 422.5 / 475) = 333.552631 tokens
    let batch = suite.batch(1).unwrap();
    assert!(batch.unserved_shares.is_zero(), "{batch:?}");
    assert!(
        (858_552_626..=858_552_631).contains(&batch.unbonding.u128()),
        "525 + 333.552631, less a unit per message: {batch:?}"
    );
}

#[test]
fn tokens_of_unserved_shares_are_a_reserve_that_is_not_invested() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 900 * TOKEN);
    suite.tick(Job::Submit); // 375 shares unserved

    let outcome = suite.deposit(&bob, 100 * TOKEN);

    assert_eq!(suite.totals().reserve.u128(), 375 * TOKEN);
    assert!(!outcome.emits("delegated"));
    // the deposit pays the next piece
    let next = suite.tick(Job::Submit);
    let expected = submitted(1, 375 * TOKEN, 100 * TOKEN, 275 * TOKEN, 0);
    assert_eq!(next.named("batch_submitted"), vec![expected]);
}

#[test]
fn batches_are_a_period_apart_and_in_order() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 100 * TOKEN).unwrap();
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    let first_at = suite.now();
    suite.request(&bob, 10 * TOKEN);

    let refusal = suite.try_tick(Some(Job::Submit)).unwrap_err();

    assert!(refusal.says("submit is not due"), "{}", refusal.text);
    assert_eq!(suite.job(Job::Submit).next_at, Some(first_at + DAY));
    suite.advance(DAY - (suite.now() - first_at) - BLOCK);
    suite.tick(Job::Submit); // in the next block, to the second
    assert_eq!(suite.now(), first_at + DAY);
    assert_eq!(suite.batch(2).unwrap().submitted_at, Some(first_at + DAY));
}

#[test]
fn batch_period_grows_when_few_validators_hold_stake() {
    // 21 days / (6 x 1 validator) = 3.5 days
    let builder = SuiteBuilder::base().with_listed_count(1);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    suite.request(&alice, TOKEN);
    suite.tick(Job::Submit);
    let first_at = suite.now();

    suite.request(&alice, TOKEN);

    let next_at = suite.job(Job::Submit).next_at;
    assert_eq!(next_at, Some(first_at + UNBONDING_TIME / 6));
}

#[test]
fn submitting_without_requests_is_refused() {
    let mut suite = funded();
    let refusal = suite.try_tick(Some(Job::Submit)).unwrap_err();
    assert!(
        refusal.says("no withdrawal is requested"),
        "{}",
        refusal.text
    );
}

#[test]
fn dust_requests_day_after_day_find_a_free_entry() {
    let mut suite = SuiteBuilder::base().with_listed_count(5).build();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&alice, 1000 * TOKEN);
    suite.deposit(&bob, TOKEN);
    suite.keep();

    // invariant 7 sees to it that no validator ever refuses an 8th entry
    for _ in 0..40 {
        suite.request(&bob, 5);
        suite.advance(DAY);
        suite.keep();
    }
    suite.keep_for_days(24);

    let batches = suite.batches();
    assert!(batches.len() >= 30, "{}", batches.len());
    for batch in batches {
        assert_eq!(batch.state, BatchState::Claimable, "{batch:?}");
        suite.claim(&bob, batch.batch_id);
    }
    assert_eq!(suite.tokens(&bob), 200);
}

#[test]
fn batch_of_two_pieces_is_paid_when_the_last_entry_completes() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(DAY);

    suite.tick(Job::Submit);

    let last = suite.ledger().last().unwrap().completion_time.seconds();
    assert_ne!(suite.ledger()[0].completion_time.seconds(), last);
    assert_eq!(suite.batch(1).unwrap().next_at, Some(last));
}
