//! Concentration: known numbers, exact thresholds, and brute force over all subsets.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_effective_number, compute_hhi, compute_largest_share, compute_nakamoto,
    compute_top_share, compute_top_third, compute_top_third_of, Stake,
};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn stakes<'a>(rows: &[(&'a str, u128)]) -> Vec<Stake<'a>> {
    let stake = |&(validator, tokens)| Stake { validator, tokens };
    rows.iter().map(stake).collect()
}

#[test]
fn known_distribution_has_known_numbers() {
    // S = 100; squares 1600 + 900 + 400 + 100 = 3000.
    let stakes = [10, 40, 20, 30];
    assert_eq!(compute_nakamoto(&stakes, 1, 3), 1); // 40 x 3 >= 100
    assert_eq!(compute_nakamoto(&stakes, 2, 3), 2); // 70 x 3 >= 200
    assert_eq!(compute_effective_number(&stakes), decimal("3.333333")); // 10000 / 3000
    assert_eq!(compute_hhi(&stakes), decimal("0.3"));
    assert_eq!(compute_largest_share(&stakes), decimal("0.4"));
    assert_eq!(compute_top_share(&stakes, 0), Decimal::zero());
    assert_eq!(compute_top_share(&stakes, 3), decimal("0.9"));
    assert_eq!(compute_top_share(&stakes, 9), Decimal::one());
}

#[test]
fn third_is_exact_to_the_unit() {
    // 333 x 3 = 999 < 1000, 334 x 3 = 1002; and exactly a third counts.
    assert_eq!(compute_nakamoto(&[333, 333, 333, 1], 1, 3), 2);
    assert_eq!(compute_nakamoto(&[334, 333, 333], 1, 3), 1);
    assert_eq!(compute_nakamoto(&[1, 1, 1], 1, 3), 1);
    assert_eq!(compute_nakamoto(&[1, 1, 1], 2, 3), 2);
    // One unit of 3 x 10^27, which no 18 decimal places could tell from a third.
    let third = 1_000_000_000_000_000_000_000_000_000;
    assert_eq!(compute_nakamoto(&[third, third, third], 1, 3), 1);
    assert_eq!(compute_nakamoto(&[third, third, third, 1], 1, 3), 2);
}

#[test]
fn nothing_staked_is_zero_everywhere() {
    for stakes in [&[][..], &[0, 0]] {
        assert_eq!(compute_nakamoto(stakes, 1, 3), 0);
        assert_eq!(compute_effective_number(stakes), Decimal::zero());
        assert_eq!(compute_hhi(stakes), Decimal::zero());
        assert_eq!(compute_largest_share(stakes), Decimal::zero());
    }
    assert_eq!(compute_top_third(&stakes(&[("a", 0)])), [false]);
}

#[test]
fn share_above_one_takes_everybody() {
    assert_eq!(compute_nakamoto(&[5, 5], 4, 3), 2);
}

#[test]
fn largest_possible_stakes_do_not_overflow() {
    let stakes = [u128::MAX; 300];
    assert_eq!(compute_nakamoto(&stakes, 1, 3), 100);
    assert_eq!(compute_nakamoto(&stakes, u128::MAX, u128::MAX), 300);
    assert_eq!(compute_effective_number(&stakes), decimal("300"));
    assert_eq!(compute_hhi(&stakes), decimal("0.003333333333333333"));
    assert_eq!(compute_top_share(&stakes, 150), decimal("0.5"));
}

#[test]
fn top_third_breaks_ties_by_address() {
    // S = 90: two of the 20s are needed for 30.
    let rows = [("d", 20), ("b", 20), ("c", 20), ("a", 20), ("e", 10)];
    let inside = compute_top_third(&stakes(&rows));
    assert_eq!(inside, [false, true, false, true, false]);
}

#[test]
fn top_third_of_a_known_total_needs_the_largest_only() {
    let read = stakes(&[("a", 30), ("b", 20)]);
    assert_eq!(compute_top_third_of(90, &read), [true, false]);
    assert_eq!(compute_top_third_of(91, &read), [true, true]);
    assert_eq!(compute_top_third_of(1_000, &read), [true, true]);
}

/// The fewest of all subsets that reach the share.
fn fewest(stakes: &[u128], numerator: u128, denominator: u128) -> usize {
    let total: u128 = stakes.iter().sum();
    (0u32..1 << stakes.len())
        .filter(|subset| {
            let inside = |i: &usize| subset & (1 << i) != 0;
            let held: u128 = (0..stakes.len()).filter(inside).map(|i| stakes[i]).sum();
            held * denominator >= numerator * total
        })
        .map(|subset| subset.count_ones() as usize)
        .min()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nakamoto_is_the_smallest_of_all_subsets(
        stakes in proptest::collection::vec(0u128..=12, 0..=7), numerator in 0u128..=3
    ) {
        prop_assert_eq!(compute_nakamoto(&stakes, numerator, 3), fewest(&stakes, numerator, 3));
    }

    #[test]
    fn top_third_is_as_small_as_nakamoto_and_holds_no_less_than_anybody_outside(
        amounts in proptest::collection::vec(0u128..=12, 0..=7)
    ) {
        let names = ["c", "a", "d", "g", "b", "f", "e"];
        let rows: Vec<_> = names.into_iter().zip(amounts.iter().copied()).collect();
        let inside = compute_top_third(&stakes(&rows));
        let count = inside.iter().filter(|flag| **flag).count();
        prop_assert_eq!(count, compute_nakamoto(&amounts, 1, 3));
        for (i, first) in rows.iter().enumerate().filter(|(i, _)| inside[*i]) {
            for (j, second) in rows.iter().enumerate().filter(|(j, _)| !inside[*j]) {
                let before = (second.1, first.0) < (first.1, second.0);
                prop_assert!(before, "{i} inside, {j} outside");
            }
        }
    }

    #[test]
    fn ratios_equal_their_formulas(
        amounts in proptest::collection::vec(0u128..=1_000_000, 1..=7), k in 0usize..=8
    ) {
        let total: u128 = amounts.iter().sum();
        prop_assume!(total > 0);
        let squares: u128 = amounts.iter().map(|v| v * v).sum();
        let effective = Decimal::from_atomics(total * total * 1_000_000 / squares, 6).unwrap();
        prop_assert_eq!(compute_effective_number(&amounts), effective);
        prop_assert_eq!(compute_hhi(&amounts), Decimal::from_ratio(squares, total * total));
        let mut sorted = amounts.clone();
        sorted.sort();
        let top: u128 = sorted.iter().rev().take(k).sum();
        prop_assert_eq!(compute_top_share(&amounts, k), Decimal::from_ratio(top, total));
    }
}
