//! Short lists widen caps: each validator may hold 1.25 / n of the vault where that is more than 10 %. Who
//! lost its place through the owner counts for one exit delay more, so that emptying the list widens nothing
//! in time.
//!
//! The exit delay is the longest unbonding time seen, two batch periods in force, and seven days.

use cosmwasm_std::Decimal;
use defenders_suite::messages::listing;
use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, UNBONDING_TIME};
use defenders_types::Exclusion;

use crate::fixture::funded_from;
use crate::listing::{hosted, with_maximum};
use crate::listing_ends::until;

/// With twenty that hold stake a batch period is a day.
const EXIT_DELAY: u64 = UNBONDING_TIME + 2 * DAY + 7 * DAY;

/// Twenty validators, and 1000 tokens on them: 10 % each at most, as 1.25 / 20 is less.
fn twenty() -> Suite {
    let builder = SuiteBuilder::base().with_listed_count(20);
    let suite = funded_from(builder.with_room_to_leave());
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha(20));
    suite
}

/// max(10 %, 1.25 / n).
fn alpha(n: u128) -> Decimal {
    Decimal::percent(10).max(Decimal::from_ratio(5u128, 4 * n))
}

/// Nine of twenty lose their place now: the cap stays for one exit delay, and not a second longer.
fn assert_widened_after(suite: &mut Suite, from: u64, delay: u64, before: Decimal, after: Decimal) {
    let in_force = |suite: &Suite| suite.totals().vault_share_cap_in_force;
    assert_eq!(in_force(suite), before);
    while suite.now() + DAY < from + delay {
        suite.advance(DAY);
        suite.keep();
        assert_eq!(in_force(suite), before, "{} s later", suite.now() - from);
    }
    let left = from + delay - suite.now();
    suite.advance(left - 1);
    assert_eq!(in_force(suite), before);
    suite.advance(1);
    assert_eq!(in_force(suite), after);
}

#[test]
fn drained_validators_count_for_one_exit_delay_even_when_nothing_is_left_of_them() {
    let mut suite = twenty();
    let nine = suite.listed[..9].to_vec();
    suite.drain(&nine);
    let drained_at = suite.now();

    suite.leave_by_undelegation(&nine);
    suite.advance(UNBONDING_TIME + 60);
    suite.keep();
    suite.keep_for_days(1);
    let gone = suite.listed[0].clone();
    let is_known = |suite: &Suite| {
        let infos = suite.validator_infos();
        infos.iter().any(|info| info.validator == gone)
    };
    assert!(!is_known(&suite), "nothing is left");
    // a list forgets those that are gone, but not these
    let another = suite.listed[9].clone();
    suite.list(&[another]);

    assert_widened_after(&mut suite, drained_at, EXIT_DELAY, alpha(20), alpha(11));
    suite.keep();
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha(11));
}

#[test]
fn validators_lowered_to_nothing_count_as_long() {
    let mut suite = twenty();
    let closed = suite.listed[..9].iter();
    suite.list_as(closed.map(|it| with_maximum(it, 0)).collect());
    let closed_at = suite.now();

    assert_widened_after(&mut suite, closed_at, EXIT_DELAY, alpha(20), alpha(11));
}

#[test]
fn lowering_to_nothing_again_or_draining_after_it_prolongs_nothing() {
    let mut suite = twenty();
    let nine = suite.listed[..9].to_vec();
    let close = || {
        nine.iter()
            .map(|it| with_maximum(it, 0))
            .collect::<Vec<_>>()
    };
    suite.list_as(close());
    let closed_at = suite.now();
    suite.keep_for_days(3);
    suite.list_as(close());
    suite.keep_for_days(3);
    suite.drain(&nine);

    assert_widened_after(&mut suite, closed_at, EXIT_DELAY, alpha(20), alpha(11));
}

#[test]
fn ended_validators_count_as_long_and_draining_them_changes_that_not() {
    for is_drained in [false, true] {
        let mut suite = twenty();
        let nine = suite.listed[..9].to_vec();
        let ends_at = suite.now() + DAY;
        let ending = nine.iter().map(|it| until(it, ends_at));
        suite.list_as(ending.collect());
        suite.advance(ends_at - suite.now());
        let infos = suite.validator_infos();
        let is_expired =
            |it: &&defenders_types::ValidatorInfo| it.exclusion == Some(Exclusion::Expired);
        assert_eq!(infos.iter().filter(is_expired).count(), 9);
        if is_drained {
            suite.advance(HOUR);
            suite.drain(&nine);
        }

        assert_widened_after(&mut suite, ends_at, EXIT_DELAY, alpha(20), alpha(11));
    }
}

#[test]
fn relisted_validators_count_because_they_are_eligible() {
    let mut suite = twenty();
    let nine = suite.listed[..9].to_vec();
    suite.drain(&nine);
    suite.keep_for_days(20);
    suite.list_in_time(&nine);
    suite.keep();
    suite.keep_for_days(11);
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha(20));

    suite.drain(&nine);
    let drained_at = suite.now();
    assert_widened_after(&mut suite, drained_at, EXIT_DELAY, alpha(20), alpha(11));
}

#[test]
fn validators_that_the_chain_excludes_do_not_count() {
    let mut suite = twenty();
    let nine = suite.listed[..9].to_vec();
    for jailed in &nine {
        suite.faults().jail(jailed);
    }
    suite.advance(DAY);
    suite.keep();
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha(11));

    // nor when the owner drains them then
    suite.drain(&nine);
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha(11));
}

#[test]
fn exit_delay_of_few_validators_has_their_batch_period() {
    // three that hold stake: a batch period is 21 days / 18, so the exit delay is 30 days and 8 hours
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(3));
    let delay = UNBONDING_TIME + 2 * (UNBONDING_TIME / 18) + 7 * DAY;
    assert_eq!(delay, 30 * DAY + 8 * HOUR);
    let first = suite.listed[0].clone();
    suite.drain(&[first]);
    let drained_at = suite.now();

    assert_widened_after(&mut suite, drained_at, delay, alpha(3), alpha(2));
}

#[test]
fn groups_count_as_long_as_their_validators() {
    // two hosts of four validators each, and six alone
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(14));
    let listings = suite.listed.iter().enumerate();
    let listings = listings.map(|(position, it)| match position {
        0..4 => hosted(it, "north"),
        4..8 => hosted(it, "south"),
        _ => listing(it),
    });
    let listings = listings.collect();
    suite.list_as_in_time(listings);
    suite.keep();
    let north = suite.listed[..4].to_vec();
    let target = |suite: &Suite| {
        let mut infos = suite.validator_infos();
        infos.retain(|info| north.contains(&info.validator));
        infos.iter().map(|info| info.target.u128()).sum::<u128>()
    };
    // eight hosts: 25 %, where an equal split would be 4 / 14 = 28.6 %
    let total = suite.totals().bonded.u128();
    assert_eq!(target(&suite), total / 4);

    // six of eight hosts lose their validators: two would widen the cap to 62.5 %
    let alone = suite.listed[8..].to_vec();
    suite.drain(&alone);
    assert_eq!(target(&suite), total / 4);
    suite.advance(EXIT_DELAY + 2 * DAY);
    suite.advance(BLOCK);
    assert!(target(&suite) > total / 4);
}
