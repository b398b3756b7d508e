//! What unbonding entries are expected to bring after a slash.
//!
//! Succeeds when a loss that the chain already shows is in the price of those who leave, and when what
//! arrives above the marks is released little by little. `marks_pieces.rs` tells what batches bear of it,
//! `marks_settled.rs` on whom it falls when entries are paid.
//!
//! Fails to hold anybody up: what cannot be read is not marked.

use cosmwasm_std::{StakingMsg, Uint128, coin};
use defenders_suite::choice::is_real;
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, number,
    text,
};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, funded_from, leave, roomy, wait_for_unbonding};

/// Within what marks are wrong by here, 1 in 1,000: the suite's slash goes by today's power, in which
/// what is unbonding does not count any more.
pub fn assert_close(got: u128, due: u128) {
    assert!(got.abs_diff(due) <= due / 1_000, "{got} instead of {due}");
}

/// Alice and Bob own half of the vault each; `count` validators were left, whose stake is unbonding,
/// and sign twice for a block in which they still held it: 5 % of it is lost.
pub fn slashed_on_the_way(count: usize) -> (Suite, String, String, Vec<String>) {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..count].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    for validator in &leaving {
        suite.chain.double_sign(validator, height);
    }
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    (suite, alice, bob, leaving)
}

/// The next whole reading of the powers, when it is due.
pub fn read(suite: &mut Suite) -> Vec<Outcome> {
    let wait = suite.job(Job::Refresh).next_at.unwrap_or_default();
    suite.advance(wait.saturating_sub(suite.now()) + BLOCK);
    let mut outcomes = vec![];
    while suite.job(Job::Refresh).due {
        outcomes.push(suite.tick(Job::Refresh));
    }
    outcomes
}

#[test]
fn leaver_bears_the_loss_of_stake_that_is_on_its_way_back() {
    // 315 of 1000 tokens are on their way back, of which 5 % are lost: 984.25 are left
    let (mut suite, alice, bob, _) = slashed_on_the_way(3);

    suite.advance(2 * HOUR);
    let paid = leave(&mut suite, &alice);
    wait_for_unbonding(&mut suite);

    assert_close(paid, 499 * 98_425 * TOKEN / 100_000);
    assert_close(
        suite.worth(suite.shares(&bob)),
        500 * 98_425 * TOKEN / 100_000,
    );
    assert_eq!(suite.totals().marked_down.u128(), 0);
}

#[test]
fn refresh_tells_what_it_marks_down_and_totals_show_face_value_and_marks() {
    let (mut suite, _, _, leaving) = slashed_on_the_way(1);
    let before = suite.totals();

    let read = read(&mut suite);

    let lost = 105 * TOKEN * 5 / 100;
    let mark = event(
        "marked",
        [
            ("validator", &leaving[0]),
            ("tokens_per_share", &"0.95"),
            ("restaking", &lost),
            ("unbonding", &0),
        ],
    );
    let marked: Vec<_> = read.iter().flat_map(|o| o.named("marked")).collect();
    assert_eq!(marked, vec![mark]);
    let after = suite.totals();
    assert_eq!(after.restaking.u128(), 105 * TOKEN);
    assert_eq!(after.restaking_at_marks.u128(), 105 * TOKEN - lost);
    assert_eq!(after.marked_down.u128(), lost);
    assert_eq!((before.total_assets - after.total_assets).u128(), lost);
    assert_eq!(suite.ledger()[0].mark.u128(), 105 * TOKEN - lost);
    // told once
    let again = suite.tick(Job::Sync);
    assert!(!again.emits("marked"));
}

#[test]
fn deposit_pays_the_face_value_of_what_is_marked_down() {
    let (mut suite, _, _, _) = slashed_on_the_way(3);
    read(&mut suite);
    let carol = suite.user("carol");

    suite.deposit(&carol, 100 * TOKEN);

    // 1000 shares for 1000 tokens at face value: nothing to gain if more arrives than expected
    assert_eq!(suite.shares(&carol), 100 * TOKEN);
    assert!(suite.worth(100 * TOKEN) < 99 * TOKEN);
}

#[test]
fn mark_that_comes_true_changes_the_price_no_more() {
    let (mut suite, _, _, _) = slashed_on_the_way(3);
    read(&mut suite);
    let marked = suite.rate().total_assets.u128();
    suite.advance(UNBONDING_TIME);

    let kept = suite.keep();

    let restaked = told(&kept, "restaked");
    assert_eq!(number(&restaked, "tokens"), 315 * TOKEN);
    assert_eq!(number(&restaked, "arrived"), number(&restaked, "mark"));
    assert_eq!(suite.rate().total_assets.u128(), marked);
}

#[test]
fn what_arrives_above_its_mark_is_released_little_by_little() {
    // the infraction is of now: the chain spares entries that began before it, the marks do not
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.advance(BLOCK);
    suite.slash(&leaving, 10, 0);
    read(&mut suite);
    let marked = suite.rate().total_assets.u128();
    assert_eq!(marked, 1000 * TOKEN - 105 * TOKEN / 10);
    suite.advance(UNBONDING_TIME);

    let settled = suite.tick(Job::Settle);

    assert_eq!(
        number(&settled.named("restaked")[0], "arrived"),
        105 * TOKEN
    );
    assert_eq!(suite.totals().total_assets.u128(), marked);
    assert_eq!(suite.totals().locked_profit.u128(), 105 * TOKEN / 10);
    suite.advance(DAY / 2);
    assert_close(suite.rate().total_assets.u128(), marked + 105 * TOKEN / 20);
    suite.advance(DAY);
    assert_eq!(suite.rate().total_assets.u128(), 1000 * TOKEN);
}

/// Double signs for a height at which all of it was still delegated.
pub fn sign_twice(suite: &mut Suite, validators: &[String], height: u64) {
    for validator in validators {
        suite.chain.double_sign(validator, height);
    }
    suite.advance(BLOCK);
    suite.advance(BLOCK);
}

/// The last event of this name.
fn told(outcomes: &[Outcome], name: &str) -> cosmwasm_std::Event {
    let all = outcomes.iter().flat_map(|outcome| outcome.named(name));
    all.last().unwrap()
}

#[test]
fn sync_that_books_a_loss_marks_the_entries_there() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 50 * TOKEN);
    suite.tick(Job::Submit);
    let validator = suite.ledger()[0].validator.clone();
    suite.slash(&validator, 20, 1_000);

    let synced = suite.tick(Job::Sync);

    let marked = synced.named("marked");
    assert_eq!(text(&marked[0], "validator"), validator);
    assert_eq!(number(&marked[0], "restaking"), 0);
    assert_close(suite.ledger()[0].mark.u128(), 40 * TOKEN);
}

#[test]
fn slash_that_nobody_can_read_marks_nothing_and_holds_nobody_up() {
    let (mut suite, alice, _, leaving) = slashed_on_the_way(3);
    for validator in &leaving {
        suite.faults().refuse_queries_about(validator);
    }
    suite.advance(HOUR + BLOCK);
    suite.request(&alice, 499 * TOKEN);
    suite.advance(DAY);

    suite.keep();

    assert_eq!(suite.totals().marked_down.u128(), 0);
    assert_ne!(suite.batch(1).unwrap().state, BatchState::Open);
}

#[test]
fn marks_of_more_than_a_hundred_validators_are_read_in_several_calls() {
    let builder = SuiteBuilder::base().with_listed_count(130);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
        p.min_delegation = Uint128::new(TOKEN / 10);
    }));
    let alice = suite.user("alice");
    let leaving = suite.listed[..120].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving[..60]);
    suite.drain(&leaving[60..]);
    suite.leave_by_undelegation(&leaving);
    let on_the_way = suite.ledger();
    let last = on_the_way.iter().map(|row| row.validator.clone()).max();
    assert!(on_the_way.len() > 100, "{}", on_the_way.len());
    suite.request(&alice, 100 * TOKEN);
    sign_twice(&mut suite, &[last.unwrap()], height);

    let first = suite.tick(Job::Submit);
    assert!(!first.emits("batch_submitted"));
    let second = suite.tick(Job::Submit);

    assert!(second.emits("batch_submitted"));
    assert_eq!(
        first.named("marked").len() + second.named("marked").len(),
        1
    );
}

pub fn undelegate(validator: &str, tokens: u128) -> StakingMsg {
    StakingMsg::Undelegate {
        validator: validator.into(),
        amount: coin(tokens, DENOM),
    }
}

/// The operator's own account, on either chain.
pub fn operator_of(suite: &Suite, validator: &str) -> String {
    if !is_real() {
        return suite.chain.account(validator);
    }
    let data = |address: &str| {
        let part = address.rsplit('1').next().unwrap().to_owned();
        part[..part.len() - 6].to_owned()
    };
    let mut accounts = (0..64).map(|n| suite.chain.account(&format!("validator-{n}")));
    accounts
        .find(|account| data(account) == data(validator))
        .unwrap()
}

#[test]
fn operator_who_plays_with_the_last_units_of_its_stake_marks_nobody_down() {
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    // an old slash: a share is not worth one token any more
    suite.slash(&leaving, 3, 0);
    suite.tick(Job::Sync);
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));

    // alone there, it leaves a few units on much fewer shares
    let operator = operator_of(&suite, &leaving);
    let delegations = suite.chain.delegations(&operator);
    let own = delegations.iter().find(|(there, _)| *there == leaving);
    let redelegate = StakingMsg::Redelegate {
        src_validator: leaving.clone(),
        dst_validator: suite.listed[5].clone(),
        amount: coin(own.unwrap().1 - 11, DENOM),
    };
    suite.stake(&operator, redelegate).unwrap();
    for tokens in [11, 1, 1, 1, 1] {
        let _ = suite.stake(&operator, undelegate(&leaving, tokens));
    }
    read(&mut suite);
    for (there, crumb) in suite.chain.delegations(&operator) {
        if there == leaving {
            suite.stake(&operator, undelegate(&there, crumb)).unwrap();
        }
    }
    let another = suite.user_with("another", TOKEN);
    let amount = coin(1, DENOM);
    let validator = leaving.clone();
    let refill = StakingMsg::Delegate { validator, amount };
    suite.stake(&another, refill).unwrap();
    read(&mut suite);

    assert_eq!(suite.totals().marked_down.u128(), 0);
}
