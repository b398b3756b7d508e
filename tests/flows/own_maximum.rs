//! An operator says how much it wants at most.
//!
//! Succeeds from the account whose bytes are those of the operator address: lowering acts at once, 0 is
//! *leave me*, raising counts one unbonding time later. It stays whatever the owner's listing says, and the
//! lower of both holds.
//!
//! Fails from any other account, for a validator that is unknown or draining, above the owner's maximum, and
//! a second time within a day.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::messages::listing;
use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text};
use defenders_types::OwnMaximumLater;

use crate::fixture::funded_from;
use crate::listing::with_maximum;

/// A vault of 1000 tokens, and the validator that has least of it, 55.
fn suite() -> (Suite, String) {
    let suite = funded_from(SuiteBuilder::base().with_operators());
    let last = suite.listed[9].clone();
    assert_eq!(suite.validator_info(&last).delegated.u128(), 55 * TOKEN);
    (suite, last)
}

fn in_force(suite: &Suite, validator: &str) -> Option<u128> {
    let listing = suite.validator_info(validator).listing.unwrap();
    listing.own_max_tokens.map(|tokens| tokens.u128())
}

fn deposits_reach(suite: &mut Suite, validator: &str) -> bool {
    let bob = suite.user("bob");
    let deposited = suite.deposit(&bob, 2 * TOKEN);
    let delegated = deposited.named("delegated");
    let reached = delegated
        .iter()
        .any(|it| text(it, "validator") == validator);
    assert!(!delegated.is_empty(), "somebody takes it");
    reached
}

fn refusal(suite: &mut Suite, sender: &str, validator: &str, tokens: u128) -> String {
    let result = suite.try_set_own_maximum(sender, validator, Some(tokens));
    result.unwrap_err().text
}

#[test]
fn lowering_acts_at_once_on_cap_capacity_and_deposits() {
    let (mut suite, last) = suite();
    let each = suite.totals().capacity.u128() / 10;
    assert!(deposits_reach(&mut suite, &last));

    let outcome = suite.set_own_maximum(&last, Some(57 * TOKEN));

    let told = event(
        "own_maximum_set",
        [
            ("validator", &last),
            ("tokens", &(57 * TOKEN)),
            ("counts_at", &suite.now()),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![told]);
    let info = suite.validator_info(&last);
    assert_eq!(
        (info.cap.u128(), info.target.u128()),
        (57 * TOKEN, 57 * TOKEN)
    );
    assert_eq!(in_force(&suite, &last), Some(57 * TOKEN));
    assert_eq!(suite.totals().capacity.u128(), 9 * each + 57 * TOKEN);
    assert!(!deposits_reach(&mut suite, &last));
    suite.keep();
    assert!(!deposits_reach(&mut suite, &last));
}

#[test]
fn nothing_means_leave_me() {
    let (mut suite, last) = suite();
    let each = suite.totals().capacity.u128() / 10;
    let alpha = || Decimal::from_ratio(5u128, 40u128);
    assert_eq!(suite.totals().vault_share_cap_in_force, alpha());

    suite.set_own_maximum(&last, Some(0));

    let info = suite.validator_info(&last);
    assert_eq!((info.cap.u128(), info.target.u128()), (0, 0));
    assert_eq!(info.exclusion, None);
    assert_eq!(suite.totals().capacity.u128(), 9 * each);
    // nine have to hold the vault, and the owner has not brought that about
    let wider = Decimal::from_ratio(5u128, 36u128);
    assert_eq!(suite.totals().vault_share_cap_in_force, wider);
    assert!(!deposits_reach(&mut suite, &last));
}

#[test]
fn raising_counts_one_unbonding_time_later() {
    let (mut suite, last) = suite();
    suite.set_own_maximum(&last, Some(0));
    suite.advance(DAY);

    let outcome = suite.set_own_maximum(&last, Some(60 * TOKEN));

    let counts_at = suite.now() + UNBONDING_TIME;
    let told = event(
        "own_maximum_set",
        [
            ("validator", &last),
            ("tokens", &(60 * TOKEN)),
            ("counts_at", &counts_at),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![told]);
    let listing = suite.validator_info(&last).listing.unwrap();
    assert_eq!(listing.own_max_tokens, Some(Uint128::zero()));
    let later = OwnMaximumLater {
        tokens: Some(Uint128::new(60 * TOKEN)),
        at: counts_at,
    };
    assert_eq!(listing.own_max_later, Some(later));
    suite.advance(UNBONDING_TIME - HOUR);
    suite.keep();
    suite.advance(counts_at - 1 - suite.now());
    assert_eq!(suite.validator_info(&last).cap.u128(), 0);

    suite.advance(1);
    let listing = suite.validator_info(&last).listing.unwrap();
    assert_eq!(listing.own_max_tokens, Some(Uint128::new(60 * TOKEN)));
    assert_eq!(listing.own_max_later, None);
    assert_eq!(suite.validator_info(&last).cap.u128(), 60 * TOKEN);
    suite.advance(DAY);
    suite.keep();
    assert!(deposits_reach(&mut suite, &last));
}

#[test]
fn no_maximum_any_more_counts_later_too_and_can_be_taken_back() {
    let (mut suite, last) = suite();
    suite.set_own_maximum(&last, Some(50 * TOKEN));
    suite.advance(DAY);
    let outcome = suite.set_own_maximum(&last, None);
    let told = event(
        "own_maximum_set",
        [
            ("validator", &last),
            ("tokens", &"none"),
            ("counts_at", &(suite.now() + UNBONDING_TIME)),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![told]);
    assert_eq!(in_force(&suite, &last), Some(50 * TOKEN));

    suite.advance(DAY);
    suite.set_own_maximum(&last, Some(40 * TOKEN)); // lower: at once, and nothing comes later

    suite.advance(2 * UNBONDING_TIME);
    assert_eq!(in_force(&suite, &last), Some(40 * TOKEN));
}

#[test]
fn second_raise_waits_anew_and_what_counted_meanwhile_stays() {
    let (mut suite, last) = suite();
    suite.set_own_maximum(&last, Some(10 * TOKEN));
    suite.advance(DAY);
    suite.set_own_maximum(&last, Some(20 * TOKEN));
    suite.advance(UNBONDING_TIME);
    assert_eq!(in_force(&suite, &last), Some(20 * TOKEN));

    suite.set_own_maximum(&last, Some(30 * TOKEN));

    assert_eq!(in_force(&suite, &last), Some(20 * TOKEN));
    suite.advance(UNBONDING_TIME);
    assert_eq!(in_force(&suite, &last), Some(30 * TOKEN));
}

#[test]
fn one_change_a_day() {
    let (mut suite, last) = suite();
    suite.set_own_maximum(&last, Some(50 * TOKEN));
    let changed_at = suite.now();
    let operator = suite.operator(&last);

    let text = refusal(&mut suite, &operator, &last, 40 * TOKEN);

    let again = format!(
        "was changed at {changed_at}: again from {} on",
        changed_at + DAY
    );
    assert!(text.contains(&again), "{text}");
    suite.advance(changed_at + DAY - suite.now() - 2 * BLOCK);
    refusal(&mut suite, &operator, &last, 40 * TOKEN);
    suite.set_own_maximum(&last, Some(40 * TOKEN));
    assert_eq!(in_force(&suite, &last), Some(40 * TOKEN));
}

#[test]
fn never_above_the_owners_and_the_lower_of_both_holds() {
    let (mut suite, last) = suite();
    suite.list_as(vec![with_maximum(&last, 80 * TOKEN)]);
    let operator = suite.operator(&last);

    let text = refusal(&mut suite, &operator, &last, 80 * TOKEN + 1);
    let reason = format!(
        "the owner's maximum for {last} is {} tokens, {} are above it",
        80 * TOKEN,
        80 * TOKEN + 1
    );
    assert!(text.contains(&reason), "{text}");

    suite.set_own_maximum(&last, Some(70 * TOKEN));
    assert_eq!(suite.validator_info(&last).cap.u128(), 70 * TOKEN);
    // what the operator said stays when the owner lists it anew
    suite.list_as(vec![with_maximum(&last, 60 * TOKEN)]);
    assert_eq!(suite.validator_info(&last).cap.u128(), 60 * TOKEN);
    suite.list_in_time(std::slice::from_ref(&last));
    assert_eq!(suite.validator_info(&last).cap.u128(), 70 * TOKEN);
    suite.drain(std::slice::from_ref(&last));
    let id = suite.list_later(vec![listing(&last)]);
    suite.advance(36 * DAY); // nobody moves its stake meanwhile
    suite.apply(id);
    assert_eq!(in_force(&suite, &last), Some(70 * TOKEN));
}

#[test]
fn nobody_else_may_say_it() {
    let (mut suite, last) = suite();
    let other = suite.operator(&suite.listed[0].clone());
    let (mallory, owner) = (suite.user("mallory"), suite.owner.clone());
    for sender in [&mallory, &owner, &other] {
        let text = refusal(&mut suite, sender, &last, 0);
        let reason = format!("{sender} is not the account of the operator {last}");
        assert!(text.contains(&reason), "{text}");
    }
    assert_eq!(in_force(&suite, &last), None);
}

#[test]
fn unknown_and_draining_validators_want_nothing() {
    let (mut suite, last) = suite();
    let unknown = suite.validators[0].clone();
    let (of_unknown, of_last) = (suite.operator(&unknown), suite.operator(&last));
    let text = refusal(&mut suite, &of_unknown, &unknown, 0);
    assert!(text.contains(&format!("{unknown} is not listed")), "{text}");

    suite.drain(std::slice::from_ref(&last));

    let text = refusal(&mut suite, &of_last, &last, 0);
    assert!(text.contains(&format!("{last} is not listed")), "{text}");
}

#[test]
fn raise_that_begins_to_count_ends_the_fill_list() {
    // nine may hold 13.9 % each until the tenth is back: then 12.5 %, and no slot of before is taken
    let (mut suite, last) = suite();
    suite.set_own_maximum(&last, Some(0));
    suite.advance(DAY);
    suite.set_own_maximum(&last, None);
    let counts_at = suite.now() + UNBONDING_TIME;
    suite.advance(UNBONDING_TIME - HOUR);
    suite.keep();
    assert!(!deposits_reach(&mut suite, &last));

    suite.advance(counts_at - suite.now());

    let bob = suite.user("bob");
    let deposited = suite.deposit(&bob, 100 * TOKEN);
    assert!(deposited.named("delegated").is_empty());
    suite.keep();
    assert!(suite.validator_info(&last).delegated.u128() > 55 * TOKEN);
}
