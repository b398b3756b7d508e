//! Snapshots that are not to be believed: who fails, how many are too many, and what is kept then.

use defenders_allocation::{compute_review, Eligibility, Exclusion, Facts};
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
fn suspect_snapshot_changes_nothing_but_what_the_owner_decided() {
    let mut facts = snapshot(7, 4, Unknown);
    break_by(&mut facts[4], Draining);
    break_by(&mut facts[5], Jailed);
    facts[6].previous = None;
    let review = review(&facts);
    assert_eq!((review.failed, review.is_suspect), (vec![0, 1, 2, 3], true));
    for i in [0, 1, 2, 3, 5] {
        assert_eq!(Some(review.eligibility[i]), facts[i].previous);
    }
    let exclusions = [4, 6].map(|i| review.eligibility[i].exclusion);
    assert_eq!(exclusions, [Some(Draining), Some(Unknown)]);
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

#[test]
fn accepted_snapshot_counts_as_it_is() {
    let facts = snapshot(3, 3, Commission);
    let review = compute_review(&policy(), NOW, true, &facts);
    assert_eq!((review.failed.len(), review.is_suspect), (3, false));
    let commission = |it: &Eligibility| it.exclusion == Some(Commission);
    assert!(review.eligibility.iter().all(commission));
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
