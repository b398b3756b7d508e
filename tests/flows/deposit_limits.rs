//! How much a vault takes.
//!
//! Succeeds when the tokens to place, those on their way back to be delegated again included, stay
//! within what the eligible validators may take, as of the last refresh, and the vault below the self
//! limit of the chain; warns from 16 %.
//!
//! Fails when nobody is listed, before the first refresh, above the capacity, from 22 % of the
//! chain, and while shares are worth nothing.

use cosmwasm_std::Decimal;
use defenders_suite::{Suite, SuiteBuilder, TOKEN, event};

use crate::fixture::wait_for_unbonding;

/// Policies without a chain cap; validators may hold thrice what others gave them, which is
/// 75 % of their stake: a capacity of 3 x 1 000 000 tokens beside 5 000 000.
fn roomy() -> Suite {
    let builder = SuiteBuilder::base().with_policy(|policy| {
        policy.chain_share_cap = None;
        policy.match_cap = Some(Decimal::percent(75));
    });
    builder.build()
}

fn refused_deposit(suite: &mut Suite, tokens: u128) -> String {
    let alice = suite.user_with("alice", tokens);
    suite.try_deposit(&alice, tokens).unwrap_err().text
}

#[test]
fn no_validator_listed_yet_means_no_deposits_and_no_stuck_jobs() {
    let mut suite = SuiteBuilder::base().with_nobody_listed().build();

    suite.keep();

    let text = refused_deposit(&mut suite, TOKEN);
    assert!(text.contains("take at most 0"), "{text}");
    assert_eq!(suite.totals().idle.u128(), TOKEN);
}

#[test]
fn deposit_before_the_first_refresh_is_refused() {
    let mut suite = SuiteBuilder::base().without_refresh().build();

    let text = refused_deposit(&mut suite, TOKEN);

    assert!(text.contains("take at most 0"), "{text}");
}

#[test]
fn deposit_up_to_the_capacity_is_taken_and_one_more_unit_is_not() {
    let mut suite = SuiteBuilder::base().build();
    // ten validators with 3 % x 5 000 000 - 100 000 = 50 000 tokens of headroom each
    let capacity = 500_000 * TOKEN;
    assert_eq!(suite.totals().capacity.u128(), capacity);
    let alice = suite.user("alice");
    suite.deposit(&alice, capacity - TOKEN); // the seed is 1 token

    let text = refused_deposit(&mut suite, 1);

    let reason = "take at most 500000000000, this deposit would make it 500000000001";
    assert!(text.contains(reason), "{text}");
    suite.keep();
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn stake_on_its_way_to_be_delegated_again_counts_against_the_capacity() {
    let mut suite = SuiteBuilder::base().with_room_to_leave().build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 399_999 * TOKEN);
    suite.keep(); // 42 000 each, 22 000 for the last
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.keep();
    let totals = suite.totals();
    assert_eq!(totals.restaking.u128(), 42_000 * TOKEN);
    assert_eq!(totals.capacity.u128(), 450_000 * TOKEN);

    // 358 000 are delegated: room for 50 000 beside the 42 000 that come back
    suite.deposit(&alice, 50_000 * TOKEN);
    let text = refused_deposit(&mut suite, 1);

    let reason = "take at most 450000000000, this deposit would make it 450000000001";
    assert!(text.contains(reason), "{text}");
    wait_for_unbonding(&mut suite);
    assert_eq!(suite.totals().idle.u128(), 0);
    assert_eq!(suite.totals().bonded.u128(), 450_000 * TOKEN);
}

#[test]
fn deposit_near_the_self_limit_carries_a_warning() {
    let mut suite = roomy();
    let alice = suite.user("alice");

    // (1 000 000 - 1 + 1) / (5 000 000 + 1 000 000) = 16.66 %
    let outcome = suite.deposit(&alice, 999_999 * TOKEN);

    let warned = event("self_limit_warned", [("share_bps", &1_666)]);
    assert_eq!(outcome.named("self_limit_warned"), vec![warned]);
}

#[test]
fn deposit_below_the_warning_carries_none() {
    let mut suite = roomy();
    let alice = suite.user("alice");

    // 900 000 / 5 900 000 = 15.3 %
    let outcome = suite.deposit(&alice, 899_999 * TOKEN);

    assert!(!outcome.emits("self_limit_warned"));
}

#[test]
fn deposit_that_reaches_the_self_limit_is_refused() {
    let mut suite = roomy();

    // 22 % of the chain: V / (5 000 000 + V) >= 22 % from V = 1 410 256.41 on
    let text = refused_deposit(&mut suite, 1_410_256 * TOKEN);

    assert!(text.contains("the limit is 0.22 of all"), "{text}");
    let alice = suite.user("alice");
    suite.deposit(&alice, 1_410_255 * TOKEN);
}

#[test]
fn deposit_while_shares_are_worth_nothing_is_refused() {
    // One validator takes it all: 1.25 / 1 of the stake is above 100 %.
    let large = [1_000_000 * TOKEN; 4];
    let builder = SuiteBuilder::base().with_validators(&large, &[100_000 * TOKEN]);
    let mut suite = builder.build();
    suite.keep();
    assert_eq!(suite.totals().bonded.u128(), TOKEN);
    let only = suite.listed[0].clone();
    suite.slash(&only, 100, 1);
    suite.tick(defenders_types::Job::Sync);
    suite.tick(defenders_types::Job::Sync); // so large a loss is believed when shown twice
    assert_eq!(suite.totals().total_assets.u128(), 0);

    let text = refused_deposit(&mut suite, TOKEN);

    assert!(text.contains("worth nothing"), "{text}");
}
