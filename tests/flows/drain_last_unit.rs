//! The last unit at a slashed validator, whose tokens per share are no round number.
//!
//! Succeeds when all of it leaves: where the chain shows a unit that it does not give, a unit less is asked for,
//! and what an exit has left is found later, counts, and leaves with the rest.

use cosmwasm_std::coins;
use defenders_suite::messages::listing;
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text,
};
use defenders_types::{Exclusion, ExecuteMsg, Job};

use crate::drain::drained;
use crate::listing::with_maximum;

#[test]
fn slashed_validator_is_drained_to_the_last_unit() {
    let (mut suite, leaving) = drained();
    // 105 tokens at a rate that is no round number
    suite.slash(&leaving, 7, 0);
    suite.slash(&leaving, 3, 0);

    suite.leave(std::slice::from_ref(&leaving));

    let delegations = suite.chain.delegations(&suite.vault);
    assert!(
        delegations
            .iter()
            .all(|(validator, _)| *validator != leaving)
    );
    let mut infos = suite.validator_infos().into_iter();
    assert!(infos.all(|info| info.validator != leaving || info.delegated.is_zero()));
}

/// A validator that has lost more than half, at a rate that is no round number: 51 %, then 23 %
/// of 120 965 tokens. After two delegations the chain may show a unit that it rounded up, and
/// refuse to give it (sdk/18, invalid shares amount). Gives the vault three days after the
/// validator was drained, and whether its exit was refused.
fn exited_from_a_slashed_validator(second_deposit: u128, later: Option<&Later>) -> (Suite, bool) {
    let (mut suite, refused) = asked_a_slashed_validator_for_all(second_deposit, later);
    for _ in 0..3 {
        suite.advance(DAY);
        keep_without_sync(&mut suite);
    }
    (suite, refused)
}

/// Another one that the owner wants to list from the beginning, and how many days the vault stands before the
/// second deposit: the listing is due when a flow applies it, as change 0.
struct Later {
    position: usize,
    tokens: Option<u128>,
    days: u64,
}

fn asked_a_slashed_validator_for_all(second_deposit: u128, later: Option<&Later>) -> (Suite, bool) {
    let builder = SuiteBuilder::base()
        .with_validators(&[1_000_000 * TOKEN; 4], &[120_965 * TOKEN, 20_000 * TOKEN])
        .with_room_to_leave();
    let mut suite = builder.with_nobody_listed().build();
    let only = suite.validators[4].clone();
    suite.slash(&only, 51, 0);
    suite.slash(&only, 23, 0);
    suite.list(std::slice::from_ref(&only));
    suite.keep();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100_000_001);
    suite.keep();
    if let Some(later) = later {
        let other = suite.validators[later.position].clone();
        let listing = match later.tokens {
            Some(tokens) => with_maximum(&other, tokens),
            None => listing(&other),
        };
        assert_eq!(suite.list_later(vec![listing]), 0);
        suite.keep_for_days(later.days);
    }
    suite.deposit(&alice, second_deposit);
    suite.keep();
    // twice as much idle: the validator's part is within the epoch's budget
    let idle = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };
    let funds = coins(300 * TOKEN, DENOM);
    suite.chain.fund(&alice, funds.clone());
    suite.execute(&alice, &idle, funds).unwrap();
    suite.drain(std::slice::from_ref(&only));
    let refused = suite.tick(Job::Rebalance).emits("refused");
    (suite, refused)
}

/// One whose exit was accepted, and left a unit that the chain shows and the book does not know.
fn exited_but_for_a_unit(later: Option<Later>) -> Suite {
    let leaves_a_unit = |(suite, refused): &(Suite, bool)| !refused && left(suite) == 1;
    let exit = exited_from_a_slashed_validator;
    find_exit(exit, later.as_ref(), leaves_a_unit).expect("one exit in sixteen leaves a unit")
}

/// The first of sixteen exits that is as wanted. How it ends is a matter of amounts, hardly of the days before:
/// the one that is found without them is tried first.
fn find_exit(
    exit: fn(u128, Option<&Later>) -> (Suite, bool),
    later: Option<&Later>,
    is_wanted: impl Fn(&(Suite, bool)) -> bool,
) -> Option<Suite> {
    let mut second_deposits: Vec<u128> = (0..16).map(|i| 1_345_677 + i * 123_457).collect();
    let find = |amounts: &[u128], later| {
        let exits = amounts.iter().map(|it| exit(*it, later));
        let mut exits = exits.enumerate();
        exits.find(|(_, exit)| is_wanted(exit))
    };
    let (position, (suite, _)) = find(&second_deposits, None)?;
    if later.is_none() {
        return Some(suite);
    }
    second_deposits.swap(0, position);
    Some(find(&second_deposits, later)?.1.0)
}

/// What the chain still shows of the vault's stake.
fn left(suite: &Suite) -> u128 {
    let delegations = suite.chain.delegations(&suite.vault);
    delegations.iter().map(|(_, tokens)| tokens).sum()
}

/// Does what is due until nothing is, but compares the book with the chain only where a job does.
fn keep_without_sync(suite: &mut Suite) {
    loop {
        suite.advance(BLOCK);
        let due = suite.jobs().into_iter().filter(|state| state.due);
        let Some(state) = due.into_iter().find(|state| state.job != Job::Sync) else {
            return;
        };
        suite.tick(state.job);
    }
}

/// As `wait_for_unbonding`; what the exit has left is not found yet.
fn wait_without_sync(suite: &mut Suite) {
    suite.advance(UNBONDING_TIME + 60);
    keep_without_sync(suite);
}

#[test]
fn full_exit_that_needs_more_shares_than_held_asks_for_a_unit_less() {
    let exits: Vec<_> = (0..16u128)
        .map(|i| exited_from_a_slashed_validator(1_345_677 + i * 123_457, None))
        .map(|(suite, refused)| (refused, left(&suite)))
        .collect();
    assert!(exits.iter().any(|(refused, _)| *refused), "{exits:?}");
    assert!(exits.iter().all(|(_, left)| *left <= 1), "{exits:?}");
}

#[test]
fn unit_is_left_no_longer_once_another_slash_has_changed_the_stake() {
    let (mut suite, _) = (0..16u128)
        .map(|i| asked_a_slashed_validator_for_all(1_345_677 + i * 123_457, None))
        .find(|(_, refused)| *refused)
        .expect("one exit in sixteen needs more shares than there are");
    let only = suite.validators[4].clone();
    suite.slash(&only, 10, 0);
    suite.advance(DAY);

    let outcome = suite.tick(Job::Rebalance);

    let all = text(&outcome.named("synced")[0], "bonded");
    let asked: Vec<_> = ["undelegated", "refused"]
        .iter()
        .flat_map(|name| outcome.named(name))
        .map(|event| text(&event, "tokens"))
        .collect();
    assert_eq!(asked, [all]);
}

#[test]
fn stake_at_a_forgotten_validator_is_found_counts_and_leaves() {
    // the exit left a unit that the chain shows; the next listing forgets who has left
    let mut suite = exited_but_for_a_unit(Some(Later {
        position: 3,
        tokens: None,
        days: 20,
    }));
    wait_without_sync(&mut suite);
    let other = suite.validators[3].clone();
    suite.apply(0);
    let known: Vec<_> = suite
        .validator_infos()
        .into_iter()
        .map(|info| info.validator)
        .collect();
    assert_eq!(known, [other]);
    assert_eq!(left(&suite), 1);

    let outcome = suite.tick(Job::Sync);

    let synced = event("synced", [("lost", &0), ("gained", &1), ("bonded", &1)]);
    assert_eq!(outcome.named("synced"), vec![synced]);
    let found = suite.validator_info(&suite.validators[4]);
    assert_eq!((found.delegated.u128(), found.listed), (1, false));
    assert_eq!(found.exclusion, Some(Exclusion::Draining));
    // the next complete refresh plans its way out
    suite.advance(DAY);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
    assert!(suite.job(Job::Rebalance).due);
}

#[test]
fn piece_that_finds_a_unit_at_an_emptied_validator_does_not_enter_it_twice() {
    // the exit left a unit that the chain shows; nobody has been listed since
    let mut suite = exited_but_for_a_unit(None);
    wait_without_sync(&mut suite);
    let emptied = suite.validators[4].clone();
    let alice = suite.user("alice");
    suite.request(&alice, TOKEN);

    let outcome = suite.tick(Job::Submit);

    let synced = event("synced", [("lost", &0), ("gained", &1), ("bonded", &1)]);
    assert_eq!(outcome.named("synced"), vec![synced]);
    assert_eq!(suite.validator_info(&emptied).delegated.u128(), 1);
    // the first page is the chain's largest validators, the second the vault's one
    suite.advance(DAY);
    suite.tick(Job::Refresh);
    let refreshed = suite.tick(Job::Refresh);
    assert_eq!(text(&refreshed.named("refreshed")[0], "read"), "1");
}

/// The validators that were asked for stake, in ascending address.
fn asked(outcome: &Outcome) -> Vec<String> {
    let events = ["undelegated", "refused"].map(|name| outcome.named(name));
    let mut asked: Vec<_> = events
        .iter()
        .flatten()
        .map(|event| text(event, "validator"))
        .collect();
    asked.sort();
    asked
}

#[test]
fn stake_that_a_rebalance_finds_at_a_forgotten_validator_leaves_with_the_rest() {
    let mut suite = exited_but_for_a_unit(Some(Later {
        position: 5,
        tokens: Some(100 * TOKEN), // within the budget
        days: 20,
    }));
    wait_without_sync(&mut suite);
    let other = suite.validators[5].clone();
    suite.apply(0);
    keep_without_sync(&mut suite);
    suite.drain(std::slice::from_ref(&other));
    assert_eq!(suite.validator_infos().len(), 1);

    let outcome = suite.tick(Job::Rebalance);

    let mut both = suite.validators[4..].to_vec();
    both.sort();
    assert_eq!(asked(&outcome), both);
}

#[test]
fn stake_that_a_rebalance_finds_at_an_emptied_validator_leaves_with_the_rest() {
    let mut suite = exited_but_for_a_unit(Some(Later {
        position: 5,
        tokens: Some(100 * TOKEN), // within the budget
        days: 34,
    }));
    let other = suite.validators[5].clone();
    // before the entry of the other is paid, so that it is not forgotten
    suite.apply(0);
    wait_without_sync(&mut suite);
    suite.drain(std::slice::from_ref(&other));
    assert_eq!(suite.validator_infos().len(), 1);

    let outcome = suite.tick(Job::Rebalance);

    let mut both = suite.validators[4..].to_vec();
    both.sort();
    assert_eq!(asked(&outcome), both);
}

/// A vault that has been refused all of its stake at a slashed validator.
fn refused_by_a_slashed_validator(later: &Later) -> (Suite, String) {
    let ask = asked_a_slashed_validator_for_all;
    let found = find_exit(ask, Some(later), |(_, refused)| *refused);
    let suite = found.expect("one exit in sixteen needs more shares than there are");
    let only = suite.validators[4].clone();
    (suite, only)
}

#[test]
fn piece_asks_a_validator_that_refused_all_of_it_for_a_unit_less() {
    let later = Later {
        position: 5,
        tokens: None,
        days: 38,
    };
    let (mut suite, only) = refused_by_a_slashed_validator(&later);
    let alice = suite.user("alice");
    suite.apply(0);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
    suite.deposit(&alice, 10 * TOKEN); // the seed stays at the other
    suite.advance(7 * HOUR);
    let all = suite.validator_info(&only).delegated.u128();
    let shares = suite.shares(&alice);
    suite.request(&alice, shares);

    let outcome = suite.tick(Job::Submit);

    assert!(!outcome.emits("refused"));
    let undelegated = outcome.named("undelegated");
    let of_only = undelegated
        .iter()
        .find(|event| text(event, "validator") == only);
    assert_eq!(text(of_only.unwrap(), "tokens"), (all - 1).to_string());
}
