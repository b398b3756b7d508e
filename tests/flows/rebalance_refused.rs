//! What the chain's refusals leave behind.
//!
//! Succeeds when a validator from which the chain refused to redelegate is undelegated next, until new
//! stake has really come or stake has left it by undelegation, and then is asked again.
//!
//! Fails never: what is refused stays where it was, and what was known before is known again.

use defenders_suite::{BLOCK, DAY, HOUR, Refused, Suite, SuiteBuilder, TOKEN, text};
use defenders_types::Job;

use crate::fixture::funded_from;
use crate::rebalance::{Moved, moves_at, moves_within, refresh};

/// The last validator was jailed, the chain refused to redelegate what it has, and it is back.
fn refused_once(builder: SuiteBuilder) -> (Suite, String) {
    let mut suite = funded_from(builder.without_quality_moves());
    let last = suite.listed[9].clone();
    suite.faults().jail(&last);
    for _ in 0..2 {
        suite.advance(BLOCK); // its last votes come in
    }
    suite.refuse_redelegations(&last);
    let refused = suite.tick_rebalance_when_due();
    assert_eq!(moves_at(0, &refused), []);
    assert!(refused.emits("refused"));
    suite.heal();
    suite.chain.unjail(&last);
    // whoever refused as the destination is left alone no longer
    suite.advance(DAY);
    refresh(&mut suite);
    assert_eq!(suite.validator_info(&last).exclusion, None);
    assert!(!suite.job(Job::Rebalance).due);
    (suite, last)
}

fn first_move_from(suite: &mut Suite, validator: &str) -> Moved {
    suite.drain(&[validator.to_owned()]);
    for _ in 0..10 {
        let outcome = suite.tick_rebalance_when_due();
        let mut moves = moves_at(suite.now(), &outcome).into_iter();
        if let Some(moved) = moves.find(|moved| moved.source == validator) {
            return moved;
        }
    }
    panic!("nothing leaves {validator}")
}

#[test]
fn refused_redelegation_into_a_validator_leaves_what_was_known_of_it() {
    let (mut suite, last) = refused_once(SuiteBuilder::base());
    let other = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&other));
    suite.refuse_redelegations(&last);
    let refused = suite.tick(Job::Rebalance);
    let refused = &refused.named("refused")[0];
    assert_eq!(text(refused, "validator"), other);
    assert_eq!(text(refused, "destination"), last);
    suite.heal();
    suite.advance(6 * HOUR);

    let moved = first_move_from(&mut suite, &last);

    assert_eq!((&moved.source, &moved.destination), (&last, &None));
}

#[test]
fn refused_delegation_to_a_validator_leaves_what_was_known_of_it() {
    let (mut suite, last) = refused_once(SuiteBuilder::base());
    suite.refuse(&last, Refused::Delegate, 34);
    let alice = suite.user("alice");
    let refused = suite.deposit(&alice, 500 * TOKEN);
    let refused = &refused.named("refused")[0];
    assert_eq!(text(refused, "validator"), last);
    suite.keep();
    suite.heal();
    suite.advance(6 * HOUR);

    let moved = first_move_from(&mut suite, &last);

    assert_eq!((&moved.source, &moved.destination), (&last, &None));
}

#[test]
fn new_stake_ends_what_a_refusal_told() {
    let (mut suite, last) = refused_once(SuiteBuilder::base());
    let alice = suite.user("alice");
    suite.deposit(&alice, 500 * TOKEN);
    suite.keep();
    assert!(suite.validator_info(&last).delegated.u128() > 55 * TOKEN);

    let moved = first_move_from(&mut suite, &last);

    assert_eq!(moved.source, last);
    assert!(moved.destination.is_some(), "{moved:?}");
}

#[test]
fn what_is_left_after_an_undelegation_is_redelegated_again() {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.refuse_redelegations(&leaving);
    suite.tick(Job::Rebalance);
    suite.heal();

    // 105 tokens, 50 an epoch
    let moves = moves_within(&mut suite, 16);

    let ways: Vec<bool> = moves.iter().map(|it| it.destination.is_some()).collect();
    assert!(!ways[0], "{moves:#?}");
    assert!(
        ways.len() > 1 && ways[1..].iter().all(|it| *it),
        "{moves:#?}"
    );
    assert_eq!(suite.validator_info(&leaving).delegated.u128(), 0);
}
