//! Unbonding entries: seven per validator, of which one is kept for leaving it.
//!
//! Succeeds when requests of one block share an entry, and when a validator without a free one
//! is passed until an entry is surely paid.
//!
//! Fails never as a whole.

use cosmwasm_std::Uint128;
use defenders_suite::messages::tick;
use defenders_suite::{
    BLOCK, DAY, HOUR, Refused, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, text,
};
use defenders_types::Job;

use crate::fixture::{funded_from, wait_for_unbonding};

/// staking: too many unbonding entries.
const CODE_MAX_ENTRIES: u32 = 27;

/// All stake is at one validator.
fn one_validator() -> (Suite, String, String) {
    let suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let (alice, only) = (suite.user("alice"), suite.listed[0].clone());
    (suite, alice, only)
}

#[test]
fn highest_validator_without_a_free_entry_is_passed_and_keeps_one_for_leaving() {
    // one validator stands far above four others, and gives until six of its entries are taken
    let mut listed = [50_000 * TOKEN; 5];
    listed[2] = 100_000 * TOKEN;
    let builder = SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &listed);
    let mut suite = builder.with_room_to_leave().build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 1000 * TOKEN); // fills the four up to their caps of 25 %
    suite.keep();
    suite.deposit(&alice, 200 * TOKEN); // gives the fifth its floor
    suite.keep();
    let highest = suite.listed[2].clone();
    let mut asked = vec![];
    for _ in 0..8 {
        suite.request(&alice, 2 * TOKEN); // no dust: a thousandth is 1.2 tokens
        let outcome = suite.tick(Job::Submit);
        asked.push(text(&outcome.named("undelegated")[0], "validator"));
        suite.advance(DAY);
    }

    assert!(asked[..6].iter().all(|v| *v == highest), "{asked:?}");
    assert!(asked[6..].iter().all(|v| *v != highest), "{asked:?}");
    assert_eq!(suite.validator_info(&highest).unbonding_entries, 6);
    suite.drain(std::slice::from_ref(&highest));
    suite.leave_by_undelegation(std::slice::from_ref(&highest));
    let info = suite.validator_info(&highest);
    assert_eq!(
        (info.unbonding_entries, info.delegated),
        (7, Uint128::zero())
    );
}

#[test]
fn two_pieces_of_one_block_share_an_entry() {
    let mut suite = SuiteBuilder::base().with_listed_count(2).build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 199 * TOKEN);
    suite.keep();
    suite.request(&alice, 150 * TOKEN);
    let refusing = suite.listed[1].clone();
    suite.refuse(&refusing, Refused::Undelegate, 22);
    let keeper = suite.user("keeper");
    let submit = suite.call(&keeper, &tick(Some(Job::Submit)), vec![]);

    let results = suite.block(BLOCK, vec![submit.clone(), submit]);

    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let ledger = suite.ledger();
    assert_eq!((ledger.len(), ledger[0].parts.len()), (1, 1));
    suite.heal();
    suite.keep_for_days(1);
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 150 * TOKEN);
}

#[test]
fn full_validator_is_asked_again_only_when_an_entry_is_paid() {
    let (mut suite, alice, only) = one_validator();
    suite.request(&alice, TOKEN);
    suite.tick(Job::Submit);
    suite.advance(4 * DAY);
    suite.request(&alice, 10 * TOKEN);
    suite.refuse(&only, Refused::Undelegate, CODE_MAX_ENTRIES);
    suite.tick(Job::Submit);
    suite.heal();

    suite.advance(7 * HOUR); // any other refusal would be forgotten by now

    assert!(!suite.job(Job::Submit).due);
    let entry = suite.ledger()[0].completion_time.seconds();
    assert_eq!(suite.job(Job::Submit).next_at, Some(entry));
    wait_for_unbonding(&mut suite);
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 2);
    assert_eq!(suite.tokens(&alice), 10 * TOKEN);
}

#[test]
fn code_27_of_a_validator_without_entries_is_a_refusal_like_any_other() {
    let (mut suite, alice, only) = one_validator();
    suite.request(&alice, 10 * TOKEN);
    suite.refuse(&only, Refused::Undelegate, CODE_MAX_ENTRIES);
    suite.tick(Job::Submit);
    assert!(!suite.job(Job::Submit).due);
    suite.heal();

    suite.advance(7 * HOUR);

    assert!(suite.job(Job::Submit).due);
}

#[test]
fn piece_settles_what_is_due_first() {
    let (mut suite, alice, _) = one_validator();
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    suite.request(&alice, 10 * TOKEN);
    suite.advance(22 * DAY);

    let outcome = suite.tick(Job::Submit);

    assert!(outcome.emits("settled"));
    assert_eq!(suite.batch(1).unwrap().tokens.u128(), 10 * TOKEN);
}

#[test]
fn entry_that_a_piece_forgets_on_its_way_frees_its_slot_for_good() {
    let (mut suite, alice, only) = one_validator();
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    suite.request(&alice, 5 * TOKEN);
    suite.advance(UNBONDING_TIME);
    suite.claim(&alice, 1); // settles before it is proved that all was paid: the row stays
    assert_eq!(suite.validator_info(&only).unbonding_entries, 1);

    suite.tick(Job::Submit);

    // the paid entry is forgotten, and the new one counts in its stead
    assert_eq!(suite.ledger().len(), 1);
    assert_eq!(suite.validator_info(&only).unbonding_entries, 1);
}
