//! Taking validators off the list.
//!
//! Succeeds when the owner drains: no new stake from then on. Here the present one leaves by
//! undelegation, as where it cannot be redelegated: it stays in the price, and is delegated again when it
//! has arrived. `rebalance_leaving.rs` tells how it is redelegated.
//!
//! Fails for validators that are not listed, drain already, or do not exist.

use cosmwasm_std::coins;
use defenders_suite::messages::listing;
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text,
};
use defenders_types::{EntryPurpose, Exclusion, ExecuteMsg, Job};

use crate::fixture::{roomy, wait_for_unbonding};
use crate::listing::with_maximum;

fn drained() -> (Suite, String) {
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
