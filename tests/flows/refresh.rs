//! Reading the voting powers, and who is eligible by them.
//!
//! Succeeds when a day has passed: the chain's largest validators until a third of the stake is
//! covered, then the listed ones, page by page. A read that fails is told and tried again later.
//!
//! Fails (is not due) before.

use cosmwasm_std::{StakingMsg, coin};
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text,
};
use defenders_types::{Exclusion, Job};

use crate::fixture::{funded, wait_for_unbonding};
use crate::marks::operator_of;

fn refreshed(read: usize, complete: bool, capacity: u128) -> cosmwasm_std::Event {
    event(
        "refreshed",
        [
            ("read", &read),
            ("failed", &0),
            ("complete", &complete),
            ("capacity", &capacity),
        ],
    )
}

/// A day later, all pages.
fn refresh(suite: &mut Suite) {
    suite.advance(DAY);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
}

#[test]
fn refresh_reads_the_top_and_then_the_listed_page_by_page() {
    let builder = SuiteBuilder::base().without_refresh();
    let mut suite = builder.build();

    // The first page reads down from the top until those above the last one read hold a third of
    // all stake: the four large validators of 1 000 000 in 5 000 000 tie, so all of them and the
    // next are read. What is left of the 25 reads is less than a page of 25 listed ones.
    let top = suite.tick(Job::Refresh);
    let rest = suite.tick(Job::Refresh);

    assert_eq!(top.named("refreshed"), vec![refreshed(5, false, 0)]);
    let capacity = 500_000 * TOKEN;
    let expected = vec![
        event("ticked", [("job", &"refresh")]),
        refreshed(10, true, capacity),
    ];
    assert_eq!(rest.vault_events(), expected);
    assert_eq!(suite.totals().capacity.u128(), capacity);
    assert_eq!(suite.totals().refreshed_at, Some(suite.now()));
    let info = suite.validator_info(&suite.listed[0]);
    assert_eq!(info.tokens.unwrap().u128(), 100_000 * TOKEN);
    assert_eq!(info.external.unwrap().u128(), 100_000 * TOKEN);
}

#[test]
fn refresh_counts_the_vaults_own_stake_apart() {
    let mut suite = funded();

    refresh(&mut suite);

    let info = suite.validator_info(&suite.listed[0]);
    assert_eq!(info.tokens.unwrap().u128(), 100_105 * TOKEN);
    assert_eq!(info.external.unwrap().u128(), 100_000 * TOKEN);
    assert_eq!(suite.totals().external_bonded.u128(), 5_000_000 * TOKEN);
}

#[test]
fn refresh_is_due_once_a_day() {
    let mut suite = funded();
    refresh(&mut suite);

    assert_eq!(suite.job(Job::Refresh).next_at, Some(suite.now() + DAY));
    let refusal = suite.try_tick(Some(Job::Refresh)).unwrap_err();
    assert!(refusal.says("refresh is not due"), "{}", refusal.text);
}

#[test]
fn unbooked_slash_makes_a_validators_own_stake_look_smaller() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 0);

    refresh(&mut suite);

    // 90 % of 100 105 tokens less the 105 of the book
    let external = suite.validator_info(&slashed).external.unwrap();
    assert_eq!(external.u128(), 90_094_500_000 - 105 * TOKEN);
}

#[test]
fn jailed_validator_is_not_eligible_until_it_is_back() {
    let mut suite = funded();
    let jailed = suite.listed[3].clone();
    suite.faults().jail(&jailed);
    suite.advance(BLOCK);

    refresh(&mut suite);

    let info = suite.validator_info(&jailed);
    assert_eq!(info.exclusion, Some(Exclusion::Jailed));
    assert_eq!((info.cap.u128(), info.target.u128()), (0, 0));
    assert_eq!(info.delegated.u128(), 105 * TOKEN); // still in the price

    suite.chain.unjail(&jailed);
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    refresh(&mut suite);
    assert_eq!(suite.validator_info(&jailed).exclusion, None);
}

#[test]
fn validator_outside_of_the_bonded_set_is_not_eligible() {
    let mut builder = SuiteBuilder::base();
    builder.chain.max_validators = 13; // of 14
    builder.chain.validators[13].tokens -= TOKEN; // among equals chains differ
    let suite = builder.build();

    let last = suite.validator_info(&suite.listed[9]);

    assert_eq!(last.exclusion, Some(Exclusion::NotBonded));
    assert_eq!(suite.validator_info(&suite.listed[8]).exclusion, None);
}

#[test]
fn validator_that_charges_too_much_is_not_eligible() {
    // positions 4 and 5 are the first two listed ones; the policy allows 10 %
    let builder = SuiteBuilder::base().with_commission(4, 11);
    let suite = builder.with_commission(5, 10).build();

    let dear = suite.validator_info(&suite.listed[0]);

    assert_eq!(dear.exclusion, Some(Exclusion::Commission));
    assert_eq!(suite.validator_info(&suite.listed[1]).exclusion, None);
}

#[test]
fn validators_of_the_top_third_are_not_eligible() {
    let mut builder = SuiteBuilder::base();
    builder.listed = (0..14).collect();
    let suite = builder.build();

    // 2 x 1 000 000 x 3 >= 5 000 000 > 1 x 1 000 000 x 3; among equals the chain's order
    let excluded: Vec<_> = (0..5)
        .map(|i| suite.validator_info(&suite.validators[i]).exclusion)
        .collect();
    let top = Some(Exclusion::TopThird);
    assert_eq!(excluded, [top, top, None, None, None]);
    // but a large one has no headroom under the chain cap: 3 % x 5 000 000 < 1 000 000
    assert_eq!(suite.validator_info(&suite.validators[2]).cap.u128(), 0);
}

#[test]
fn new_listing_is_unknown_until_the_next_refresh_which_is_due_at_once() {
    let mut builder = SuiteBuilder::base();
    builder.listed.pop();
    let mut suite = builder.build();
    let late = suite.validators[13].clone();

    suite.list(std::slice::from_ref(&late));
    assert_eq!(
        suite.validator_info(&late).exclusion,
        Some(Exclusion::Unknown)
    );
    suite.keep();

    assert_eq!(suite.validator_info(&late).exclusion, None);
}

#[test]
fn hundred_validators_are_read_in_pages() {
    let mut suite = crate::leaving::hundred().without_refresh().build();

    let outcomes = suite.keep();

    let refreshes = outcomes.iter().flat_map(|o| o.named("refreshed"));
    let complete: Vec<String> = refreshes.map(|e| text(&e, "complete")).collect();
    assert!(complete.len() >= 5, "{complete:?}");
    let eligible = suite.validator_infos().into_iter();
    assert_eq!(eligible.filter(|v| v.exclusion.is_none()).count(), 100);
}

#[test]
fn failed_power_query_is_told_and_tried_again_after_a_while() {
    let mut suite = funded();
    suite.faults().refuse_queries();
    suite.advance(DAY);

    let outcome = suite.tick(Job::Refresh);

    assert!(!outcome.emits("refreshed"));
    let failed = &outcome.named("read_failed")[0];
    assert_eq!(text(failed, "job"), "refresh");
    let state = suite.job(Job::Refresh);
    assert!(!state.due);
    assert_eq!(state.next_at, Some(suite.now() + 6 * HOUR));
    suite.heal();
    suite.advance(6 * HOUR);
    suite.tick(Job::Refresh);
}

#[test]
fn one_listed_validator_that_cannot_be_read_stops_no_refresh() {
    let mut suite = funded();
    let unreadable = suite.listed[3].clone();
    suite.faults().refuse_queries_about(&unreadable);

    refresh(&mut suite);

    assert_eq!(suite.totals().refreshed_at, Some(suite.now()));
    let info = suite.validator_info(&unreadable);
    assert_eq!(info.exclusion, Some(Exclusion::Unknown));
    assert_eq!(info.tokens, None);
    // nine are left; each may hold 3 % of 5 001 000 = 150 030, and has 100 000
    assert_eq!(suite.totals().capacity.u128(), 9 * 50_030 * TOKEN);
}

/// 26 listed ones are a page of 25 and one of one. Gives the validator that has the second to itself.
fn with_a_page_of_one() -> (Suite, String) {
    let mut suite = SuiteBuilder::base().with_listed_count(26).build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    suite.advance(DAY);
    let alone = suite.listed[25].clone();
    (suite, alone)
}

#[test]
fn page_that_holds_only_an_unreadable_validator_stops_no_refresh() {
    let (mut suite, alone) = with_a_page_of_one();
    suite.faults().refuse_queries_about(&alone);

    let (top, first, last) = (
        suite.tick(Job::Refresh),
        suite.tick(Job::Refresh),
        suite.tick(Job::Refresh),
    );

    assert!(top.emits("refreshed") && first.emits("refreshed"));
    let told = &last.named("refreshed")[0];
    let told = ["read", "failed", "complete"].map(|key| text(told, key));
    assert_eq!(told, ["1", "1", "true"]);
    assert_eq!(suite.totals().refreshed_at, Some(suite.now()));
    let info = suite.validator_info(&alone);
    assert_eq!(info.exclusion, Some(Exclusion::Unknown));
}

#[test]
fn page_read_while_nobody_can_be_read_is_read_again() {
    let (mut suite, alone) = with_a_page_of_one();
    suite.tick(Job::Refresh);
    suite.tick(Job::Refresh);
    let refreshed_at = suite.totals().refreshed_at;
    suite.faults().refuse_queries();

    let outcome = suite.tick(Job::Refresh);

    assert!(outcome.emits("read_failed") && !outcome.emits("refreshed"));
    assert_eq!(suite.totals().refreshed_at, refreshed_at);
    suite.heal();
    suite.advance(6 * HOUR);
    suite.tick(Job::Refresh);
    assert_eq!(suite.totals().refreshed_at, Some(suite.now()));
    assert_eq!(suite.validator_info(&alone).exclusion, None);
}

#[test]
fn one_large_validator_that_cannot_be_read_lets_nobody_large_in() {
    let builder = SuiteBuilder::base().without_refresh();
    let mut suite = builder.build();
    let large = suite.validators[0].clone();
    suite.faults().refuse_queries_about(&large);

    suite.keep();

    assert!(suite.totals().refreshed_at.is_some());
    assert_eq!(suite.totals().capacity.u128(), 500_000 * TOKEN);
}

#[test]
fn power_query_that_fails_for_ever_stops_neither_deposits_nor_withdrawals() {
    let mut suite = funded();
    suite.faults().refuse_queries();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.keep_for_days(10);

    suite.deposit(&bob, 200 * TOKEN);
    suite.keep_for_days(3);
    assert_eq!(suite.totals().idle.u128(), 0); // placed under the last caps
    suite.request(&bob, 200 * TOKEN);
    suite.request(&alice, 500 * TOKEN);
    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.keep_for_days(2);

    suite.claim(&bob, 1);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&bob), 200 * TOKEN);
    assert_eq!(suite.tokens(&alice), 500 * TOKEN);
}

#[test]
fn power_query_that_never_worked_keeps_deposits_out_and_stops_nothing_else() {
    let mut suite = SuiteBuilder::base().without_refresh().build();
    suite.faults().refuse_queries();

    suite.keep_for_days(5);

    let alice = suite.user_with("alice", TOKEN);
    let refusal = suite.try_deposit(&alice, TOKEN).unwrap_err();
    assert!(refusal.says("take at most 0"), "{}", refusal.text);
    assert_eq!(suite.totals().refreshed_at, None);
}

#[test]
fn validator_that_has_left_the_chain_does_not_speak_for_a_silent_source() {
    let mut suite = SuiteBuilder::base().with_listed_count(20).build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 10 * TOKEN);
    suite.keep();
    let infos = suite.validator_infos();
    let empty = infos.iter().find(|info| info.delegated.is_zero());
    let gone = empty.unwrap().validator.clone();
    let operator = operator_of(&suite, &gone);
    let delegations = suite.chain.delegations(&operator);
    let own = delegations.iter().find(|(there, _)| *there == gone);
    let leave = StakingMsg::Undelegate {
        validator: gone.clone(),
        amount: coin(own.unwrap().1, DENOM),
    };
    suite.stake(&operator, leave).unwrap();
    suite.advance(UNBONDING_TIME + DAY);
    suite.advance(BLOCK);
    suite.keep();
    let natives = suite.chain.validators();
    assert!(natives.iter().all(|native| native.validator != gone));
    let capacity = suite.totals().capacity;
    suite.advance(DAY);
    suite.tick(Job::Refresh); // the top
    suite.faults().refuse_queries();

    let outcome = suite.tick(Job::Refresh);

    assert!(outcome.emits("read_failed") && !outcome.emits("refreshed"));
    assert_eq!(suite.totals().capacity, capacity);
}
