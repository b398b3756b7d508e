//! Who may be given stake: one reason each, the first in order; memory of the top third and of high
//! commission.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_review, BondStatus, ChainFacts, Eligibility, EligibilityPolicy, Exclusion, Facts,
    Listing, Review, ReviewMemory, TopThird, COMMISSION_RETURN_PERIOD,
};
use proptest::prelude::*;
use Exclusion::*;

/// Seconds.
pub const NOW: u64 = 1_000_000_000;

/// All reasons, in the order in which they are stated.
pub const REASONS: [Exclusion; 12] = [
    NotListed,
    Draining,
    Expired,
    Tombstoned,
    Jailed,
    NotBonded,
    Unknown,
    CommissionCeiling,
    Commission,
    CommissionLately,
    TopThird,
    NearTopThird,
];

/// Maximum 10 %, ceiling 20 %.
pub fn policy() -> EligibilityPolicy {
    EligibilityPolicy {
        max_commission_rate: Decimal::percent(10),
        max_commission_ceiling: Some(Decimal::percent(20)),
        commission_return_period: COMMISSION_RETURN_PERIOD,
    }
}

/// Eligible since a day ago, everything just within the policy.
pub fn good() -> Facts {
    Facts {
        listing: Listing::Listed,
        chain: Some(ChainFacts {
            status: BondStatus::Bonded,
            is_jailed: false,
            is_tombstoned: false,
            commission_rate: Decimal::percent(10),
            commission_ceiling: Decimal::percent(20),
            top_third: Some(TopThird::Near),
        }),
        previous: Some(Eligibility {
            exclusion: None,
            since: NOW - 86_400,
            was_top_third: false,
            commission_high_at: None,
        }),
    }
}

/// Gives the reason to the facts, whatever else is wrong with them.
pub fn break_by(facts: &mut Facts, reason: Exclusion) {
    let chain = facts.chain.as_mut().unwrap();
    let memory = facts.previous.as_mut().unwrap();
    match reason {
        NotListed => facts.listing = Listing::NotListed,
        Draining => facts.listing = Listing::Draining,
        Expired => facts.listing = Listing::Expired,
        Tombstoned => chain.is_tombstoned = true,
        Jailed => chain.is_jailed = true,
        NotBonded => chain.status = BondStatus::Unbonding,
        Unknown => chain.top_third = None,
        CommissionCeiling => chain.commission_ceiling = Decimal::percent(21),
        Commission => chain.commission_rate = Decimal::percent(11),
        CommissionLately => memory.commission_high_at = Some(NOW - 1),
        TopThird => chain.top_third = Some(TopThird::Inside),
        NearTopThird => memory.was_top_third = true,
    }
}

/// The review of facts that nobody has accepted.
pub fn review(facts: &[Facts]) -> Review {
    compute_review(&policy(), false, &ReviewMemory::default(), NOW, facts)
}

fn standing(facts: &Facts) -> Eligibility {
    review(std::slice::from_ref(facts)).eligibility[0]
}

/// The facts a day later, after `standing`.
fn then(facts: &mut Facts, top_third: TopThird, at: u64) -> Option<Exclusion> {
    facts.chain.as_mut().unwrap().top_third = Some(top_third);
    let review = compute_review(
        &policy(),
        false,
        &ReviewMemory::default(),
        at,
        std::slice::from_ref(facts),
    );
    facts.previous = Some(review.eligibility[0]);
    review.eligibility[0].exclusion
}

#[test]
fn everything_just_within_the_policy_is_eligible() {
    assert!(standing(&good()).is_eligible());
    let mut first = good();
    first.previous = None;
    assert!(standing(&first).is_eligible());
}

#[test]
fn of_two_reasons_the_first_in_order_is_stated() {
    for (i, first) in REASONS.into_iter().enumerate() {
        for second in &REASONS[i..] {
            let mut facts = good();
            break_by(&mut facts, *second);
            break_by(&mut facts, first);
            let stated = standing(&facts).exclusion;
            assert_eq!(stated, Some(first), "with {second:?}");
        }
    }
}

#[test]
fn each_reason_alone_says_whose_word_it_is() {
    let by_owner = REASONS.into_iter().filter(|reason| reason.is_by_owner());
    assert!(by_owner.eq([NotListed, Draining, Expired]));
    let stated = REASONS.into_iter().filter(|reason| reason.is_stated());
    assert!(stated.eq([NotListed, Draining, Expired, Tombstoned, Jailed, NotBonded]));
}

#[test]
fn validator_that_cannot_be_read_is_unknown_unless_the_owner_left_it() {
    let mut facts = good();
    facts.chain = None;
    assert_eq!(standing(&facts).exclusion, Some(Unknown));
    facts.listing = Listing::Draining;
    assert_eq!(standing(&facts).exclusion, Some(Draining));
}

#[test]
fn unbonded_validator_without_power_is_not_bonded_rather_than_unknown() {
    let mut facts = good();
    let chain = facts.chain.as_mut().unwrap();
    (chain.status, chain.top_third) = (BondStatus::Unbonded, None);
    assert_eq!(standing(&facts).exclusion, Some(NotBonded));
}

#[test]
fn ceiling_counts_only_where_the_policy_sets_one() {
    let mut facts = good();
    break_by(&mut facts, CommissionCeiling);
    let open = EligibilityPolicy {
        max_commission_ceiling: None,
        ..policy()
    };
    assert!(
        compute_review(&open, false, &ReviewMemory::default(), NOW, &[facts]).eligibility[0]
            .is_eligible()
    );
}

#[test]
fn since_moves_only_when_the_reason_does() {
    let mut facts = good();
    assert_eq!(standing(&facts).since, NOW - 86_400);
    break_by(&mut facts, Jailed);
    assert_eq!(standing(&facts).since, NOW);
    facts.previous = Some(Eligibility {
        exclusion: Some(Jailed),
        ..facts.previous.unwrap()
    });
    assert_eq!(standing(&facts).since, NOW - 86_400);
    // jailed and out of the set are one absence
    facts.chain.as_mut().unwrap().is_jailed = false;
    break_by(&mut facts, NotBonded);
    let absent = standing(&facts);
    assert_eq!(
        (absent.exclusion, absent.since),
        (Some(NotBonded), NOW - 86_400)
    );
    break_by(&mut facts, Tombstoned);
    assert_eq!(standing(&facts).since, NOW);
}

#[test]
fn validator_near_the_top_third_stays_what_it_was() {
    let mut facts = good();
    let days = [
        (TopThird::Near, None),
        (TopThird::Inside, Some(TopThird)),
        (TopThird::Near, Some(NearTopThird)),
        (TopThird::Inside, Some(TopThird)),
        (TopThird::Near, Some(NearTopThird)),
        (TopThird::Near, Some(NearTopThird)),
        (TopThird::Clear, None),
        (TopThird::Near, None),
    ];
    for (day, (top_third, expected)) in (0..).zip(days) {
        assert_eq!(then(&mut facts, top_third, NOW + day * 86_400), expected);
    }
}

#[test]
fn top_third_is_remembered_through_jail_and_unreadable_powers() {
    let mut facts = good();
    then(&mut facts, TopThird::Inside, NOW);
    break_by(&mut facts, Jailed);
    assert_eq!(then(&mut facts, TopThird::Near, NOW + 1), Some(Jailed));
    facts.chain.as_mut().unwrap().is_jailed = false;
    assert_eq!(
        then(&mut facts, TopThird::Near, NOW + 2),
        Some(NearTopThird)
    );
}

#[test]
fn commission_that_was_high_keeps_out_for_the_whole_period() {
    let mut facts = good();
    let of = |facts: &mut Facts, percent, at| {
        facts.chain.as_mut().unwrap().commission_rate = Decimal::percent(percent);
        then(facts, TopThird::Clear, at)
    };
    assert_eq!(of(&mut facts, 11, NOW), Some(Commission));
    assert_eq!(of(&mut facts, 11, NOW + 50), Some(Commission));
    let back = NOW + 50 + COMMISSION_RETURN_PERIOD;
    assert_eq!(of(&mut facts, 10, NOW + 60), Some(CommissionLately));
    assert_eq!(of(&mut facts, 10, back - 1), Some(CommissionLately));
    assert_eq!(of(&mut facts, 10, back), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Invariant 5: exactly the first of all reasons that hold, whichever they are.
    #[test]
    fn exactly_the_first_reason_is_stated(broken in proptest::collection::vec(any::<bool>(), 12)) {
        let mut facts = good();
        let reasons: Vec<_> = REASONS.into_iter().zip(broken).filter(|(_, it)| *it).collect();
        for (reason, _) in reasons.iter().rev() {
            break_by(&mut facts, *reason);
        }
        prop_assert_eq!(standing(&facts).exclusion, reasons.first().map(|(reason, _)| *reason));
    }
}
