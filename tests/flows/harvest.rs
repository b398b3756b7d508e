//! Harvests: rewards come in through the pot and enter the price slowly.
//!
//! Succeeds when a day has passed: page by page, whatever single validators answer. The profit
//! is spread over a day, or the time since the last harvest if that was longer.
//!
//! Fails (is not due) before.

use defenders_suite::{BLOCK, DAY, Refused, Suite, SuiteBuilder, TOKEN, event, number};
use defenders_types::Job;

use crate::fixture::{REWARD, REWARDS, funded, funded_from};

/// 94.999990 tokens of rewards, less 10 % rounded down: 94 999 990 - 9 499 999.
const PROFIT: u128 = 85_499_991;

/// A day after the first harvest, 95 tokens wait at ten validators.
fn ripe() -> Suite {
    ripe_from(SuiteBuilder::base())
}

fn ripe_from(builder: SuiteBuilder) -> Suite {
    let mut suite = funded_from(builder);
    suite.reward(REWARD);
    suite.advance(DAY);
    suite
}

fn harvested(rewards: u128, surplus: u128, fee: u128, bounty: u128) -> cosmwasm_std::Event {
    event(
        "harvested",
        [
            ("rewards", &rewards),
            ("surplus", &surplus),
            ("fee", &fee),
            ("bounty", &bounty),
        ],
    )
}

fn withdrawn(validators: usize, complete: bool) -> cosmwasm_std::Event {
    event(
        "rewards_withdrawn",
        [("validators", &validators), ("complete", &complete)],
    )
}

#[test]
fn harvest_takes_fee_and_bounty_and_locks_the_rest() {
    let mut suite = ripe();
    let before = suite.totals();
    let keeper = suite.user("keeper");
    let bounties = suite.tokens(&keeper);

    let outcome = suite.tick(Job::Harvest);

    // 10 % of 94 999 990 are 9 499 999, a tenth of that is the keeper's: 949 999
    let (fee, bounty) = (8_550_000, 949_999);
    let expected = vec![
        event("ticked", [("job", &"harvest")]),
        withdrawn(10, true),
        harvested(REWARDS, 0, fee, bounty),
    ];
    assert_eq!(outcome.vault_events(), expected);
    let after = suite.totals();
    assert_eq!(after.idle.u128(), PROFIT);
    assert_eq!(after.locked_profit.u128(), PROFIT);
    assert_eq!(after.total_assets, before.total_assets);
    assert_eq!(suite.tokens(&suite.fee_recipient), fee);
    assert_eq!(suite.tokens(&keeper) - bounties, bounty);
}

#[test]
fn profit_enters_the_price_over_a_day() {
    let mut suite = ripe();
    let since = suite.job(Job::Harvest).due_since.unwrap() - DAY; // the last harvest
    suite.tick(Job::Harvest);
    let harvested_at = suite.now();
    let period = (harvested_at - since).max(DAY);

    suite.advance(period / 2);
    let half = suite.totals().locked_profit.u128();
    let expected = PROFIT - PROFIT * u128::from(period / 2) / u128::from(period);
    assert!(half.abs_diff(expected) <= 1, "{half} is not {expected}");

    let rest = harvested_at + period - suite.now();
    suite.advance(rest - 1);
    assert!(!suite.totals().locked_profit.is_zero());
    suite.advance(1);
    assert!(suite.totals().locked_profit.is_zero());
    assert_eq!(suite.totals().total_assets.u128(), 1000 * TOKEN + PROFIT);
}

#[test]
fn profit_of_a_late_harvest_is_spread_over_the_time_since_the_last() {
    let mut suite = ripe();
    suite.advance(4 * DAY);
    suite.tick(Job::Harvest);

    suite.advance(2 * DAY);
    let locked = suite.totals().locked_profit.u128();

    // five days in all: three fifths are still locked
    let expected = PROFIT * 3 / 5;
    assert!(locked.abs_diff(expected) < TOKEN / 10, "{locked}");
}

#[test]
fn second_page_adds_without_moving_the_end() {
    let builder = SuiteBuilder::base().with_parameters(|parameters| parameters.harvest_page = 5);
    let mut suite = ripe_from(builder);
    let since = suite.job(Job::Harvest).due_since.unwrap() - DAY;

    let first = suite.tick(Job::Harvest);
    let end = suite.now() + (suite.now() - since).max(DAY);
    suite.advance(DAY / 2);
    let second = suite.tick(Job::Harvest);

    assert_eq!(first.named("rewards_withdrawn"), vec![withdrawn(5, false)]);
    assert_eq!(second.named("rewards_withdrawn"), vec![withdrawn(5, true)]);
    assert!(!suite.job(Job::Harvest).due);
    let left = end - suite.now();
    suite.advance(left - 1);
    assert!(!suite.totals().locked_profit.is_zero());
    suite.advance(1);
    assert!(suite.totals().locked_profit.is_zero());
}

#[test]
fn next_harvest_releases_what_is_due_and_spreads_the_remainder() {
    let mut suite = ripe();
    suite.tick(Job::Harvest);
    suite.reward(REWARD);
    suite.advance(DAY - BLOCK);
    let before = suite.totals();

    suite.tick(Job::Harvest);

    let after = suite.totals();
    // no jump: what was released stays released
    assert!(after.total_assets >= before.total_assets);
    assert!((after.total_assets - before.total_assets).u128() < TOKEN);
}

#[test]
fn harvest_before_its_period_is_over_is_refused() {
    let mut suite = ripe();
    suite.tick(Job::Harvest);

    let refusal = suite.try_tick(Some(Job::Harvest)).unwrap_err();

    assert!(refusal.says("harvest is not due"), "{}", refusal.text);
}

#[test]
fn validator_that_refuses_its_rewards_delays_no_other() {
    let mut suite = ripe();
    let refusing = suite.listed[2].clone();
    suite.refuse(&refusing, Refused::WithdrawRewards, 5);

    let outcome = suite.tick(Job::Harvest);

    let refused = event(
        "refused",
        [
            ("message", &"withdraw_rewards"),
            ("validator", &refusing),
            ("tokens", &0),
            ("error", &"codespace: distribution, code: 5"),
        ],
    );
    assert_eq!(outcome.named("refused"), vec![refused]);
    // 105 of 1000 tokens brought nothing: 9.975, truncated
    let rewards = number(&outcome.named("harvested")[0], "rewards");
    assert_eq!(rewards, REWARDS - 9_974_999);
}

#[test]
fn rewards_that_a_withdrawal_touched_are_harvested_too() {
    let mut suite = funded();
    suite.reward(REWARD);
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);
    suite.keep(); // every undelegation pays the rewards of its validator to the pot
    suite.advance(DAY);

    let outcomes = suite.keep();

    let harvests = outcomes.iter().flat_map(|o| o.named("harvested"));
    let rewards: u128 = harvests.map(|e| number(&e, "rewards")).sum();
    assert!(
        (95 * TOKEN - 20..=95 * TOKEN).contains(&rewards),
        "{rewards}"
    );
}

#[test]
fn harvest_of_nothing_succeeds() {
    let mut suite = funded();
    suite.advance(DAY);

    let outcome = suite.tick(Job::Harvest);

    assert_eq!(outcome.named("harvested"), vec![harvested(0, 0, 0, 0)]);
}

/// Since Celestia 4 a delegation no longer withdraws rewards: a program that took every change of its balance for a
/// reward would have staked principal. The pot's account is for rewards alone, whenever the chain pays them.
#[test]
fn lesson_22_rewards_that_no_touch_pays_come_with_the_harvest_and_nothing_else_counts() {
    let mut suite = ripe();
    let keeps = suite.faults().keep_rewards();
    let (bob, assets) = (suite.user("bob"), suite.totals().total_assets.u128());
    suite.deposit(&bob, 100 * TOKEN);
    suite.tick(Job::Invest);
    let paid_by_touches = suite.tokens(&suite.pot);
    assert_eq!(paid_by_touches == 0, keeps, "{paid_by_touches}");
    assert_eq!(suite.totals().total_assets.u128(), assets + 100 * TOKEN);

    let outcome = suite.tick(Job::Harvest);

    let harvested = outcome.named("harvested").pop().unwrap();
    let (rewards, surplus) = (number(&harvested, "rewards"), number(&harvested, "surplus"));
    assert_eq!(surplus, 0);
    // a unit at each validator, for each time that it pays
    assert!(rewards.abs_diff(REWARDS) <= 20, "{rewards}");
    assert_eq!(suite.tokens(&suite.pot), 0);
}
