//! What the chain does beside a call: rewards that it pays out on every touch of a delegation,
//! and questions that it does not let contracts ask.
//!
//! Succeeds when touched rewards wait in the pot for the next harvest, whatever touched them, and
//! when a vault that cannot read powers says so, and keeps and pays what it has.
//!
//! Fails to accept a deposit before anybody could read a power.

use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, number, text};
use defenders_types::Job;

use crate::fixture::{REWARD, REWARDS, funded};

/// Rewards of 105 tokens, of 0.1 each less 5 % commission.
const OF_ONE: u128 = 9_975_000;

fn harvested(suite: &mut Suite) -> u128 {
    suite.advance(DAY);
    let mut outcomes = vec![];
    while suite.job(Job::Harvest).due {
        outcomes.push(suite.tick(Job::Harvest)); // by its name it passes nobody, however overdue
    }
    outcomes.extend(suite.keep());
    let harvests = outcomes.iter().flat_map(|o| o.named("harvested"));
    harvests.map(|event| number(&event, "rewards")).sum()
}

#[test]
fn undelegation_pays_the_rewards_of_its_validator_to_the_pot() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.reward(REWARD);
    let idle = suite.totals().idle;
    suite.request(&alice, 100 * TOKEN);

    suite.tick(Job::Submit); // from the first validator alone

    let pot = suite.tokens(&suite.pot);
    assert!(OF_ONE.abs_diff(pot) <= 1, "{pot}");
    assert_eq!(suite.totals().idle, idle);
    assert_eq!(suite.tokens(&suite.vault), idle.u128());
    let rewards = harvested(&mut suite);
    assert!(REWARDS.abs_diff(rewards) <= 10, "{rewards}");
    assert_eq!(suite.tokens(&suite.pot), 0);
}

#[test]
fn delegation_pays_the_rewards_of_its_validator_to_the_pot() {
    let mut suite = funded();
    let bob = suite.user("bob");
    suite.reward(REWARD);
    assert_eq!(suite.tokens(&suite.pot), 0);

    let outcome = suite.deposit(&bob, 10 * TOKEN);

    let given = &outcome.named("delegated")[0];
    let to = suite
        .validator_info(&text(given, "validator"))
        .delegated
        .u128();
    let had = to - number(given, "tokens");
    let due = OF_ONE * had / (105 * TOKEN);
    let pot = suite.tokens(&suite.pot);
    assert!(due.abs_diff(pot) <= 1, "{pot} of {due}");
    let rewards = harvested(&mut suite);
    assert!(REWARDS.abs_diff(rewards) <= 10, "{rewards}");
}

#[test]
fn rewards_touched_block_after_block_are_harvested_to_the_last() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    for _ in 0..5 {
        suite.reward(REWARD / 5);
        suite.deposit(&bob, TOKEN);
        suite.request(&alice, 2 * TOKEN);
        suite.tick(Job::Submit);
        suite.advance(4 * DAY);
    }

    let in_pot = suite.tokens(&suite.pot);
    assert!(in_pot > 0);
    let rewards = harvested(&mut suite);

    // each validator pays whole units, each time it is touched
    assert!(rewards > in_pot && rewards <= 96 * TOKEN, "{rewards}");
    assert_eq!(suite.tokens(&suite.pot), 0);
}

fn unreadable() -> Suite {
    let mut suite = SuiteBuilder::base().without_refresh().build();
    suite.faults().refuse_queries();
    suite
}

#[test]
fn refresh_on_a_chain_that_answers_no_contract_says_so_and_changes_nothing() {
    let mut suite = unreadable();
    suite.advance(7 * DAY / 24);
    let before = (suite.totals(), suite.validator_infos(), suite.config());
    let coins = (suite.tokens(&suite.vault), suite.tokens(&suite.pot));

    let outcome = suite.tick(Job::Refresh);

    let failed = &outcome.named("read_failed")[0];
    assert_eq!(text(failed, "job"), "refresh");
    assert!(!outcome.emits("refreshed"));
    let after = (suite.totals(), suite.validator_infos(), suite.config());
    assert_eq!(after, before);
    let coins_after = (suite.tokens(&suite.vault), suite.tokens(&suite.pot));
    assert_eq!(coins_after, coins);
    assert_eq!(suite.totals().refreshed_at, None);
}

#[test]
fn deposit_on_a_chain_that_answers_no_contract_is_refused_and_keeps_its_coins() {
    let mut suite = unreadable();
    let alice = suite.user_with("alice", TOKEN);

    let refusal = suite.try_deposit(&alice, TOKEN).unwrap_err();

    assert!(refusal.says("take at most 0"), "{}", refusal.text);
    assert_eq!(suite.tokens(&alice), TOKEN);
    assert_eq!(suite.rate().total_assets.u128(), TOKEN); // the seed
    suite.keep_for_days(3);
    assert_eq!(suite.rate().total_assets.u128(), TOKEN);
    suite.advance(BLOCK);
}
