//! What the pieces of a batch bear of a loss on the way.
//!
//! Succeeds when a piece reads the loss itself, and later pieces bear what came after the first.
//!
//! Fails to hold a batch up: neither a chain that cannot be read nor an owner who lists every hour does.

use defenders_suite::{HOUR, SuiteBuilder, TOKEN};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded_from, roomy, wait_for_unbonding};
use crate::marks::{assert_close, read, sign_twice, slashed_on_the_way};

#[test]
fn piece_reads_the_loss_itself_however_young_the_last_refresh_is() {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..3].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 499 * TOKEN);
    read(&mut suite);
    sign_twice(&mut suite, &leaving, height);

    let submitted = suite.tick(Job::Submit);

    assert_eq!(submitted.named("marked").len(), 3);
    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_close(suite.tokens(&alice), 499 * 98_425 * TOKEN / 100_000);
}

#[test]
fn later_pieces_bear_a_loss_that_came_after_the_first() {
    let builder = SuiteBuilder::base().with_parameters(|p| p.max_messages_per_piece = 1);
    let mut suite = funded_from(builder.with_room_to_leave());
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..3].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 499 * TOKEN);
    suite.tick(Job::Submit);
    let unserved = suite.batch(1).unwrap().unserved_shares.u128();
    let (assets, supply) = (suite.totals().total_assets, suite.totals().total_shares);
    assert!(unserved > 0);
    sign_twice(&mut suite, &leaving, height);

    suite.keep();

    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    let left = assets.u128() - 315 * TOKEN / 20;
    let fair = 499 * TOKEN - unserved + unserved * left / supply.u128();
    assert_close(suite.tokens(&alice), fair);
}

#[test]
fn chain_that_cannot_be_read_holds_no_batch_up() {
    let (mut suite, alice, _, _) = slashed_on_the_way(3);
    suite.request(&alice, 100 * TOKEN);
    suite.faults().refuse_queries();

    assert!(suite.tick(Job::Submit).emits("batch_submitted"));
}

#[test]
fn owner_who_lists_every_hour_holds_no_batch_up() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let mut suite = funded_from(builder.with_room_to_leave());
    let alice = suite.user("alice");
    let infos = suite.validator_infos().into_iter();
    let (holding, empty): (Vec<_>, Vec<_>) = infos.partition(|info| !info.delegated.is_zero());
    let toy = vec![empty[0].validator.clone()];
    let leaving = vec![holding[0].validator.clone()];
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 100 * TOKEN);
    let mut hours = 0;
    while suite.batch(1).unwrap().state == BatchState::Open {
        suite.drain(&toy);
        suite.list(&toy);
        let _ = suite.try_tick(None);
        suite.advance(HOUR);
        hours += 1;
    }
    assert!(hours <= 2, "{hours} hours");
}
