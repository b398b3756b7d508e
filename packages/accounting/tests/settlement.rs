//! When entries count as paid, and how what arrived is shared out.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::{
    decide_settlement, Division, PaidStatus, ProRata, RecordedBlock, RecordedBlocks, Settlement,
    Worth,
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
    decide_settlement(worth(tokens, tokens), surplus.into(), any_unknown).unwrap()
}

fn worth(face: u128, mark: u128) -> Worth {
    Worth {
        face: face.into(),
        mark: mark.into(),
    }
}

#[test]
fn a_shortfall_is_judged_by_the_marks() {
    let decide =
        |mark, surplus: u128| decide_settlement(worth(100, mark), surplus.into(), false).unwrap();
    assert_eq!(decide(60, 100), Settlement::Full);
    assert_eq!(decide(60, 99), Settlement::Short);
    assert_eq!(decide(60, 48), Settlement::Short);
    assert_eq!(decide(60, 47), Settlement::Delay);
    assert_eq!(decide(0, 0), Settlement::Short);
}

/// What each gets of `arrived`, and what is left then.
fn divide(entries: &[(u128, u128)], arrived: u128) -> (Vec<u128>, u128) {
    let whole = entries.iter().fold(Worth::default(), |sum, (face, mark)| {
        sum.checked_add(worth(*face, *mark)).unwrap()
    });
    let mut division = Division::new(whole, arrived.into()).unwrap();
    let take = |(face, mark): &(u128, u128)| {
        let part = division.take_next_floor(worth(*face, *mark)).unwrap();
        part.u128()
    };
    let parts = entries.iter().map(take).collect();
    (parts, division.left().unwrap().u128())
}

#[test]
fn who_has_no_marked_entry_loses_nothing_while_the_marks_are_covered() {
    // 19 % of Alice's entry is gone, and seen
    assert_eq!(divide(&[(100, 81), (100, 100)], 181), (vec![81, 100], 0));
    // less was taken than the marks say
    assert_eq!(divide(&[(100, 81), (100, 100)], 190), (vec![90, 100], 0));
    assert_eq!(divide(&[(100, 81), (100, 100)], 200), (vec![100, 100], 0));
    // more: everyone gets the same part of its mark
    assert_eq!(divide(&[(100, 60), (100, 100)], 80), (vec![30, 50], 0));
    // nothing was seen
    assert_eq!(divide(&[(100, 100), (100, 100)], 181), (vec![90, 91], 0));
    assert_eq!(divide(&[(100, 0), (50, 0)], 15), (vec![10, 5], 0));
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

    #[test]
    fn a_division_gives_out_what_arrived_and_nobody_more_than_its_face_value(
        entries in prop::collection::vec((0u128..10u128.pow(15), 0u128..=1_000), 1..40),
        kept in 0u128..=1_000,
    ) {
        let entries: Vec<(u128, u128)> =
            entries.iter().map(|(face, part)| (*face, face * part / 1_000)).collect();
        let face: u128 = entries.iter().map(|(face, _)| face).sum();
        let all_marks: u128 = entries.iter().map(|(_, mark)| mark).sum();
        let arrived = face * kept / 1_000;
        let (parts, left) = divide(&entries, arrived);
        prop_assert_eq!(left, 0);
        prop_assert_eq!(parts.iter().sum::<u128>(), arrived);
        for ((face, mark), part) in entries.iter().zip(&parts) {
            prop_assert!(part <= face);
            if arrived >= all_marks {
                prop_assert!(part >= mark, "{} below its mark {}", part, mark);
            } else {
                let exact = mark * arrived / all_marks;
                prop_assert!(part.abs_diff(exact) <= 1);
            }
        }
    }
}
