//! What unbonding entries are expected to bring.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::{Decimal, Uint128};
use defenders_accounting::{Watch, Worth};

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

#[test]
fn more_than_one_token_per_share_is_somebodys_rounding() {
    // a few units are left on fewer shares, then all are taken, and one comes back at 1
    let (watch, fell) = seen(&[970_000, 34_000_000, 1_000_000]);
    assert_eq!(fell, [false, false]);
    assert_eq!(watch, Watch::begin(Decimal::one()));
    let (watch, fell) = seen(&[34_000_000, 1_000_000, 950_000]);
    assert_eq!(fell, [false, true]);
    assert_eq!(watch.kept, Decimal::percent(95));
}

#[test]
fn half_or_less_of_the_last_reading_is_doubtful() {
    let watch = Watch::begin(parts_per_million(900_000));
    assert!(watch.is_doubtful(Decimal::zero()));
    assert!(watch.is_doubtful(parts_per_million(450_000)));
    assert!(!watch.is_doubtful(parts_per_million(450_001)));
    assert!(!watch.is_doubtful(parts_per_million(950_000)));
    assert!(!Watch::begin(Decimal::zero()).is_doubtful(Decimal::zero()));
}
