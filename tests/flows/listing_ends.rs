//! The end of a listing.
//!
//! Succeeds when it has none, or one that lies ahead, by 400 days at most. From then on the validator gets
//! no new stake, by deposits neither, though nobody has built the fill list anew, and it stays known.
//!
//! Fails when it lies behind, or further ahead.

use defenders_suite::messages::listing;
use defenders_suite::{BLOCK, DAY, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, text};
use defenders_types::{Exclusion, Job, ListingInput};

use crate::fixture::{funded, funded_from};

pub fn until(validator: &str, ends_at: u64) -> ListingInput {
    ListingInput {
        ends_at: Some(ends_at),
        ..listing(validator)
    }
}

fn targets(outcome: &Outcome) -> Vec<String> {
    let delegated = outcome.named("delegated");
    let targets = delegated.iter().map(|it| text(it, "validator"));
    targets.collect()
}

/// The last validator, which has least, so that deposits go there next, is listed for an hour more.
fn ending() -> (Suite, String) {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let last = suite.listed[9].clone();
    suite.list_as(vec![until(&last, suite.now() + HOUR)]);
    suite.keep();
    (suite, last)
}

#[test]
fn ends_lie_ahead_by_400_days_at_most() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    assert_eq!(
        suite.validator_info(&validator).listing.unwrap().ends_at,
        None
    );
    let now = suite.now();
    for ends_at in [0, now, now + 401 * DAY, u64::MAX] {
        let refusal = suite
            .try_list_as(vec![until(&validator, ends_at)])
            .unwrap_err();
        let reason = format!(", got {ends_at}");
        assert!(
            refusal.says("ends_at must be later than "),
            "{}",
            refusal.text
        );
        assert!(refusal.says(&reason), "{}", refusal.text);
    }
    let ends_at = suite.now() + 400 * DAY;
    suite.list_as(vec![until(&validator, ends_at)]);
    let listing = suite.validator_info(&validator).listing.unwrap();
    assert_eq!(listing.ends_at, Some(ends_at));
}

#[test]
fn ended_listing_gets_no_deposit_though_the_fill_list_is_of_before() {
    let (mut suite, last) = ending();
    let bob = suite.user("bob");
    let before = suite.deposit(&bob, 10 * TOKEN);
    assert_eq!(targets(&before), std::slice::from_ref(&last));

    suite.advance(HOUR);
    assert_eq!(
        suite.validator_info(&last).exclusion,
        Some(Exclusion::Expired)
    );
    let after = suite.deposit(&bob, 10 * TOKEN);

    assert!(targets(&after).is_empty());
    assert_eq!(suite.totals().idle.u128(), 10 * TOKEN);
    let invested = suite.tick(Job::Invest);
    assert!(!targets(&invested).is_empty());
    assert!(!targets(&invested).contains(&last));
    let info = suite.validator_info(&last);
    assert_eq!((info.cap.u128(), info.target.u128()), (0, 0));
    assert_eq!(info.delegated.u128(), 65 * TOKEN);
    assert!(info.listed);
}

#[test]
fn ended_listing_is_out_of_the_capacity_from_the_next_refresh_on() {
    let (mut suite, last) = ending();
    let each = suite.totals().capacity.u128() / 10;
    suite.advance(DAY);
    suite.keep();

    assert_eq!(suite.totals().capacity.u128(), 9 * each);
    for _ in 0..3 {
        let bob = suite.user("bob");
        let deposited = suite.deposit(&bob, 40 * TOKEN);
        assert!(!targets(&deposited).contains(&last));
    }
}

#[test]
fn ended_listing_that_is_renewed_gets_deposits_again() {
    let (mut suite, last) = ending();
    suite.advance(HOUR);
    assert_eq!(
        suite.validator_info(&last).exclusion,
        Some(Exclusion::Expired)
    );

    suite.list_in_time(std::slice::from_ref(&last));

    assert_eq!(suite.validator_info(&last).exclusion, None);
    let bob = suite.user("bob");
    let deposited = suite.deposit(&bob, 10 * TOKEN);
    assert_eq!(targets(&deposited), [last]);
}

#[test]
fn listing_that_is_renewed_in_time_never_ends() {
    let (mut suite, last) = ending();
    suite.list_as(vec![until(&last, suite.now() + 2 * HOUR)]);
    suite.advance(HOUR + BLOCK);

    let bob = suite.user("bob");
    let deposited = suite.deposit(&bob, 10 * TOKEN);

    assert_eq!(targets(&deposited), [last]);
}
