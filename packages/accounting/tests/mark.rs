//! What unbonding entries are expected to bring.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::{Decimal, Uint128};
use defenders_accounting::{compute_joint_kept_floor, Watch, Worth};
use proptest::prelude::*;

fn parts_per_million(parts: u128) -> Decimal {
    Decimal::from_ratio(parts, 1_000_000u128)
}

fn seen(readings: &[u128]) -> (Watch, Vec<bool>) {
    let mut readings = readings.iter().map(|parts| parts_per_million(*parts));
    let mut watch = Watch::begin(readings.next().unwrap());
    let fell = readings.map(|now| watch.see(now).unwrap()).collect();
    (watch, fell)
}

#[test]
fn falls_multiply_and_a_rise_gives_nothing_back() {
    let (watch, fell) = seen(&[1_000_000, 900_000, 950_000, 855_000]);
    assert_eq!(fell, [true, false, true]);
    assert_eq!(watch.kept, Decimal::percent(81));
    // emptied, and filled again at 1
    let (watch, fell) = seen(&[500_000, 450_000, 1_000_000, 900_000]);
    assert_eq!(fell, [true, false, true]);
    assert_eq!(watch.kept, Decimal::percent(81));
}

#[test]
fn less_than_a_millionth_is_the_chains_rounding_until_it_adds_up() {
    let mut watch = Watch::begin(Decimal::one());
    let below = |part: u128| Decimal::raw(10u128.pow(18) - part);
    assert!(!watch.see(below(10u128.pow(12) - 1)).unwrap());
    assert_eq!(watch, Watch::begin(Decimal::one()));
    assert!(watch.see(below(10u128.pow(12))).unwrap());
    assert_eq!(watch.kept, parts_per_million(999_999));
}

#[test]
fn a_validator_that_lost_all_keeps_nothing() {
    let (watch, fell) = seen(&[1_000_000, 0, 1_000_000]);
    assert_eq!(fell, [true, false]);
    assert_eq!(watch.kept, Decimal::zero());
    let worth = |then| Worth::of_entry(Uint128::new(100), then, watch.kept).unwrap();
    assert_eq!(worth(Some(Decimal::one())).mark, Uint128::zero());
    // what began after that is worth its face value, as is what was never seen
    assert_eq!(worth(Some(Decimal::zero())).mark, Uint128::new(100));
    assert_eq!(worth(None).mark, Uint128::new(100));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn marks_of_entries_that_were_joined_add_up(
        old in 0u128..10u128.pow(20),
        new in 0u128..10u128.pow(20),
        then in 1u128..=1_000_000,
        kept in 1u128..=1_000_000,
        later in 1u128..=1_000_000,
    ) {
        let kept_then = then.max(kept);
        let (kept_then, kept_now) = (parts_per_million(kept_then), parts_per_million(kept));
        let old_worth = Worth::of_entry(old.into(), Some(kept_then), kept_now).unwrap();
        let joint = compute_joint_kept_floor(old_worth, new.into(), kept_now).unwrap();
        let face = Uint128::new(old + new);

        let at_once = Worth::of_entry(face, Some(joint), kept_now).unwrap().mark.u128();
        let apart = old_worth.mark.u128() + new;
        prop_assert!(at_once.abs_diff(apart) <= 1 + apart / 10u128.pow(12));

        let later = parts_per_million(later.min(kept));
        let at_last = Worth::of_entry(face, Some(joint), later).unwrap().mark.u128();
        let apart = Worth::of_entry(old.into(), Some(kept_then), later).unwrap().mark
            + Worth::of_entry(new.into(), Some(kept_now), later).unwrap().mark;
        prop_assert!(at_last.abs_diff(apart.u128()) <= 3 + apart.u128() / 10u128.pow(11));
    }
}
