//! Block order: the end block of the open block runs first, at its own height and time.

use crate::common::*;
use cw_multi_test::next_block;
use staking_sim::Status;

#[test]
fn entry_matures_in_the_end_block_of_the_first_block_at_its_time() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 100).unwrap();
    let before = chain.balance(&alice(), DENOM);
    chain.next_block(UNBONDING - 1);
    chain.next_block(1);
    // the block at the completion time: its messages do not see the coins yet
    let due = chain.unbonding_entries(&alice(), "a")[0].completion_time;
    assert_eq!(chain.app.block_info().time, due);
    assert_eq!(chain.balance(&alice(), DENOM), before);
    chain.next_block(1);
    assert_eq!(chain.balance(&alice(), DENOM), before + tokens(100));
}

#[test]
fn block_before_the_completion_time_does_not_settle() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 100).unwrap();
    chain.next_block(UNBONDING - 1);
    chain.next_block(1);
    assert_eq!(chain.unbonding_entries(&alice(), "a").len(), 1);
}

#[test]
fn entry_is_created_with_the_height_and_time_of_its_block() {
    let mut chain = chain();
    chain.next_block(7);
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 100).unwrap();
    let now = chain.app.block_info();
    let entry = &chain.unbonding_entries(&alice(), "a")[0];
    assert_eq!(entry.creation_height, now.height);
    assert_eq!(entry.completion_time, now.time.plus_seconds(UNBONDING));
}

#[test]
fn blocks_turned_by_the_application_itself_count_too() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    chain.app.update_block(next_block);
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonding);
    // setting the block that is open already is not another block
    let open = chain.app.block_info();
    chain.app.set_block(open);
    assert_sound(&chain);
}

#[test]
fn block_ended_early_is_ended_once() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    undelegate(&mut chain, &alice(), "a", 100).unwrap();
    let before = chain.balance(&alice(), DENOM);
    chain.next_block(UNBONDING);
    chain.end_block(); // paid by the block's end, at its own height
    assert_eq!(chain.balance(&alice(), DENOM), before + tokens(100));
    // c leaves the set after this end, hence not before the next one
    chain.jail("c").unwrap();
    chain.end_block();
    let height = chain.app.block_info().height;
    chain.next_block(1);
    assert_eq!(chain.validator("c").unwrap().status, Status::Bonded);
    chain.next_block(1);
    let left = chain.validator("c").unwrap();
    assert_eq!(
        (left.status, left.unbonding_height),
        (Status::Unbonding, height + 1)
    );
    assert_sound(&chain);
}

#[test]
fn advance_moves_the_clock_by_exactly_what_was_asked() {
    let mut chain = chain();
    for seconds in [1, 5, DAY] {
        let before = chain.app.block_info();
        chain.advance(seconds);
        let after = chain.app.block_info();
        assert_eq!(after.time, before.time.plus_seconds(seconds));
        assert_eq!(after.height, before.height + 1);
    }
}

#[test]
fn advance_puts_ordinary_blocks_before_the_jump_while_the_set_is_changing() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    let before = chain.app.block_info();
    chain.advance(UNBONDING);
    let after = chain.app.block_info();
    assert_eq!(after.time, before.time.plus_seconds(UNBONDING));
    // until the new set votes: three more
    assert_eq!(after.height, before.height + 4);
    assert_eq!(chain.voting_set().len(), 2);
    assert_sound(&chain);
}

#[test]
fn long_pause_settles_everything_in_its_order() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100).unwrap();
    undelegate(&mut chain, &alice(), "c", 40).unwrap();
    redelegate(&mut chain, &alice(), "c", "a", 30).unwrap();
    chain.jail("c").unwrap();
    chain.advance(2 * UNBONDING);
    chain.next_block(1);
    assert!(chain.redelegations(&alice()).is_empty());
    assert!(chain.all_unbonding_entries(&alice()).is_empty());
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonded);
    assert_sound(&chain);
}
