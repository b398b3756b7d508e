//! Settling when more than a fifth is missing of what the marks promise.
//!
//! Succeeds when what arrived for batches is held for a day and then paid, apart from whatever
//! comes meanwhile, and when what was to be delegated again is booked at once. A loss that the
//! chain explains is not held.
//!
//! Fails to turn coins of a held settlement into profit.

use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, number};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, funded_from, roomy};

/// The validators cannot be read, so that nothing explains what is missing. The next two ticks settle: the first sees the block of the completion, the second knows that
/// it is over.
fn settle_at(suite: &mut Suite, seconds: u64) {
    suite.faults().refuse_queries();
    let wait = seconds - suite.now();
    suite.advance(wait);
    for _ in 0..2 {
        let _ = suite.try_tick(Some(Job::Settle));
    }
}

#[test]
fn held_settlement_keeps_surplus_out_and_later_entries_apart() {
    let builder =
        SuiteBuilder::base().with_parameters(|parameters| parameters.batch_period = 12 * HOUR);
    let mut suite = funded_from(builder);
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 100 * TOKEN).unwrap();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(12 * HOUR);
    suite.request(&bob, 100 * TOKEN);
    suite.tick(Job::Submit);
    let entries = suite.ledger();
    suite.slash(&entries[0].validator, 30, 1_000);
    settle_at(&mut suite, entries[0].completion_time.seconds());
    assert_eq!(suite.totals().awaiting_settlement.u128(), 70 * TOKEN);

    // a donation during the hold is nobody's profit
    let (carol, vault) = (suite.user_with("carol", 30 * TOKEN), suite.vault.clone());
    suite.send(&carol, &vault, 30 * TOKEN).unwrap();
    let harvest = suite.tick(Job::Harvest);
    assert_eq!(number(&harvest.named("harvested")[0], "surplus"), 0);

    // Bob's entry matures during the hold, and is a group of its own
    settle_at(&mut suite, entries[1].completion_time.seconds() + BLOCK);
    assert_eq!(suite.batch(2).unwrap().state, BatchState::Claimable);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
    suite.claim(&bob, 2);
    assert_eq!(suite.tokens(&bob), 100 * TOKEN);
    assert_eq!(suite.totals().awaiting_settlement.u128(), 70 * TOKEN);

    suite.keep_for_days(2);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 70 * TOKEN);
}

#[test]
fn loss_of_leaving_stake_is_in_the_price_as_soon_as_it_is_known() {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.slash(&leaving, 80, 1_000);
    let completion = suite.ledger()[0].completion_time.seconds();
    settle_at(&mut suite, completion);

    // 21 of 105 tokens arrived: 1000 - 84 = 916 for 1000 shares
    assert_eq!(suite.rate().total_assets.u128(), 916 * TOKEN);
    suite.request(&alice, 499 * TOKEN);
    suite.keep_for_days(25);

    suite.claim(&alice, 1);
    let paid = suite.tokens(&alice);
    let due = 499 * TOKEN * 916 / 1000;
    assert!((due - 10..=due).contains(&paid), "{paid} of {due}");
}

#[test]
fn entry_of_a_batch_and_of_leaving_stake_shares_its_loss() {
    // 40 of the first validator's 105 tokens leave for Alice and the rest to be delegated again,
    // in one block and so in one entry
    let mut suite = roomy();
    let alice = suite.user("alice");
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.refuse_redelegations(&leaving);
    suite.tick(Job::Rebalance);
    suite.heal();
    suite.advance(HOUR); // from now on it is to be undelegated
    suite.request(&alice, 40 * TOKEN);
    let keeper = suite.user("keeper");
    let tick = |job| defenders_suite::messages::tick(Some(job));
    let txs = vec![
        suite.call(&keeper, &tick(Job::Submit), vec![]),
        suite.call(&keeper, &tick(Job::Rebalance), vec![]),
    ];
    suite.block(BLOCK, txs);
    let entries = suite.ledger();
    assert_eq!((entries.len(), entries[0].parts.len()), (1, 2));
    assert_eq!(entries[0].tokens.u128(), 105 * TOKEN);
    suite.slash(&leaving, 40, 1_000);
    settle_at(&mut suite, entries[0].completion_time.seconds());

    // 60 % of 65 tokens for the shareholders at once, of 40 for Alice a day later
    let assets = suite.rate().total_assets.u128();
    assert!(assets.abs_diff(895 * TOKEN + 39 * TOKEN) <= 1, "{assets}");
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
    suite.keep_for_days(2);
    suite.claim(&alice, 1);
    let paid = suite.tokens(&alice);
    assert!(paid.abs_diff(24 * TOKEN) <= 1, "{paid}");
}

#[test]
fn claim_before_a_held_settlement_is_over_is_refused() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    let entry = suite.ledger().remove(0);
    suite.slash(&entry.validator, 50, 1_000);
    settle_at(&mut suite, entry.completion_time.seconds());
    let until = suite.job(Job::Settle).next_at.unwrap();
    assert_eq!(until, suite.now() + DAY);

    suite.try_claim(&alice, 1).unwrap_err();
    let wait = until - suite.now() - BLOCK;
    suite.advance(wait);
    suite.claim(&alice, 1); // settles on the way, to the second

    assert_eq!(suite.tokens(&alice), 50 * TOKEN);
}

#[test]
fn loss_that_the_chain_explains_is_paid_out_at_once() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    let entry = suite.ledger().remove(0);
    suite.slash(&entry.validator, 50, 1_000);
    let wait = entry.completion_time.seconds() - suite.now();
    suite.advance(wait);

    suite.keep();

    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 50 * TOKEN);
}
