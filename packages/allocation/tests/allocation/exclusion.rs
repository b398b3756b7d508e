//! One snapshot alone: what the review says of a validator that it sees first, and what a vault
//! says that knows no ceiling, no tombstones and no margins.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_exclusion, compute_review, BondStatus, ChainFacts, Departure, EligibilityPolicy,
    Exclusion, Facts, Listing, ReviewMemory, TopThird,
};
use proptest::prelude::*;
use Exclusion::*;

use crate::eligibility::{policy, NOW, REASONS};

fn facts() -> impl Strategy<Value = Facts> {
    let listing = prop_oneof![
        6 => Just(Listing::Listed),
        1 => Just(Listing::Draining),
        1 => Just(Listing::Expired),
        1 => Just(Listing::NotListed),
    ];
    let status = prop_oneof![
        4 => Just(BondStatus::Bonded),
        1 => Just(BondStatus::Unbonding),
        1 => Just(BondStatus::Unbonded),
    ];
    let top_third = prop_oneof![
        1 => Just(None),
        1 => Just(Some(TopThird::Inside)),
        1 => Just(Some(TopThird::Near)),
        3 => Just(Some(TopThird::Clear)),
    ];
    let flag = || prop::bool::weighted(0.2);
    let chain = (status, flag(), flag(), 8u64..=12, 18u64..=22, top_third);
    let chain = chain.prop_map(
        |(status, is_jailed, is_tombstoned, rate, ceiling, top_third)| ChainFacts {
            status,
            is_jailed,
            is_tombstoned,
            commission_rate: Decimal::percent(rate),
            commission_ceiling: Decimal::percent(ceiling),
            top_third,
        },
    );
    (listing, proptest::option::weighted(0.9, chain)).prop_map(|(listing, chain)| Facts {
        listing,
        chain,
        previous: None,
    })
}

/// The vault's rule, read out: drained; not read; then what was read, in this order.
fn vaults_word(
    is_draining: bool,
    read: Option<(bool, bool, bool)>,
    in_top: bool,
) -> Option<Exclusion> {
    if is_draining {
        return Some(Draining);
    }
    let Some((is_jailed, is_bonded, is_commission_high)) = read else {
        return Some(Unknown);
    };
    if is_jailed {
        return Some(Jailed);
    }
    if !is_bonded {
        return Some(NotBonded);
    }
    if is_commission_high {
        return Some(Commission);
    }
    in_top.then_some(TopThird)
}

#[test]
fn vaults_own_reasons_come_in_the_same_order() {
    let open = EligibilityPolicy {
        max_commission_ceiling: None,
        ..policy()
    };
    for bits in 0..64u32 {
        let [draining, is_read, jailed, bonded, dear, in_top] =
            [0, 1, 2, 3, 4, 5].map(|bit| bits >> bit & 1 == 1);
        let listing = match draining {
            true => Listing::Draining,
            false => Listing::Listed,
        };
        let chain = is_read.then(|| ChainFacts {
            status: match bonded {
                true => BondStatus::Bonded,
                false => BondStatus::Unbonded,
            },
            is_jailed: jailed,
            is_tombstoned: false,
            commission_rate: Decimal::percent(if dear { 11 } else { 10 }),
            commission_ceiling: Decimal::one(),
            top_third: Some(match in_top {
                true => TopThird::Inside,
                false => TopThird::Clear,
            }),
        });
        let word = vaults_word(draining, is_read.then_some((jailed, bonded, dear)), in_top);
        let own = compute_exclusion(&open, listing, chain.as_ref());
        assert_eq!(own, word, "{bits:06b}");
    }
}

#[test]
fn names_in_json_are_in_snake_case() {
    let names = REASONS.map(|reason| cosmwasm_std::to_json_string(&reason).unwrap());
    let expected = [
        "not_listed",
        "draining",
        "expired",
        "tombstoned",
        "jailed",
        "not_bonded",
        "unknown",
        "commission_ceiling",
        "commission",
        "commission_lately",
        "top_third",
        "near_top_third",
    ];
    assert_eq!(names, expected.map(|name| format!("\"{name}\"")));
}

#[test]
fn departures_follow_the_reasons() {
    for reason in REASONS {
        let expected = match reason {
            NotListed | Draining => Departure::Drained,
            Tombstoned => Departure::Tombstoned,
            Jailed => Departure::Jailed,
            NotBonded => Departure::Unbonded,
            Expired => Departure::Ended,
            _ => Departure::Ineligible,
        };
        assert_eq!(reason.departure(), expected, "{reason:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn one_snapshot_says_what_the_review_says_of_a_newcomer(facts in facts()) {
        let review = compute_review(&policy(), false, &ReviewMemory::default(), NOW, std::slice::from_ref(&facts));
        let own = compute_exclusion(&policy(), facts.listing, facts.chain.as_ref());
        prop_assert_eq!(own, review.eligibility[0].exclusion);
    }
}
