//! What the trials are for: a vault that passes them, and one that is kept from it.

use super::emptying::{ensure_empty_within, find_left, stated_seconds};
use super::planning::ensure_nothing_to_do;
use super::{applied_plan_leaves_nothing_to_do, validators_that_are_left_are_empty_in_time};
use crate::chain::{Refused, TestChain};
use crate::invariants::Checked;
use crate::sim::Sim;
use crate::units::{DAY, TOKEN};
use crate::{Suite, SuiteBuilder};
use defenders_types::EPOCH;

/// 1000 tokens on ten validators.
fn suite(builder: SuiteBuilder) -> Suite {
    let chain = Sim::init(&builder.chain);
    let mut suite = builder.try_build_on(Box::new(chain)).unwrap();
    let alice = suite.user("alice");
    suite.deposit(&alice, 999 * TOKEN);
    suite.keep();
    suite
}

/// Three of them are drained, with 315 tokens of which 50 may move in an epoch.
fn drained() -> Suite {
    let mut suite = suite(SuiteBuilder::base().without_quality_moves());
    let left = suite.listed[..3].to_vec();
    suite.drain(&left);
    suite
}

#[test]
fn who_is_left_is_empty_in_time_and_no_earlier_than_the_budgets_allow() {
    let mut suite = drained();
    let left = find_left(&suite);
    // 7 epochs and one more, and a day; and eight entries of one may be in use
    let seconds = stated_seconds(&suite, &left).unwrap();
    let unbonding_time = suite.config().unbonding_time;
    assert_eq!(seconds, 8 * EPOCH + DAY + unbonding_time);

    let mut checked = Checked::begin(16);
    let violation = ensure_empty_within(&mut suite, &left, 4 * EPOCH, &mut checked).unwrap_err();
    assert_eq!(violation.number, 16);
    assert!(
        violation
            .text
            .starts_with("stake stays after 1728000 seconds")
    );

    let checked = validators_that_are_left_are_empty_in_time(&mut suite).unwrap();
    assert!(checked.comparisons > 1);
    assert!(find_left(&suite).is_empty());
    let checked = validators_that_are_left_are_empty_in_time(&mut suite).unwrap();
    assert_eq!(checked.comparisons, 0);
}

#[test]
fn stake_that_the_chain_keeps_is_found_after_the_stated_time() {
    let mut suite = drained();
    let left = find_left(&suite);
    for info in &left {
        suite.refuse(&info.validator, Refused::Redelegate, 33);
        suite.refuse(&info.validator, Refused::Undelegate, 22);
    }
    let seconds = stated_seconds(&suite, &left).unwrap();
    let mut checked = Checked::begin(16);
    let violation = ensure_empty_within(&mut suite, &left, seconds, &mut checked).unwrap_err();
    assert_eq!(violation.number, 16);
}

#[test]
fn applied_plan_leaves_nothing_to_do_unless_something_changes() {
    let mut suite = suite(SuiteBuilder::base().with_operators());
    let first = suite.listed[0].clone();
    suite.set_own_maximum(&first, Some(60 * TOKEN));
    let checked = applied_plan_leaves_nothing_to_do(&mut suite).unwrap();
    assert_eq!(checked.comparisons, 1);

    let own = suite.validator_info(&first).delegated.u128();
    assert_eq!(own, 60 * TOKEN);
    let other = suite.listed[1].clone();
    suite.set_own_maximum(&other, Some(50 * TOKEN));
    let mut checked = Checked::begin(11);
    let violation = ensure_nothing_to_do(&mut suite, &mut checked).unwrap_err();
    assert_eq!(violation.number, 11);
}
