//! The guardian's brake.
//!
//! Succeeds when it stops deposits and moves toward targets for two weeks at most, and nothing else.
//!
//! Fails when somebody else puts it on, when it is put on again before the owner has armed it, and when its
//! end is too far.

use defenders_suite::chain::TxResult;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::{BrakeResponse, ExecuteMsg, Job, QueryMsg};

use crate::rebalance::{plan, refresh};
use crate::settings::propose;

fn brake(suite: &Suite) -> BrakeResponse {
    suite.query(&QueryMsg::Brake {})
}

fn put_on(suite: &mut Suite, sender: &str, until: Option<u64>) -> TxResult {
    suite.execute(sender, &ExecuteMsg::PutBrakeOn { until }, vec![])
}

fn take_off(suite: &mut Suite, sender: &str) -> TxResult {
    let msg = ExecuteMsg::TakeBrakeOff { valid_until: None };
    suite.execute(sender, &msg, vec![])
}

fn arm(suite: &mut Suite, sender: &str) -> TxResult {
    let msg = ExecuteMsg::ArmBrake { valid_until: None };
    suite.execute(sender, &msg, vec![])
}

/// A funded vault with a guardian, and some more for Bob.
fn guarded(builder: SuiteBuilder) -> (Suite, String) {
    let mut suite = builder.build();
    let guardian = suite.user("guardian");
    propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
    let alice = suite.user_with("alice", 1_000 * TOKEN);
    suite.keep();
    suite.deposit(&alice, 1_000 * TOKEN);
    suite.keep();
    (suite, guardian)
}

#[test]
fn brake_stops_deposits_and_nothing_that_leaves() {
    let (mut suite, guardian) = guarded(SuiteBuilder::base().with_room_to_leave());
    let (alice, bob) = (suite.user("alice"), suite.user_with("bob", 10 * TOKEN));
    let told = put_on(&mut suite, &guardian, None).unwrap();
    let until = suite.now() + 14 * DAY;
    let on = event("brake_put_on", [("guardian", &guardian), ("until", &until)]);
    assert_eq!(told.vault_events(), vec![on]);
    assert_eq!(brake(&suite).until, Some(until));

    let refusal = suite.try_deposit(&bob, TOKEN).unwrap_err();
    let says = format!("the guardian has put the brake on until {until}");
    assert!(refusal.says(&says), "{}", refusal.text);
    suite.request(&alice, 100 * TOKEN);
    let drained = suite.listed[..1].to_vec();
    suite.drain(&drained);
    suite.keep_for_days(30);
    let before = suite.tokens(&alice);
    suite.claim(&alice, 1);
    assert!(suite.tokens(&alice) >= before + 99 * TOKEN);
    let left = suite.chain.delegations(&suite.vault);
    assert!(left.iter().all(|(validator, _)| *validator != drained[0]));
    assert_eq!(brake(&suite).until, None); // over by itself
    suite.deposit(&bob, TOKEN);
}

#[test]
fn brake_holds_moves_toward_targets_alone() {
    let mut builder = SuiteBuilder::base().with_listed_count(20);
    let later = builder.listed.split_off(10);
    let (mut suite, guardian) = guarded(builder);
    let later: Vec<String> = later.iter().map(|i| suite.validators[*i].clone()).collect();
    suite.list_in_time(&later);
    suite.advance(DAY);
    refresh(&mut suite);
    while let Some(job) = plan(&suite).job.filter(|job| *job != Job::Rebalance) {
        suite.tick(job);
    }
    assert!(!plan(&suite).moves.is_empty());

    put_on(&mut suite, &guardian, None).unwrap();
    assert!(plan(&suite).moves.is_empty());
    take_off(&mut suite, &guardian).unwrap();
    assert!(!plan(&suite).moves.is_empty());
}

#[test]
fn brake_is_put_on_once_until_the_owner_arms_it() {
    let (mut suite, guardian) = guarded(SuiteBuilder::base());
    let (owner, bob) = (suite.owner.clone(), suite.user("bob"));
    for stranger in [&owner, &bob] {
        let refusal = put_on(&mut suite, stranger, None).unwrap_err();
        let says = format!("only the guardian {guardian} may do this, not {stranger}");
        assert!(refusal.says(&says), "{}", refusal.text);
    }
    let now = suite.now();
    for until in [now, now + 15 * DAY] {
        let refusal = put_on(&mut suite, &guardian, Some(until)).unwrap_err();
        assert!(refusal.says("the brake must end after"), "{}", refusal.text);
    }
    put_on(&mut suite, &guardian, Some(now + DAY)).unwrap();
    let refusal = arm(&mut suite, &owner).unwrap_err();
    assert!(
        refusal.says("the guardian has put the brake on"),
        "{}",
        refusal.text
    );
    let refusal = take_off(&mut suite, &bob).unwrap_err();
    assert!(refusal.says("only the owner"), "{}", refusal.text);
    let told = take_off(&mut suite, &owner).unwrap();
    assert_eq!(
        told.vault_events(),
        vec![event("brake_taken_off", [("by", &owner)])]
    );
    let refusal = take_off(&mut suite, &owner).unwrap_err();
    assert!(refusal.says("the brake is not on"), "{}", refusal.text);

    let refusal = put_on(&mut suite, &guardian, None).unwrap_err();
    assert!(
        refusal.says("the owner must arm it first"),
        "{}",
        refusal.text
    );
    let refusal = arm(&mut suite, &guardian).unwrap_err();
    assert!(refusal.says("only the owner"), "{}", refusal.text);
    let told = arm(&mut suite, &owner).unwrap();
    assert_eq!(told.vault_events().len(), 1);
    put_on(&mut suite, &guardian, None).unwrap();
    assert!(!brake(&suite).is_armed);
}

#[test]
fn nobody_puts_it_on_where_no_guardian_is_named() {
    let mut suite = crate::fixture::funded();
    let owner = suite.owner.clone();
    let refusal = put_on(&mut suite, &owner, None).unwrap_err();
    assert!(refusal.says("only the guardian nobody"), "{}", refusal.text);
    assert_eq!(
        brake(&suite),
        BrakeResponse {
            guardian: None,
            until: None,
            is_armed: true,
        }
    );
}
