//! Fee and bounty.
//!
//! Succeeds when they are paid with the harvest; what cannot be paid stays owed, is no
//! shareholder's, and is pulled with `claim_fee`.
//!
//! Fails when more than 10 % is configured, and when nothing is owed.

use defenders_suite::{DAY, Suite, SuiteBuilder, event, number};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{REWARD, funded, funded_from};

fn claim_fee(recipient: &str) -> ExecuteMsg {
    ExecuteMsg::ClaimFee {
        recipient: Some(recipient.into()),
    }
}

/// 10 % of 94 999 990 are 9 499 999, less the keeper's tenth of 949 999.
const FEE: u128 = 8_550_000;

/// 95 tokens of rewards wait, and the fee recipient cannot be paid.
fn unpayable() -> Suite {
    let mut suite = funded();
    suite.reward(REWARD);
    suite.advance(DAY);
    let fee_recipient = suite.fee_recipient.clone();
    suite.faults().block_recipient(&fee_recipient);
    suite
}

#[test]
fn fee_recipient_that_cannot_receive_stops_no_harvest() {
    let mut suite = unpayable();
    let fee_recipient = suite.fee_recipient.clone();

    let outcome = suite.tick(Job::Harvest);

    let owed = event(
        "fee_owed",
        [("recipient", &fee_recipient), ("tokens", &FEE)],
    );
    assert_eq!(outcome.named("fee_owed"), vec![owed]);
    assert_eq!(outcome.named("harvested").len(), 1);
    assert_eq!(suite.fee_owed(&fee_recipient), FEE);
    assert_eq!(suite.totals().fees_owed.u128(), FEE);
    // the keeper was paid all the same
    assert_eq!(suite.fee_owed(&suite.user("keeper")), 0);
}

#[test]
fn fee_that_is_owed_can_be_pulled_once() {
    let mut suite = unpayable();
    let fee_recipient = suite.fee_recipient.clone();
    suite.tick(Job::Harvest);
    let bob = suite.user("bob");
    suite
        .execute(&bob, &claim_fee(&fee_recipient), vec![])
        .unwrap_err();
    assert_eq!(suite.fee_owed(&fee_recipient), FEE);
    suite.heal();

    let outcome = suite
        .execute(&bob, &claim_fee(&fee_recipient), vec![])
        .unwrap();

    let claimed = event(
        "fee_claimed",
        [("recipient", &fee_recipient), ("tokens", &FEE)],
    );
    assert_eq!(outcome.vault_events(), vec![claimed]);
    assert_eq!(suite.tokens(&fee_recipient), FEE);
    let again = suite
        .execute(&bob, &claim_fee(&fee_recipient), vec![])
        .unwrap_err();
    assert!(again.says("nothing is owed"), "{}", again.text);
}

#[test]
fn keeper_that_cannot_receive_stops_no_harvest() {
    let mut suite = unpayable();
    suite.heal();
    let keeper = suite.user("blocked keeper");
    suite.faults().block_recipient(&keeper);
    let msg = defenders_suite::messages::tick(Some(Job::Harvest));

    suite.execute(&keeper, &msg, vec![]).unwrap();

    assert_eq!(suite.fee_owed(&keeper), 949_999);
}

#[test]
fn fee_that_is_owed_is_neither_invested_nor_paid_to_batches() {
    let mut suite = unpayable();
    suite.tick(Job::Harvest);

    suite.keep_for_days(2);
    let alice = suite.user("alice");
    let all = suite.shares(&alice);
    suite.request(&alice, all);
    suite.keep_for_days(25);

    assert_eq!(suite.totals().fees_owed.u128(), FEE);
}

#[test]
fn vault_without_a_fee_pays_none() {
    let mut suite = funded_from(SuiteBuilder::base().with_fee(0, 100));
    suite.reward(REWARD);
    suite.advance(DAY);

    let outcome = suite.tick(Job::Harvest);

    let harvested = &outcome.named("harvested")[0];
    assert_eq!(
        (number(harvested, "fee"), number(harvested, "bounty")),
        (0, 0)
    );
}

#[test]
fn fee_above_a_tenth_is_refused() {
    let refusal = SuiteBuilder::base().with_fee(11, 0).try_build().err();
    let text = refusal.unwrap().text;
    assert!(text.contains("must be between"), "{text}");
}

#[test]
fn bounty_above_the_whole_fee_is_refused() {
    let refusal = SuiteBuilder::base().with_fee(10, 101).try_build().err();
    let text = refusal.unwrap().text;
    assert!(text.contains("must be between"), "{text}");
}

#[test]
fn claim_without_a_fee_owed_is_refused() {
    let mut suite = funded();
    let bob = suite.user("bob");
    let refusal = suite.execute(&bob, &claim_fee(&bob), vec![]).unwrap_err();
    assert!(refusal.says("nothing is owed"), "{}", refusal.text);
}
