//! What every metric of concentration has to obey: units and order mean nothing, and a transfer
//! from a larger to a smaller one makes none of them worse. The Gini coefficient beside its
//! definition.

use cosmwasm_std::{Decimal, Uint256};
use defenders_allocation::{compute_concentration, compute_gini, Concentration};
use proptest::prelude::*;

const ONE: u128 = 1_000_000_000_000_000_000;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The definition: the sum of all differences, every pair both ways, over 2 n S.
fn gini(stakes: &[u128]) -> Decimal {
    let mut differences = 0;
    for a in stakes {
        for b in stakes {
            differences += a.abs_diff(*b);
        }
    }
    let whole = 2 * stakes.len() as u128 * stakes.iter().sum::<u128>();
    match whole {
        0 => Decimal::zero(),
        whole => Decimal::raw(differences * ONE / whole),
    }
}

#[test]
fn known_distributions_have_known_gini_coefficients() {
    for (stakes, expected) in [
        // pairs of 10, 20, 30, 40 differ by 10, 20, 30, 10, 20, 10: 2 x 100 / (2 x 4 x 100)
        (&[40, 10, 30, 20][..], "0.25"),
        (&[7, 7, 7], "0"),
        // one of n holds everything: (n - 1) / n
        (&[0, 9, 0, 0], "0.75"),
        // 2 x (1 + 1 + 0) / (2 x 3 x 4), rounded down
        (&[1, 1, 2], "0.166666666666666666"),
        (&[5], "0"),
        (&[0, 0], "0"),
        (&[], "0"),
    ] {
        assert_eq!(compute_gini(stakes), decimal(expected), "{stakes:?}");
    }
}

#[test]
fn who_holds_nothing_counts_in_the_gini_coefficient_only() {
    let without = compute_concentration(&[4, 4], &[5_000]);
    let with = compute_concentration(&[4, 0, 4], &[5_000]);
    assert_eq!(with.gini, decimal("0.333333333333333333")); // 2 x (4 + 4) / (2 x 3 x 8)
    let gini = without.gini;
    assert_eq!(Concentration { gini, ..with }, without);
}

#[test]
fn largest_possible_stakes_have_a_gini_coefficient() {
    let mut stakes = vec![u128::MAX; 200];
    stakes.resize(300, 0);
    // 2 x 200 x 100 differences of MAX, over 2 x 300 x 200 MAX
    assert_eq!(compute_gini(&stakes), decimal("0.333333333333333333"));
}

/// What must not be worse in `after` than in `before`.
fn ensure_no_worse(before: &Concentration, after: &Concentration) {
    assert!(after.nakamoto_third >= before.nakamoto_third);
    assert!(after.nakamoto_two_thirds >= before.nakamoto_two_thirds);
    for (after, before) in after.nakamoto_at.iter().zip(&before.nakamoto_at) {
        assert!(after >= before);
    }
    assert!(after.effective_number >= before.effective_number);
    assert!(after.hhi <= before.hhi);
    assert!(after.gini <= before.gini);
    assert!(after.top_1_share <= before.top_1_share);
    assert!(after.top_5_share <= before.top_5_share);
    assert!(after.top_10_share <= before.top_10_share);
    assert!(after.top_20_share <= before.top_20_share);
}

/// Thresholds from one basis point to everything.
const THRESHOLDS: [u16; 7] = [1, 1_000, 3_333, 3_334, 5_000, 9_999, 10_000];

fn stakes(most: usize) -> impl Strategy<Value = Vec<u128>> {
    // few values, so that ties are frequent, and a wide range of them
    let tokens = prop_oneof![0u128..=9, 0u128..=1_000_000_000];
    proptest::collection::vec(tokens, 1..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn gini_coefficient_is_its_definition(stakes in stakes(12)) {
        prop_assert_eq!(compute_gini(&stakes), gini(&stakes));
    }

    /// Invariant 10.
    #[test]
    fn transfer_from_larger_to_smaller_never_worsens_anything(
        stakes in stakes(24), one in 0usize..24, other in 0usize..24, part in 0u128..=1_000
    ) {
        let (one, other) = (one % stakes.len(), other % stakes.len());
        let (larger, smaller) = match stakes[one] >= stakes[other] {
            true => (one, other),
            false => (other, one),
        };
        // Up to the whole difference, which makes them change places.
        let moved = (stakes[larger] - stakes[smaller]) * part / 1_000;
        let mut after = stakes.clone();
        after[larger] -= moved;
        after[smaller] += moved;
        ensure_no_worse(
            &compute_concentration(&stakes, &THRESHOLDS),
            &compute_concentration(&after, &THRESHOLDS),
        );
    }

    /// Invariant 9.
    #[test]
    fn unit_of_stake_means_nothing(stakes in stakes(24), scale in 1u128..=1_000_000_000_000) {
        let scaled: Vec<u128> = stakes.iter().map(|tokens| tokens * scale).collect();
        prop_assert_eq!(
            compute_concentration(&stakes, &THRESHOLDS),
            compute_concentration(&scaled, &THRESHOLDS)
        );
    }

    /// Invariant 9.
    #[test]
    fn order_means_nothing(
        (stakes, shuffled) in stakes(24).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        prop_assert_eq!(
            compute_concentration(&stakes, &THRESHOLDS),
            compute_concentration(&shuffled, &THRESHOLDS)
        );
    }

    #[test]
    fn nakamoto_at_a_threshold_is_the_first_of_the_largest_to_reach_it(
        stakes in stakes(24), threshold in 0u16..=10_000
    ) {
        let mut sorted = stakes.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        let needed = Uint256::from(stakes.iter().sum::<u128>()) * Uint256::from(threshold);
        let reaches = |k: &usize| {
            let held = Uint256::from(sorted[..*k].iter().sum::<u128>());
            held * Uint256::from(10_000u128) >= needed
        };
        let fewest = (0..=stakes.len()).find(reaches).unwrap();
        let concentration = compute_concentration(&stakes, &[threshold]);
        prop_assert_eq!(concentration.nakamoto_at, [fewest]);
    }
}
