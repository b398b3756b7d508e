//! Snapshots that are not to be believed: who fails, how many are too many, and what is kept then.

use defenders_allocation::{
    compute_review, compute_standing, Departure, Eligibility, Exclusion, Facts, Review,
    ReviewMemory, Standing, ABSENCE_GRACE, SUSPECT_PERIOD,
};
use proptest::prelude::*;
use Exclusion::*;

use crate::eligibility::{break_by, good, policy, review, NOW, REASONS};

/// So many listed, the first `failed` of which fail for this reason.
fn snapshot(listed: usize, failed: usize, reason: Exclusion) -> Vec<Facts> {
    let mut facts = vec![good(); listed];
    facts[..failed]
        .iter_mut()
        .for_each(|facts| break_by(facts, reason));
    facts
}

#[test]
fn more_than_two_and_more_than_a_fifth_at_once_are_suspect() {
    for reason in [Unknown, CommissionCeiling, Commission, TopThird] {
        let is_suspect = |listed, failed| review(&snapshot(listed, failed, reason)).is_suspect;
        assert!(!is_suspect(2, 2));
        assert!(is_suspect(3, 3));
        assert!(is_suspect(14, 3)); // 21.4 %
        assert!(!is_suspect(15, 3)); // 20 % exactly
        assert!(!is_suspect(100, 20));
        assert!(is_suspect(100, 21));
    }
}

#[test]
fn what_owner_or_chain_state_is_never_suspect() {
    for reason in REASONS.into_iter().filter(|reason| reason.is_stated()) {
        let review = review(&snapshot(4, 4, reason));
        assert!(!review.is_suspect && review.failed.is_empty());
        assert!(review
            .eligibility
            .iter()
            .all(|it| it.exclusion == Some(reason)));
    }
}

#[test]
fn unlisted_validators_do_not_make_the_list_longer() {
    let mut facts = snapshot(14, 3, Unknown);
    facts.extend(snapshot(20, 20, NotListed));
    assert!(review(&facts).is_suspect);
}

#[test]
fn those_that_were_not_eligible_before_do_not_fail_again() {
    let mut facts = snapshot(6, 3, TopThird);
    facts[0].previous.as_mut().unwrap().exclusion = Some(TopThird);
    facts[1].previous = None;
    let review = review(&facts);
    assert_eq!((review.failed, review.is_suspect), (vec![2], false));
}

#[test]
fn suspect_snapshot_changes_nothing_but_what_owner_and_chain_state() {
    for stated in [NotListed, Draining, Expired, Tombstoned, Jailed, NotBonded] {
        let mut facts = snapshot(7, 4, Unknown);
        break_by(&mut facts[3], stated);
        break_by(&mut facts[5], stated);
        facts[6].previous = None;
        let review = review(&facts);
        assert_eq!(
            (&review.failed[..], review.is_suspect),
            (&[0, 1, 2][..], true)
        );
        for i in [0, 1, 2, 4] {
            assert_eq!(Some(review.eligibility[i]), facts[i].previous);
        }
        let since_now = |exclusion| Eligibility {
            exclusion: Some(exclusion),
            since: NOW,
            was_top_third: false,
            commission_high_at: None,
        };
        assert_eq!(review.eligibility[3], since_now(stated));
        assert_eq!(review.eligibility[5], since_now(stated));
        assert_eq!(review.eligibility[6], since_now(Unknown));
    }
}

#[test]
fn who_is_no_longer_jailed_is_unknown_while_the_data_is_suspect() {
    let mut facts = snapshot(4, 3, Unknown);
    facts[3].previous.as_mut().unwrap().exclusion = Some(Jailed);
    let back = review(&facts).eligibility[3];
    assert_eq!((back.exclusion, back.since), (Some(Unknown), NOW));
    assert_eq!(
        compute_standing(&back, NOW + ABSENCE_GRACE, true),
        Standing::Waiting
    );
}

#[test]
fn suspect_snapshot_is_not_remembered() {
    let facts = snapshot(3, 3, Commission);
    let kept = review(&facts).eligibility;
    assert!(kept.iter().all(|it| it.commission_high_at.is_none()));
}

#[test]
fn relisted_validator_is_unknown_while_the_data_is_suspect() {
    let mut facts = snapshot(4, 3, Unknown);
    facts[3].previous.as_mut().unwrap().exclusion = Some(Draining);
    assert_eq!(review(&facts).eligibility[3].exclusion, Some(Unknown));
}

fn review_with(memory: &ReviewMemory, at: u64, facts: &[Facts]) -> Review {
    compute_review(&policy(), false, memory, at, facts)
}

fn accepting(accepted: &[usize]) -> ReviewMemory {
    ReviewMemory {
        suspect_since: Some(NOW - 1),
        accepted: accepted.to_vec(),
    }
}

#[test]
fn accepted_snapshot_counts_as_it_is() {
    let facts = snapshot(3, 3, Commission);
    let review = review_with(&accepting(&[2, 0, 1]), NOW, &facts);
    assert_eq!((review.failed.len(), review.is_suspect), (3, false));
    let commission = |it: &Eligibility| it.exclusion == Some(Commission);
    assert!(review.eligibility.iter().all(commission));
    let still = ReviewMemory {
        suspect_since: None,
        accepted: vec![2, 0, 1],
    };
    assert_eq!(review.memory, still);
}

#[test]
fn acceptance_is_of_those_named_alone() {
    let facts = snapshot(8, 4, Unknown);
    let memory = accepting(&[0, 1, 2]);
    let review = review_with(&memory, NOW, &facts);
    assert!(review.is_suspect);
    // it goes on for those named
    assert_eq!(review.memory, memory);
    let fewer = review_with(&review.memory, NOW, &snapshot(8, 3, Unknown));
    assert!(!fewer.is_suspect && !fewer.eligibility[0].is_eligible());
}

#[test]
fn acceptance_ends_with_the_first_snapshot_that_is_not_suspect() {
    let memory = accepting(&[0, 1, 2]);
    let review = review_with(&memory, NOW, &snapshot(8, 2, Unknown));
    assert_eq!(
        (review.is_suspect, review.memory),
        (false, ReviewMemory::default())
    );
}

#[test]
fn after_14_days_of_suspect_snapshots_the_latest_is_accepted() {
    let facts = snapshot(4, 3, TopThird);
    let first = review(&facts);
    assert_eq!(first.memory.suspect_since, Some(NOW));
    let day_before = review_with(&first.memory, NOW + SUSPECT_PERIOD - 1, &facts);
    assert_eq!(
        (day_before.is_suspect, &day_before.memory),
        (true, &first.memory)
    );
    let last = review_with(&day_before.memory, NOW + SUSPECT_PERIOD, &facts);
    assert_eq!(
        (last.is_suspect, &last.memory),
        (false, &ReviewMemory::default())
    );
    assert_eq!(last.eligibility[0].exclusion, Some(TopThird));
    // in a row: a good one in between begins anew
    let good = review_with(&day_before.memory, NOW + 5, &snapshot(4, 0, TopThird));
    assert_eq!(good.memory, ReviewMemory::default());
}

#[test]
fn who_fails_a_stricter_policy_makes_nothing_suspect() {
    let stricter = |facts: &[Facts]| {
        compute_review(&policy(), true, &ReviewMemory::default(), NOW, facts).is_suspect
    };
    for reason in [CommissionCeiling, Commission] {
        assert!(!stricter(&snapshot(4, 4, reason)));
        assert!(review(&snapshot(4, 4, reason)).is_suspect);
    }
    // what no policy brings about does
    for reason in [Unknown, TopThird, NearTopThird] {
        assert!(stricter(&snapshot(4, 4, reason)));
    }
}

#[test]
fn standing_follows_the_reason_its_grace_and_the_suspicion() {
    let standing = |exclusion, age: u64, is_suspect| {
        let eligibility = Eligibility {
            exclusion,
            since: NOW,
            was_top_third: false,
            commission_high_at: None,
        };
        compute_standing(&eligibility, NOW + age, is_suspect)
    };
    for is_suspect in [false, true] {
        assert_eq!(standing(None, 0, is_suspect), Standing::Eligible);
        for (reason, departure) in [
            (NotListed, Departure::Drained),
            (Draining, Departure::Drained),
            (Expired, Departure::Ended),
            (Tombstoned, Departure::Tombstoned),
        ] {
            assert_eq!(
                standing(Some(reason), 0, is_suspect),
                Standing::Leaving(departure)
            );
        }
        for (reason, departure) in [
            (Jailed, Departure::Jailed),
            (NotBonded, Departure::Unbonded),
        ] {
            let at = |age| standing(Some(reason), age, is_suspect);
            assert_eq!(at(ABSENCE_GRACE - 1), Standing::Waiting);
            assert_eq!(at(ABSENCE_GRACE), Standing::Leaving(departure));
        }
    }
    for reason in &REASONS[6..] {
        let ineligible = Standing::Leaving(Departure::Ineligible);
        assert_eq!(standing(Some(*reason), 0, false), ineligible);
        assert_eq!(
            standing(Some(*reason), u64::MAX - NOW, true),
            Standing::Waiting
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// One wrong snapshot between two good ones moves nobody, whatever it says.
    #[test]
    fn one_wrong_snapshot_evacuates_at_most_a_fifth_or_two(
        listed in 1usize..=40,
        reasons in proptest::collection::vec(proptest::option::of(6usize..12), 40),
    ) {
        let mut facts = vec![good(); listed];
        for (facts, reason) in facts.iter_mut().zip(reasons) {
            if let Some(reason) = reason {
                break_by(facts, REASONS[reason]);
            }
        }
        let review = review(&facts);
        let left = review.eligibility.iter().filter(|it| !it.is_eligible()).count();
        prop_assert!(left <= 2.max(listed / 5));
        prop_assert_eq!(review.is_suspect, left != review.failed.len());
    }
}
