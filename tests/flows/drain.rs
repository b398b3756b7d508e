//! Taking validators off the list.
//!
//! Succeeds when the owner drains: no new stake from then on. Here the present one leaves by
//! undelegation, as where it cannot be redelegated: it stays in the price, and is delegated again when it
//! has arrived. `rebalance_leaving.rs` tells how it is redelegated, `drain_last_unit.rs` how a
//! slashed validator is left to the last unit.
//!
//! Fails for validators that are not listed, drain already, or do not exist.

use defenders_suite::messages::listing;
use defenders_suite::{DAY, Suite, TOKEN, UNBONDING_TIME, event, text};
use defenders_types::{EntryPurpose, Exclusion, ExecuteMsg, Job};

use crate::fixture::{roomy, wait_for_unbonding};

pub fn drained() -> (Suite, String) {
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    (suite, leaving)
}

#[test]
fn drained_validator_that_cannot_be_redelegated_is_undelegated() {
    let (mut suite, leaving) = drained();

    let outcomes = suite.leave_by_undelegation(std::slice::from_ref(&leaving));

    // what the chain refused to redelegate is asked for next
    assert_eq!(outcomes.len(), 2);
    let completion_time = suite.chain.time().plus_seconds(UNBONDING_TIME);
    let expected = vec![
        event("ticked", [("job", &"rebalance")]),
        event(
            "synced",
            [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
        ),
        event(
            "rebalanced",
            [("moves", &1), ("dropped", &0), ("more", &false)],
        ),
        event(
            "undelegated",
            [
                ("validator", &leaving),
                ("tokens", &(105 * TOKEN)),
                ("amount", &(105 * TOKEN)),
                ("completion_time", &completion_time.nanos()),
                ("restake", &"true"),
                ("reason", &"drained"),
            ],
        ),
    ];
    assert_eq!(outcomes[1].vault_events(), expected);
    assert_eq!(suite.ledger()[0].parts[0].purpose, EntryPurpose::Restake {});
}

#[test]
fn leaving_stake_stays_in_the_price_and_is_delegated_again() {
    let (mut suite, leaving) = drained();
    let rate = suite.rate();

    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    assert_eq!(suite.rate(), rate);
    assert_eq!(suite.totals().restaking.u128(), 105 * TOKEN);
    wait_for_unbonding(&mut suite);

    assert_eq!(suite.rate(), rate);
    assert_eq!(suite.totals().restaking.u128(), 0);
    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
    let delegations = suite.chain.delegations(&suite.vault);
    assert!(
        delegations
            .iter()
            .all(|(validator, _)| *validator != leaving)
    );
}

#[test]
fn drained_validator_is_never_a_target() {
    let (mut suite, leaving) = drained();
    let bob = suite.user("bob");

    let info = suite.validator_info(&leaving);
    assert_eq!(info.exclusion, Some(Exclusion::Draining));
    assert!(!info.listed);
    assert_eq!((info.target.u128(), info.cap.u128()), (0, 0));
    for _ in 0..4 {
        let deposited = suite.deposit(&bob, 300 * TOKEN);
        let kept = suite.keep();
        let all = kept.iter().chain([&deposited]);
        let targets = all.flat_map(|o| o.named("delegated"));
        assert!(
            targets
                .into_iter()
                .all(|e| text(&e, "validator") != leaving)
        );
        suite.advance(DAY);
    }
}

#[test]
fn withdrawals_take_from_drained_validators_first() {
    let (mut suite, leaving) = drained();
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);

    let outcome = suite.tick(Job::Submit);

    assert_eq!(text(&outcome.named("undelegated")[0], "validator"), leaving);
}

#[test]
fn new_validator_is_not_judged_by_the_powers_of_one_who_left() {
    let mut suite = roomy();
    let later = suite.list_later(vec![listing(&suite.validators[3].clone())]);
    suite.keep_for_days(15);
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.advance(UNBONDING_TIME + 60);
    suite.tick(Job::Settle);
    suite.tick(Job::Settle); // the entry is surely paid by now: nothing is left of the drained one
    assert_eq!(suite.ledger(), vec![]);

    let new = suite.validators[3].clone();
    suite.apply(later);

    // what was read of the drained one is still there, and nothing was read of the new one
    assert_ne!(leaving, new);
    assert_eq!(
        suite.validator_info(&new).exclusion,
        Some(Exclusion::Unknown)
    );
}

#[test]
fn loss_of_leaving_stake_is_the_shareholders() {
    let (mut suite, leaving) = drained();
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.slash(&leaving, 10, 1_000);

    wait_for_unbonding(&mut suite);

    // 10 % of the entry's 105 tokens
    assert_eq!(suite.rate().total_assets.u128(), 9_895 * TOKEN / 10);
}

#[test]
fn relisted_validator_is_a_target_again() {
    let (mut suite, leaving) = drained();
    suite.keep();
    suite.list_in_time(std::slice::from_ref(&leaving));
    suite.keep();
    let bob = suite.user("bob");

    suite.deposit(&bob, 500 * TOKEN);
    suite.keep();

    assert!(!suite.validator_info(&leaving).delegated.is_zero());
}

#[test]
fn draining_the_last_validators_leaves_a_vault_that_pays_out() {
    let mut suite = roomy();
    let all = suite.listed.clone();
    suite.drain(&all);

    assert_eq!(suite.totals().capacity.u128(), 0);
    let bob = suite.user_with("bob", TOKEN);
    suite.try_deposit(&bob, TOKEN).unwrap_err();
    suite.leave_by_undelegation(&all);
    wait_for_unbonding(&mut suite);
    assert_eq!(suite.totals().idle.u128(), 1000 * TOKEN);

    let alice = suite.user("alice");
    let shares = suite.shares(&alice);
    suite.request(&alice, shares);
    suite.keep();
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 999 * TOKEN);
}

#[test]
fn stake_of_an_unlisted_validator_counts_and_leaves() {
    // A redelegation slash or an operator's own message cannot give the vault stake; a listing
    // that was drained and relisted, then drained again, must not lose any on the way.
    let (mut suite, leaving) = drained();
    let id = suite.list_later(vec![listing(&leaving)]);
    suite.advance(31 * DAY); // nobody moves anything meanwhile
    suite.apply(id);
    suite.drain(std::slice::from_ref(&leaving));

    suite.leave_by_undelegation(std::slice::from_ref(&leaving));

    assert_eq!(suite.totals().restaking.u128(), 105 * TOKEN);
}

#[test]
fn lists_that_make_no_sense_are_refused() {
    let (mut suite, leaving) = drained();
    let owner = suite.owner.clone();
    let large = suite.validators[0].clone();
    let drain = |validator: &str| ExecuteMsg::DrainValidators {
        validators: vec![validator.into()],
        valid_until: None,
    };
    let list = |validators: &[String]| defenders_suite::messages::list_validators(validators);
    let many: Vec<String> = (0..101).map(|i| format!("valoper{i}")).collect();
    let tries = [
        (drain(&leaving), "is draining already"),
        (drain(&large), "is not listed"),
        (
            list(&["nobody".to_string()]),
            "does not exist on this chain",
        ),
        (list(&[large.clone(), large]), "is named twice"),
        (list(&[]), "name 1 to 100 validators, got 0"),
        (list(&many), "name 1 to 100 validators, got 101"),
    ];
    for (msg, reason) in tries {
        let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
        assert!(refusal.says(reason), "{}", refusal.text);
    }
}
