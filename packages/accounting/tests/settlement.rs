//! When entries count as paid, and how what arrived is shared out.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::{
    decide_settlement, PaidStatus, ProRata, RecordedBlock, RecordedBlocks, Settlement,
};
use proptest::prelude::*;

fn block(height: u64, time_nanos: u64) -> RecordedBlock {
    RecordedBlock { height, time_nanos }
}

fn recorded(blocks: &[RecordedBlock]) -> RecordedBlocks {
    let mut recorded = RecordedBlocks::default();
    for block in blocks {
        recorded.record(*block);
    }
    recorded
}

#[test]
fn an_entry_in_the_future_is_not_matured() {
    let recorded = recorded(&[block(10, 100)]);
    assert_eq!(
        recorded.paid_status(201, block(20, 200)),
        PaidStatus::NotMatured
    );
}

#[test]
fn an_earlier_block_past_the_completion_time_proves_the_payment() {
    let recorded = recorded(&[block(10, 150)]);
    assert_eq!(recorded.paid_status(150, block(20, 200)), PaidStatus::Paid);
    assert_eq!(
        recorded.paid_status(151, block(20, 200)),
        PaidStatus::Unknown
    );
}

#[test]
fn the_block_just_before_disproves_it() {
    let recorded = recorded(&[block(19, 150)]);
    assert_eq!(
        recorded.paid_status(151, block(20, 200)),
        PaidStatus::Unpaid
    );
    assert_eq!(recorded.paid_status(150, block(20, 200)), PaidStatus::Paid);
}

#[test]
fn this_block_proves_nothing_for_itself() {
    let recorded = recorded(&[block(10, 100), block(20, 200)]);
    assert_eq!(
        recorded.paid_status(200, block(20, 200)),
        PaidStatus::Unknown
    );
    assert_eq!(recorded.paid_status(100, block(20, 200)), PaidStatus::Paid);
    // with the block just before on record instead
    let recorded = self::recorded(&[block(19, 190), block(20, 200)]);
    assert_eq!(
        recorded.paid_status(200, block(20, 200)),
        PaidStatus::Unpaid
    );
}

#[test]
fn a_block_is_recorded_once_and_the_last_two_are_kept() {
    let recorded = recorded(&[block(1, 10), block(2, 20), block(2, 20), block(3, 30)]);
    assert_eq!(recorded.last, Some(block(3, 30)));
    assert_eq!(recorded.before, Some(block(2, 20)));
    assert!(recorded.is_recorded(3));
    assert!(!recorded.is_recorded(2));
}

fn decide(tokens: u128, surplus: u128, any_unknown: bool) -> Settlement {
    decide_settlement(tokens.into(), surplus.into(), any_unknown).unwrap()
}

#[test]
fn a_covered_group_is_settled_in_full_even_when_unknown() {
    assert_eq!(decide(100, 100, true), Settlement::Full);
    assert_eq!(decide(100, 101, false), Settlement::Full);
    assert_eq!(decide(0, 0, true), Settlement::Full);
}

#[test]
fn a_short_group_waits_while_anything_is_unknown() {
    assert_eq!(decide(100, 99, true), Settlement::Wait);
}

#[test]
fn up_to_a_fifth_missing_is_shared_at_once_and_more_is_delayed() {
    assert_eq!(decide(100, 80, false), Settlement::Short);
    assert_eq!(decide(100, 79, false), Settlement::Delay);
    assert_eq!(decide(1, 0, false), Settlement::Delay);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn parts_add_up_to_what_arrived_and_each_is_within_a_unit_of_its_proportion(
        entries in prop::collection::vec(0u128..10u128.pow(15), 1..40),
        kept in 0u128..=1_000,
    ) {
        let tokens: u128 = entries.iter().sum();
        let arrived = tokens * kept / 1_000;
        let mut pro_rata = ProRata::new(tokens.into(), arrived.into());
        let mut sum = 0;
        for entry in &entries {
            let part = pro_rata.take_next_floor(Uint128::new(*entry)).unwrap().u128();
            sum += part;
            let exact = (entry * arrived).checked_div(tokens).unwrap_or(0);
            prop_assert!(part.abs_diff(exact) <= 1, "{part} for {entry}, exact {exact}");
            prop_assert!(part <= *entry);
        }
        prop_assert_eq!(sum, arrived);
    }
}
