//! Invariant 7, by brute force: no other allocation between floors and caps that places as much is
//! better for any concentration metric.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_effective_number, compute_hhi, compute_nakamoto, compute_top_share, Groups,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{policy, seats, Case},
};

/// All ways to put exactly `tokens` between (floor, cap) pairs.
fn allocations(bounds: &[(u128, u128)], tokens: u128) -> Vec<Vec<u128>> {
    let Some(((floor, cap), rest)) = bounds.split_first() else {
        return if tokens == 0 { vec![vec![]] } else { vec![] };
    };
    (*floor..=tokens.min(*cap))
        .flat_map(|first| {
            allocations(rest, tokens - first)
                .into_iter()
                .map(move |mut others| {
                    others.insert(0, first);
                    others
                })
        })
        .collect()
}

/// The chain's stakes: what others put on the seats, an allocation, and validators not listed.
fn stakes(case: &Case, allocation: &[u128], unlisted: &[u128]) -> Vec<u128> {
    let listed = case.seats.iter().zip(allocation);
    listed
        .map(|(seat, tokens)| seat.external + tokens)
        .chain(unlisted.iter().copied())
        .collect()
}

fn tiny_case() -> impl Strategy<Value = (Case, Vec<u128>)> {
    let unlisted = proptest::collection::vec(0u128..=20, 0..=2);
    (
        1u128..=9,
        20u128..=80,
        policy(),
        seats(2..=4),
        unlisted,
        any::<bool>(),
    )
        .prop_map(
            |(total, total_bonded, mut policy, mut seats, unlisted, with_floor)| {
                if !with_floor {
                    policy.floor = Decimal::zero();
                }
                // Small stakes beside small totals, so that every unit counts.
                seats.iter_mut().for_each(|seat| seat.external /= 3);
                (
                    Case {
                        total,
                        total_bonded,
                        policy,
                        seats,
                        groups: Groups::NONE,
                    },
                    unlisted,
                )
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_allocation_beats_the_rule_on_any_metric((case, unlisted) in tiny_case()) {
        let Case { total, total_bonded, policy, seats, .. } = &case;
        let result = case.targets();
        let caps = naive::caps(*total, *total_bonded, policy, seats);
        let floor = naive::floor(*total, policy, seats);
        let bounds: Vec<_> = caps.iter().map(|cap| (floor.min(*cap), *cap)).collect();
        let ours = stakes(&case, &result.tokens, &unlisted);
        let effective = compute_effective_number(&ours);
        let hhi = compute_hhi(&ours);
        let nakamoto = [1, 2].map(|numerator| compute_nakamoto(&ours, numerator, 3));
        let top: Vec<_> = (1..=ours.len()).map(|k| compute_top_share(&ours, k)).collect();

        for other in allocations(&bounds, total - result.unplaced) {
            let theirs = stakes(&case, &other, &unlisted);
            prop_assert!(effective >= compute_effective_number(&theirs), "{other:?}");
            prop_assert!(hhi <= compute_hhi(&theirs), "{other:?}");
            for (numerator, ours) in [1, 2].into_iter().zip(nakamoto) {
                prop_assert!(ours >= compute_nakamoto(&theirs, numerator, 3), "{other:?}");
            }
            for (k, ours) in (1..).zip(&top) {
                prop_assert!(*ours <= compute_top_share(&theirs, k), "top {k}: {other:?}");
            }
        }
        // And nobody could have placed more.
        if result.unplaced > 0 {
            prop_assert_eq!(result.tokens, caps);
        }
    }
}
