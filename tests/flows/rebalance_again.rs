//! Invariants 11 and 16: a plan that was applied leaves nothing to do, and whom the vault leaves is empty in
//! time.
//!
//! Succeeds for each cause of moves, with budgets that suffice and with those of the default, beside group
//! caps and locks, and with ticks of anybody once an hour.
//!
//! Fails never.

use cosmwasm_std::Decimal;
use defenders_suite::trials::{
    applied_plan_leaves_nothing_to_do, validators_that_are_left_are_empty_in_time,
};
use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME};
use defenders_types::Job;

use crate::fixture::{funded, funded_from};
use crate::listing::{hosted, with_maximum};
use crate::rebalance::refresh;
use crate::rebalance_evening::widened;

fn generous(builder: SuiteBuilder) -> SuiteBuilder {
    builder.with_parameters(|parameters| {
        parameters.turnover_quality = Decimal::one();
        parameters.turnover_emergency = Decimal::one();
    })
}

/// Invariant 11, compared.
fn assert_done_at_once(suite: &mut Suite) {
    let moves = suite.event_counts().get("vault/redelegated").copied();
    let checked = applied_plan_leaves_nothing_to_do(suite).unwrap();
    assert_eq!(checked.comparisons, 1);
    assert!(suite.event_counts().get("vault/redelegated").copied() > moves);
}

#[test]
fn applied_plan_that_evens_the_chain_leaves_nothing_to_do() {
    assert_done_at_once(&mut widened(generous(SuiteBuilder::base())));
}

#[test]
fn applied_plan_that_uses_up_its_budget_leaves_nothing_to_do() {
    assert_done_at_once(&mut widened(SuiteBuilder::base()));
}

#[test]
fn applied_plan_that_leaves_validators_leaves_nothing_to_do() {
    let mut suite = funded_from(generous(SuiteBuilder::base()));
    let leaving = suite.listed[..2].to_vec();
    suite.drain(&leaving);
    assert_done_at_once(&mut suite);
}

#[test]
fn applied_plan_under_group_caps_leaves_nothing_to_do() {
    let mut suite = funded_from(generous(SuiteBuilder::base()));
    let (north, others) = suite.listed.split_at(5);
    let mut listings: Vec<_> = north.iter().map(|it| hosted(it, "north")).collect();
    listings.push(with_maximum(&others[0], 60 * TOKEN));
    suite.list_as(listings);
    assert_done_at_once(&mut suite);
}

#[test]
fn applied_plan_for_an_own_maximum_leaves_nothing_to_do() {
    let mut suite = funded_from(generous(SuiteBuilder::base().with_operators()));
    let high = suite.listed[0].clone();
    suite.set_own_maximum(&high, Some(30 * TOKEN));
    assert_done_at_once(&mut suite);
}

/// Invariant 16, compared.
fn assert_empty_in_time(suite: &mut Suite, left: &[String]) {
    let checked = validators_that_are_left_are_empty_in_time(suite).unwrap();
    assert!(checked.comparisons > 1);
    let stakes = suite.chain.delegations(&suite.vault);
    assert!(
        stakes
            .iter()
            .all(|(validator, _)| !left.contains(validator))
    );
}

#[test]
fn drained_validators_are_empty_in_time() {
    let mut suite = funded();
    let left = suite.listed[..2].to_vec();
    suite.drain(&left);
    assert_empty_in_time(&mut suite, &left);
}

#[test]
fn drained_and_jailed_validators_are_empty_in_time_while_depositors_leave() {
    let mut suite = funded();
    let left = suite.listed[..3].to_vec();
    suite.faults().jail(&left[2]);
    for _ in 0..4 {
        suite.advance(DAY);
        refresh(&mut suite);
    }
    suite.drain(&left[..2]);
    let alice = suite.user("alice");
    let shares = suite.shares(&alice) / 3;
    suite.request(&alice, shares);
    assert_empty_in_time(&mut suite, &left);
}

#[test]
fn destination_of_redelegations_is_empty_in_time_when_it_has_to_be_left() {
    let mut suite = funded();
    let (first, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&first));
    suite.tick(Job::Rebalance);
    let until = suite.validator_info(&last).redelegation_locked_until;
    assert!(until > Some(suite.now() + UNBONDING_TIME - BLOCK));
    suite.drain(std::slice::from_ref(&last));
    assert_empty_in_time(&mut suite, &[first, last]);
}
