//! Validators whose touch panics in the chain's reward calculation, beyond the reach of any reply.
//!
//! Succeeds without them: a tick that passes such a validator, once its job has been due for a day.
//!
//! Fails as a whole, and changes nothing, in every call that touches one.

use cosmwasm_std::{StakingMsg, coin, coins};
use defenders_suite::messages::deposit;
use defenders_suite::{BLOCK, DAY, DENOM, HOUR, Outcome, Suite, TOKEN, Tx, TxResult, number, text};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{REWARD, batch_of, funded, leave, roomy};
use crate::rebalance::refresh;

/// A vault of which this validator, by its place in the list, panics.
fn panicking(at: usize) -> (Suite, String) {
    let mut suite = funded();
    let bad = suite.listed[at].clone();
    suite.faults().panic_on_touch(&bad);
    (suite, bad)
}

/// All that the vault has stored and owns, and what bob and the keeper have.
fn everything(suite: &Suite) -> impl PartialEq + std::fmt::Debug + use<> {
    let accounts = [&suite.vault, &suite.pot, &suite.fee_recipient];
    let users = ["bob", "keeper"].map(|name| suite.tokens(&suite.user(name)));
    (
        [&suite.vault, &suite.pot].map(|contract| suite.chain.state(contract)),
        accounts.map(|account| suite.tokens(account)),
        users,
        suite.chain.delegations(&suite.vault),
        suite.chain.unbonding_entries(&suite.vault),
    )
}

fn assert_panics(suite: &mut Suite, tx: Tx) {
    let before = everything(suite);
    let refusal = suite.tx(tx).unwrap_err();
    for part in [
        "codespace: undefined, code: 111222",
        "recovered: ",
        "greater than current stake",
        "panic",
    ] {
        assert!(refusal.says(part), "no {part:?} in {}", refusal.text);
    }
    assert_eq!(everything(suite), before);
}

fn ticking(suite: &Suite, job: Job, skip: Option<&str>) -> Tx {
    let keeper = suite.user("keeper");
    let msg = ExecuteMsg::Tick {
        job: Some(job),
        skip: skip.map(|validator| vec![validator.into()]),
    };
    suite.call(&keeper, &msg, vec![])
}

/// The job panics, is refused a day of it, and then done without the validator.
fn passed_after_a_day(suite: &mut Suite, job: Job, bad: &str) -> Outcome {
    let due_since = suite.job(job).due_since.unwrap();
    let tx = ticking(suite, job, None);
    assert_panics(suite, tx);
    suite.advance((due_since + DAY).saturating_sub(suite.now()));
    let tx = ticking(suite, job, None);
    assert_panics(suite, tx);
    let tx = ticking(suite, job, Some(bad));
    suite.tx(tx).unwrap()
}

fn named(outcome: &Outcome, event: &str) -> Vec<String> {
    let events = outcome.named(event);
    events.iter().map(|e| text(e, "validator")).collect()
}

#[test]
fn undelegation_of_a_submission_passes_the_validator_after_a_day() {
    let (mut suite, bad) = panicking(0);
    let alice = suite.user("alice");
    let requested = suite.request(&alice, 10 * TOKEN);

    let outcome = passed_after_a_day(&mut suite, Job::Submit, &bad);

    assert_eq!(named(&outcome, "undelegated"), [suite.listed[1].clone()]);
    wait_for_settlement(&mut suite);
    suite.claim(&alice, batch_of(&requested));
    assert_eq!(suite.tokens(&alice), 10 * TOKEN);
}

/// Settling touches no delegation.
fn wait_for_settlement(suite: &mut Suite) {
    suite.advance(21 * DAY + 60);
    while suite.job(Job::Settle).due {
        suite.tick(Job::Settle);
        suite.advance(BLOCK);
    }
}

#[test]
fn harvest_passes_the_validator_after_a_day() {
    let (mut suite, bad) = panicking(4);
    suite.reward(REWARD);
    let due_at = suite.job(Job::Harvest).next_at.unwrap();
    suite.advance(due_at - suite.now());

    let outcome = passed_after_a_day(&mut suite, Job::Harvest, &bad);

    let withdrawn = &outcome.named("rewards_withdrawn")[0];
    assert_eq!(number(withdrawn, "validators"), 9);
    // 9 x 105 tokens of the vault's 1000 stand elsewhere: a tenth each, less 5 % commission
    let harvested = &outcome.named("harvested")[0];
    assert!(number(harvested, "rewards") < 86 * TOKEN);
    assert!(number(harvested, "rewards") > 80 * TOKEN);
}

#[test]
fn investment_passes_the_validator_after_a_day() {
    let mut suite = funded();
    suite.reward(REWARD);
    suite.advance(DAY);
    suite.tick(Job::Harvest);
    suite.advance(DAY); // the profit is unlocked
    suite.tick(Job::Sync); // any call remembers since when tokens are idle
    let bad = suite.listed[9].clone();
    let staked = suite.validator_info(&bad).delegated;
    suite.faults().panic_on_touch(&bad);

    // the list made at the deposit has room on that validator alone; the next call makes a new one
    let first = passed_after_a_day(&mut suite, Job::Invest, &bad);
    assert_eq!(named(&first, "delegated"), [""; 0]);
    let tx = ticking(&suite, Job::Invest, Some(&bad));
    let second = suite.tx(tx).unwrap();

    let delegated = named(&second, "delegated");
    assert!(
        !delegated.is_empty() && !delegated.contains(&bad),
        "{delegated:?}"
    );
    assert_eq!(suite.validator_info(&bad).delegated, staked);
}

#[test]
fn drained_validators_leave_without_the_one_that_panics() {
    let (mut suite, bad) = panicking(2);
    let other = suite.listed[3].clone();
    suite.drain(&[bad.clone(), other.clone()]);
    suite.advance(BLOCK);

    let outcome = passed_after_a_day(&mut suite, Job::Rebalance, &bad);

    let moves = outcome.named("redelegated");
    assert!(!moves.is_empty());
    for moved in moves {
        assert_eq!(text(&moved, "source"), other);
        assert_ne!(text(&moved, "destination"), bad);
    }
    assert!(!suite.validator_info(&bad).delegated.is_zero());
}

#[test]
fn refresh_does_not_hide_for_how_long_a_rebalance_has_been_due() {
    let (mut suite, bad) = panicking(2);
    suite.drain(std::slice::from_ref(&bad));
    let due_since = suite.job(Job::Rebalance).due_since;
    assert_eq!(due_since, Some(suite.now()));
    suite.advance(DAY + BLOCK);
    refresh(&mut suite);

    assert_eq!(suite.job(Job::Rebalance).due_since, due_since);
    let tx = ticking(&suite, Job::Rebalance, Some(&bad));
    suite.tx(tx).unwrap();
}

#[test]
fn validator_that_panics_is_passed_every_hour_while_others_leave() {
    let mut suite = roomy(); // the epoch's budget has enough for several calls
    let bad = suite.listed[2].clone();
    suite.faults().panic_on_touch(&bad);
    let others = suite.listed[3..5].to_vec();
    suite.drain(&[&others[..], std::slice::from_ref(&bad)].concat());
    suite.advance(DAY);

    for _ in 0..2 {
        let tx = ticking(&suite, Job::Rebalance, Some(&bad));
        let outcome = suite.tx(tx).unwrap();
        let moves = outcome.named("redelegated");
        assert!(!moves.is_empty());
        assert!(moves.iter().all(|it| others.contains(&text(it, "source"))));
        suite.advance(HOUR);
    }
}

#[test]
fn deposit_that_would_delegate_to_the_validator_fails_and_leaves_the_tokens() {
    // the last validator has the most room, and is the head of the list
    let (mut suite, _) = panicking(9);
    let bob = suite.user_with("bob", 10 * TOKEN);
    suite.advance(BLOCK);

    let funds = vec![coin(10 * TOKEN, DENOM)];
    let tx = suite.call(&bob, &defenders_suite::messages::deposit(), funds);
    assert_panics(&mut suite, tx);

    assert_eq!(suite.tokens(&bob), 10 * TOKEN);
    assert_eq!(suite.shares(&bob), 0);
}

#[test]
fn rest_of_the_block_goes_on() {
    let (mut suite, _) = panicking(0);
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    let txs = vec![
        ticking(&suite, Job::Submit, None),
        ticking(&suite, Job::Sync, None),
    ];
    let results: Vec<TxResult> = suite.block(BLOCK, txs);
    assert!(results[0].is_err() && results[1].is_ok(), "{results:?}");
}

#[test]
fn first_delegation_of_somebody_else_is_sound() {
    let (mut suite, bad) = panicking(0);
    let bob = suite.user_with("bob", 10 * TOKEN);
    suite.advance(BLOCK);
    for _ in 0..2 {
        let msg = StakingMsg::Delegate {
            validator: bad.clone(),
            amount: coin(TOKEN, DENOM),
        };
        suite.stake(&bob, msg).unwrap();
    }
    assert_eq!(suite.chain.delegations(&bob), [(bad, 2 * TOKEN)]);
}

#[test]
fn slash_does_not_end_the_panics_but_healing_does() {
    let (mut suite, bad) = panicking(0);
    suite.slash(&bad, 10, 0);
    suite.advance(DAY);
    let tx = ticking(&suite, Job::Harvest, None);
    assert_panics(&mut suite, tx);

    suite.heal();

    let outcome = suite.tick(Job::Harvest);
    let withdrawn = &outcome.named("rewards_withdrawn")[0];
    assert_eq!(number(withdrawn, "validators"), 10);
    let alice = suite.user("alice");
    leave(&mut suite, &alice);
    assert_eq!(suite.shares(&alice), 0);
}

#[test]
fn ticks_without_arguments_get_past_the_validator() {
    let (mut suite, bad) = panicking(0);
    let (alice, bob) = (suite.user("alice"), suite.user_with("bob", 40 * TOKEN));
    let requested = suite.request(&alice, 10 * TOKEN);
    suite
        .execute(
            &bob,
            &deposit_without_delegating(),
            coins(40 * TOKEN, DENOM),
        )
        .unwrap();
    suite.advance(3 * DAY);

    // everything is overdue: whoever ticks is let through sooner or later
    let mut done = vec![];
    for _ in 0..300 {
        if let Ok(outcome) = suite.try_tick(None) {
            done.extend(named(&outcome, "undelegated"));
            done.extend(
                outcome
                    .named("harvested")
                    .iter()
                    .map(|_| "harvest".to_owned()),
            );
        }
        if !done.is_empty() && done.contains(&"harvest".to_owned()) && done.len() > 1 {
            break;
        }
    }

    assert!(done.contains(&"harvest".to_owned()), "{done:?}");
    assert!(!done.contains(&bad), "{done:?}");
    wait_for_settlement(&mut suite);
    suite.claim(&alice, batch_of(&requested));
    assert_eq!(suite.tokens(&alice), 10 * TOKEN);
}

#[test]
fn deposit_that_is_not_to_delegate_is_taken_beside_the_validator() {
    let (mut suite, _) = panicking(9); // who is next in the fill list
    let bob = suite.user_with("bob", 40 * TOKEN);
    let delegating = suite.call(&bob, &deposit(), coins(20 * TOKEN, DENOM));
    assert_panics(&mut suite, delegating);

    suite
        .execute(
            &bob,
            &deposit_without_delegating(),
            coins(20 * TOKEN, DENOM),
        )
        .unwrap();

    assert_eq!(suite.shares(&bob), 20 * TOKEN);
    // once investing has been overdue for a day, any deposit is taken
    suite.advance(DAY);
    suite
        .execute(&bob, &deposit(), coins(20 * TOKEN, DENOM))
        .unwrap();
    assert_eq!(suite.shares(&bob), 40 * TOKEN);
}

fn deposit_without_delegating() -> ExecuteMsg {
    ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    }
}
