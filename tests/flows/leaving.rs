//! Everyone can leave, whatever keepers do.
//!
//! Succeeds when ordinary users tick and claim: the whole supply but the seed leaves in a number
//! of calls bounded by the number of validators, after any time of neglect.
//!
//! Fails never.

use defenders_suite::trials::everyone_leaves;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN};

use crate::fixture::{REWARD, funded};

/// 4 large validators and 100 listed ones of 20 000 tokens: 6 000 000 bonded, a third of which
/// two large ones hold. Headroom of each: the least of 3 % x 6 000 000 - 20 000 and 20 000.
pub fn hundred() -> SuiteBuilder {
    SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &[20_000 * TOKEN; 100])
}

fn populated(builder: SuiteBuilder) -> Suite {
    let mut suite = builder.build();
    for (name, tokens) in [("alice", 700 * TOKEN), ("bob", 299 * TOKEN), ("carol", 7)] {
        let user = suite.user(name);
        suite.deposit(&user, tokens);
    }
    suite.keep();
    suite
}

/// Alice and Bob have their money, the seed is all that is left.
fn assert_empty(suite: &Suite) {
    let totals = suite.totals();
    assert_eq!(totals.total_shares, totals.seed_shares);
    assert!(totals.total_assets >= totals.seed_shares);
    assert!(suite.tokens(&suite.user("alice")) >= 700 * TOKEN - 10);
    assert!(suite.tokens(&suite.user("bob")) >= 299 * TOKEN - 10);
}

#[test]
fn whole_supply_but_the_seed_leaves_three_validators() {
    let mut suite = populated(SuiteBuilder::base().with_listed_count(3));

    let ticks = everyone_leaves(&mut suite).unwrap();

    assert_empty(&suite);
    // a piece of three undelegations, and a settlement
    assert!(ticks <= 10, "{ticks}");
}

#[test]
fn whole_supply_but_the_seed_leaves_a_hundred_validators() {
    let mut suite = populated(hundred());

    let ticks = everyone_leaves(&mut suite).unwrap();

    assert_empty(&suite);
    // 96 validators by fives are 20 pieces; their entries mature in 20 neighbouring blocks and
    // settle together or one after the other
    assert!(ticks <= 60, "{ticks}");
}

#[test]
fn sixty_days_without_any_keeper_lock_nobody_in() {
    let mut suite = funded();
    suite.reward(REWARD);
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.advance(60 * DAY);

    let ticks = everyone_leaves(&mut suite).unwrap();

    assert!(ticks <= 20, "{ticks}");
    assert!(suite.tokens(&alice) >= 999 * TOKEN);
}

#[test]
fn everyone_leaves_after_a_slash_of_everything() {
    let mut suite = funded();
    for validator in suite.listed.clone() {
        suite.slash(&validator, 33, 0);
    }

    everyone_leaves(&mut suite).unwrap();

    // two thirds and one of 999 tokens
    let paid = suite.tokens(&suite.user("alice"));
    let all = 999 * TOKEN * 67 / 100;
    assert!((all - 30..=all).contains(&paid), "{paid}");
}

#[test]
fn everyone_leaves_while_all_validators_are_jailed() {
    let mut suite = funded();
    for validator in suite.listed.clone() {
        suite.faults().jail(&validator);
    }
    suite.advance(DAY);
    suite.keep();

    everyone_leaves(&mut suite).unwrap();

    let paid = suite.tokens(&suite.user("alice"));
    assert_eq!(paid, 999 * TOKEN);
}
