//! A reading of the delegations that is too low to be believed at once.
//!
//! Succeeds when a later block shows the same, or more than half of the book: then both are booked,
//! by `tick {}` alone. Meanwhile settling, harvests, refreshes, requests, cancels and claims go on.
//!
//! Fails to burn a batch's shares, and refuses deposits, on a first reading.

use cosmwasm_std::{Event, Uint128, coins};
use defenders_suite::messages::tick;
use defenders_suite::{BLOCK, DAY, DENOM, Outcome, Suite, SuiteBuilder, TOKEN, event, text};
use defenders_types::{BatchState, BookDoubt, ExecuteMsg, Job};

use crate::fixture::{REWARD, funded, funded_from};

fn doubted(bonded: u128, shown: u128) -> Event {
    event("book_doubted", [("bonded", &bonded), ("shown", &shown)])
}

fn synced(lost: u128, gained: u128, bonded: u128) -> Event {
    event(
        "synced",
        [("lost", &lost), ("gained", &gained), ("bonded", &bonded)],
    )
}

fn ticked(job: Job) -> Event {
    event("ticked", [("job", &job)])
}

fn tick_any(suite: &mut Suite) -> Outcome {
    suite.try_tick(None).unwrap()
}

/// 60 % of all stake, really: 400 of 1000 tokens are left.
fn slash_everyone(suite: &mut Suite) {
    for validator in suite.listed.clone() {
        suite.slash(&validator, 60, 0);
    }
}

#[test]
fn falsely_empty_answer_burns_no_shares_of_a_batch() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 500 * TOKEN);
    suite.hide_delegations();

    let outcome = suite.tick(Job::Submit);

    let expected = vec![ticked(Job::Submit), doubted(1000 * TOKEN, 0)];
    assert_eq!(outcome.vault_events(), expected);
    let doubt = BookDoubt {
        height: suite.chain.height(),
        since: suite.now(),
        shown: Uint128::zero(),
    };
    assert_eq!(suite.totals().doubt, Some(doubt));
    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Open);
    assert_eq!(batch.unserved_shares.u128(), 500 * TOKEN);

    suite.heal();
    let again = tick_any(&mut suite);
    let served = tick_any(&mut suite);

    let expected = vec![ticked(Job::Sync), synced(0, 0, 1000 * TOKEN)];
    assert_eq!(again.vault_events(), expected);
    assert_eq!(suite.totals().doubt, None);
    let submitted = &served.named("batch_submitted")[0];
    assert_eq!(
        text(submitted, "unbonding_tokens"),
        (500 * TOKEN).to_string()
    );
}

#[test]
fn loss_that_a_later_block_shows_again_is_booked_by_ticks_alone() {
    let mut suite = funded();
    slash_everyone(&mut suite);

    let first = suite.tick(Job::Sync);
    let second = tick_any(&mut suite);

    let expected = vec![ticked(Job::Sync), doubted(1000 * TOKEN, 400 * TOKEN)];
    assert_eq!(first.vault_events(), expected);
    let expected = vec![ticked(Job::Sync), synced(600 * TOKEN, 0, 400 * TOKEN)];
    assert_eq!(second.vault_events(), expected);
    assert_eq!(suite.totals().doubt, None);
    assert_eq!(suite.rate().total_assets.u128(), 400 * TOKEN);
    assert_eq!(suite.totals().synced_at, suite.now());
}

#[test]
fn loss_of_less_than_half_is_booked_at_once() {
    let mut suite = funded();
    for validator in suite.listed.clone() {
        suite.slash(&validator, 49, 0);
    }

    let outcome = suite.tick(Job::Sync);

    let lost = synced(490 * TOKEN, 0, 510 * TOKEN);
    assert_eq!(outcome.named("synced"), vec![lost]);
    assert_eq!(suite.totals().doubt, None);
}

#[test]
fn loss_of_exactly_half_is_in_doubt() {
    let mut suite = funded();
    for validator in suite.listed.clone() {
        suite.slash(&validator, 50, 0);
    }

    let outcome = suite.tick(Job::Sync);

    let expected = vec![doubted(1000 * TOKEN, 500 * TOKEN)];
    assert_eq!(outcome.named("book_doubted"), expected);
}

#[test]
fn readings_of_one_block_are_one_reading() {
    let mut suite = funded();
    suite.hide_delegations();
    let (bob, keeper) = (suite.user("bob"), suite.user("keeper"));
    let sync = [bob, keeper].map(|who| suite.call(&who, &tick(Some(Job::Sync)), vec![]));

    let results = suite.block(BLOCK, sync.to_vec());

    for result in results {
        let expected = vec![ticked(Job::Sync), doubted(1000 * TOKEN, 0)];
        assert_eq!(result.unwrap().vault_events(), expected);
    }
    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
    let state = suite.job(Job::Sync);
    assert!(
        !state.due && state.reason.contains("a later block tells"),
        "{state:?}"
    );
    suite.advance(BLOCK);
    assert!(suite.job(Job::Sync).due);
}

#[test]
fn another_low_reading_begins_anew() {
    let mut suite = funded();
    suite.hide_delegations();
    suite.tick(Job::Sync);
    suite.heal();
    slash_everyone(&mut suite);

    let other = tick_any(&mut suite);
    let same = tick_any(&mut suite);

    let expected = vec![doubted(1000 * TOKEN, 400 * TOKEN)];
    assert_eq!(other.named("book_doubted"), expected);
    let expected = vec![synced(600 * TOKEN, 0, 400 * TOKEN)];
    assert_eq!(same.named("synced"), expected);
}

#[test]
fn deposits_are_refused_while_the_book_is_in_doubt() {
    let mut suite = funded();
    let bob = suite.user_with("bob", 10 * TOKEN);
    suite.hide_delegations();
    suite.tick(Job::Sync);
    let height = suite.chain.height();

    let refusal = suite.try_deposit(&bob, 10 * TOKEN).unwrap_err();

    let told = format!(
        "the chain showed 0 of 1000000000 delegated tokens at height {height}: run tick {{job: sync}} in a later block"
    );
    assert!(refusal.says(&told), "{}", refusal.text);
    suite.heal();
    tick_any(&mut suite);
    suite.try_deposit(&bob, 10 * TOKEN).unwrap();
}

#[test]
fn doubt_that_a_deposit_finds_is_found_again_by_ticks_alone() {
    let mut suite = funded();
    let bob = suite.user_with("bob", 10 * TOKEN);
    slash_everyone(&mut suite);
    suite.advance(DAY); // the book is old: a deposit synchronises first

    let refusal = suite.try_deposit(&bob, 10 * TOKEN).unwrap_err();

    assert!(
        refusal.says("the chain showed 400000000"),
        "{}",
        refusal.text
    );
    assert_eq!(suite.totals().doubt, None); // the refusal has taken it back
    suite.keep();
    assert_eq!(suite.rate().total_assets.u128(), 400 * TOKEN);
    suite.try_deposit(&bob, 10 * TOKEN).unwrap();
}

#[test]
fn old_book_is_synchronised_after_all_other_jobs() {
    // a rebalance would synchronise
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let synced_at = suite.totals().synced_at;
    let state = suite.job(Job::Sync);
    assert_eq!(state.next_at, Some(synced_at + DAY + 1));
    suite.advance(DAY + BLOCK);

    assert_eq!(suite.job(Job::Sync).due_since, Some(synced_at + DAY + 1));
    let jobs: Vec<String> = suite
        .keep()
        .iter()
        .map(|outcome| text(&outcome.named("ticked")[0], "job"))
        .collect();

    assert_eq!(jobs.last().map(String::as_str), Some("sync"), "{jobs:?}");
    assert_eq!(jobs.iter().filter(|job| *job == "sync").count(), 1);
    assert!(jobs.iter().any(|job| job == "harvest"), "{jobs:?}");
}

#[test]
fn what_goes_by_the_book_waits_and_all_else_goes_on() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit); // entries that will be settled in doubt
    let drained = suite.listed[0].clone();
    suite.drain(&[drained]);
    let funds = coins(200 * TOKEN, DENOM);
    suite.chain.fund(&bob, funds.clone());
    let idle = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };
    suite.execute(&bob, &idle, funds).unwrap();
    suite.request(&alice, 10 * TOKEN);
    suite.advance(DAY);
    let waiting = [Job::Submit, Job::Rebalance, Job::Invest];
    for job in [Job::Submit, Job::Rebalance] {
        assert!(suite.job(job).due, "{:?}", suite.job(job));
    }
    suite.hide_delegations();

    suite.tick(Job::Sync);

    for job in waiting {
        let state = suite.job(job);
        assert!(!state.due && state.reason.contains("in doubt"), "{state:?}");
        let refusal = suite.try_tick(Some(job)).unwrap_err();
        assert!(refusal.says("the book is in doubt"), "{}", refusal.text);
    }
    suite.reward(REWARD);
    assert!(suite.tick(Job::Harvest).emits("harvested"));
    assert!(suite.tick(Job::Refresh).emits("refreshed"));
    suite.request(&bob, 10 * TOKEN);
    suite.try_cancel(&bob, 2).unwrap();
    suite.advance(30 * DAY);
    assert!(tick_any(&mut suite).emits("settled")); // before the second reading
    suite.claim(&alice, 1);
    assert!(suite.totals().doubt.is_some());
}
