//! How stake leaves a validator.
//!
//! Succeeds when it is redelegated to those that are lowest, in the order of its causes, for who is
//! drained, jailed, punished for ever, above a cap or above what its operator wants; when what the chain
//! refuses to redelegate is undelegated next, and what is undelegated is invested on arrival; when the last
//! stake on a validator is undelegated.
//!
//! Fails never: what is refused stays where it was, to the unit.

use defenders_suite::{
    BLOCK, DAY, HOUR, Refused, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, text,
};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{funded, funded_from, roomy, wait_for_unbonding};
use crate::listing::with_maximum;
use crate::marks::operator_of;
use crate::rebalance::{
    Moved, health, moves_at, moves_within, rebalanced, redelegated, refresh, total,
};

/// The first validator is drained: 105 of 1000 tokens. The last one has least, 55.
fn drained(mut suite: Suite) -> (Suite, String, String) {
    let (leaving, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&leaving));
    (suite, leaving, last)
}

fn delegated(suite: &Suite, validator: &str) -> u128 {
    suite.validator_info(validator).delegated.u128()
}

#[test]
fn drained_validator_is_redelegated_to_the_lowest() {
    let (mut suite, leaving, last) = drained(funded());

    let outcome = suite.tick(Job::Rebalance);

    // the owner's half of 10 % of 1000 tokens; the last one has 105 then, as all others
    let completion = suite.chain.time().plus_seconds(UNBONDING_TIME).nanos();
    let expected = vec![
        event("ticked", [("job", &"rebalance")]),
        event(
            "synced",
            [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
        ),
        rebalanced(1, 0, false),
        redelegated(&leaving, &last, 50 * TOKEN, "drained", completion),
    ];
    assert_eq!(outcome.vault_events(), expected);
    assert_eq!(delegated(&suite, &leaving), 55 * TOKEN);
    assert_eq!(delegated(&suite, &last), 105 * TOKEN);
    assert_eq!(suite.totals().restaking.u128(), 0);
    assert_eq!(suite.rate().total_assets.u128(), 1000 * TOKEN);
}

#[test]
fn drained_validators_are_empty_within_the_epochs_that_their_budget_needs() {
    let mut suite = funded();
    let leaving = suite.listed[..3].to_vec();
    suite.drain(&leaving);

    // 315 tokens, 50 an epoch: 7 epochs and one more, and a day. Seven may have 12.5 % of 1000 each, so
    // that the last of it finds no taker
    let moves = moves_within(&mut suite, 8 * 5 + 1);

    let infos = suite.validator_infos().into_iter();
    let mut left = infos.filter(|info| leaving.contains(&info.validator));
    assert!(left.all(|info| info.delegated.is_zero()), "{moves:#?}");
    let drained: Vec<_> = moves.iter().filter(|it| it.reason == "drained").collect();
    assert_eq!(
        drained.iter().map(|it| it.tokens).sum::<u128>(),
        315 * TOKEN
    );
    assert!(drained.iter().all(|it| leaving.contains(&it.source)));
    let mut targets = moves.iter().filter_map(|it| it.destination.as_ref());
    assert!(targets.all(|validator| !leaving.contains(validator)));
    assert_eq!(suite.rate().total_assets.u128(), 1000 * TOKEN);
}

#[test]
fn jailed_validator_leaves_before_a_drained_one_on_the_whole_budget() {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let (drained, jailed) = (suite.listed[0].clone(), suite.listed[1].clone());
    suite.faults().jail(&jailed);
    for _ in 0..2 {
        suite.advance(BLOCK); // its last votes come in
    }
    let mut moves = vec![];
    for _ in 0..15 {
        suite.advance(DAY);
        refresh(&mut suite);
        if suite.job(Job::Rebalance).due {
            break;
        }
    }
    suite.drain(std::slice::from_ref(&drained));
    while suite.job(Job::Rebalance).due {
        let outcome = suite.tick(Job::Rebalance);
        moves.extend(moves_at(suite.now(), &outcome));
        suite.advance(HOUR);
    }

    // 10 % of 1000 tokens are for the one; nothing is left for the other in this epoch
    assert!(moves.iter().all(|it| it.source == jailed), "{moves:#?}");
    assert_eq!(total(&moves), 100 * TOKEN);
    assert!(moves.iter().all(|it| it.reason == "jailed"), "{moves:#?}");
    assert_eq!(health(&suite).budgets.emergency_left.u128(), 0);
    let later = moves_within(&mut suite, 16);
    let of_jailed: Vec<_> = later.iter().filter(|it| it.source == jailed).collect();
    assert_eq!(
        of_jailed.iter().map(|it| it.tokens).sum::<u128>(),
        5 * TOKEN
    );
    assert_eq!(delegated(&suite, &jailed), 0);
}

#[test]
fn validator_above_the_owners_maximum_gives_what_is_above_it() {
    let mut suite = funded();
    let (high, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.list_as(vec![with_maximum(&high, 60 * TOKEN)]);

    let outcome = suite.tick(Job::Rebalance);

    let moves = moves_at(suite.now(), &outcome);
    assert!(
        moves
            .iter()
            .all(|it| it.source == high && it.reason == "above_cap")
    );
    assert_eq!(moves[0].destination, Some(last));
    assert_eq!(total(&moves), 45 * TOKEN);
    assert_eq!(delegated(&suite, &high), 60 * TOKEN);
    let budgets = health(&suite).budgets;
    assert_eq!(budgets.by_owner_left.u128(), 5 * TOKEN);
    assert_eq!(budgets.emergency_left.u128(), 55 * TOKEN);
    assert_eq!(budgets.quality_left.u128(), 75 * TOKEN);
}

#[test]
fn refused_redelegation_is_put_back_to_the_unit_and_undelegated_next() {
    let (mut suite, leaving, last) = drained(funded());
    let before = (suite.validator_infos(), health(&suite).budgets);
    suite.refuse(&leaving, Refused::Redelegate, 33);

    let refused = suite.tick(Job::Rebalance);

    let expected = event(
        "refused",
        [
            ("message", &"redelegate"),
            ("validator", &leaving),
            ("tokens", &(50 * TOKEN)),
            ("error", &"codespace: staking, code: 33"),
            ("destination", &last),
        ],
    );
    assert_eq!(refused.named("refused"), vec![expected]);
    let mut infos = suite.validator_infos();
    for info in &mut infos {
        if info.validator == last {
            // nobody knows which of the two it was about
            assert_eq!(info.retry_at.take(), Some(suite.now() + 6 * HOUR));
        }
    }
    let spent = &before.1;
    assert_eq!(infos, before.0);
    assert_eq!(health(&suite).budgets, *spent);
    suite.heal();
    suite.advance(HOUR);

    let outcome = suite.tick(Job::Rebalance);

    let moves = moves_at(suite.now(), &outcome);
    assert_eq!((moves.len(), total(&moves)), (1, 50 * TOKEN));
    assert_eq!((&moves[0].source, &moves[0].destination), (&leaving, &None));
    // what arrives is invested; all the rest stays when it is listed again
    suite.list(std::slice::from_ref(&leaving));
    wait_for_unbonding(&mut suite);
    assert_eq!(suite.totals().restaking.u128(), 0);
    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
}

#[test]
fn refusal_of_one_move_hurries_no_other() {
    let mut suite = spreading(SuiteBuilder::base().with_room_to_leave());
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    // the first destination refuses, two others take
    let first = crate::rebalance::plan(&suite).moves[0].destination.clone();
    suite.refuse(&first.unwrap(), Refused::Redelegate, 33);
    suite.expect_refusals(&leaving);

    let outcome = suite.tick(Job::Rebalance);

    assert_eq!(outcome.named("refused").len(), 1);
    assert!(!moves_at(0, &outcome).is_empty());
    let state = suite.job(Job::Rebalance);
    assert_eq!(
        (state.due, state.next_at),
        (false, Some(suite.now() + HOUR))
    );
}

/// Ten validators that hold as much each.
fn spreading(builder: SuiteBuilder) -> Suite {
    let mut suite = funded_from(builder);
    let alice = suite.user("alice");
    suite.deposit(&alice, 50 * TOKEN);
    suite.keep();
    let infos = suite.validator_infos();
    assert!(
        infos
            .iter()
            .all(|info| info.delegated.u128() == 105 * TOKEN)
    );
    suite
}

#[test]
fn slashed_stake_leaves_at_what_it_is_worth() {
    let (mut suite, leaving, _) = drained(roomy());
    suite.slash(&leaving, 7, 0);
    suite.slash(&leaving, 3, 0);

    let outcomes = suite.leave(std::slice::from_ref(&leaving));

    assert!(outcomes.iter().all(|outcome| !outcome.emits("refused")));
    let moves: Vec<_> = outcomes.iter().flat_map(|it| moves_at(0, it)).collect();
    // the chain may refuse to redelegate a single unit: its shares may be worth nothing. Two units for which
    // two validators have place for one each are undelegated
    let is_redelegated = |it: &Moved| it.destination.is_some() || it.tokens <= 2;
    assert!(moves.iter().all(is_redelegated), "{moves:?}");
    let worth = 105 * TOKEN * 93 / 100 * 97 / 100;
    assert!(total(&moves).abs_diff(worth) <= 100, "{}", total(&moves));
}

#[test]
fn stake_of_an_unbonded_validator_moves_at_once_and_locks_nobody() {
    let mut suite = roomy();
    let out = suite.listed[0].clone();
    suite.faults().jail(&out);
    for _ in 0..2 {
        suite.advance(BLOCK);
    }
    suite.advance(UNBONDING_TIME);
    suite.advance(BLOCK);

    let outcome = suite.tick_rebalance_when_due();

    let moves = moves_at(suite.now(), &outcome);
    assert!(!moves.is_empty());
    for moved in &moves {
        assert_eq!(moved.source, out);
        let destination = moved.destination.as_ref().unwrap();
        let info = suite.validator_info(destination);
        assert_eq!(info.redelegation_locked_until, None);
    }
    let told = outcome.named("redelegated");
    assert!(told.iter().all(|it| text(it, "completion_time") == "0"));
    suite.leave(std::slice::from_ref(&out));
    assert_eq!(health(&suite).locked.u128(), 0);
}

#[test]
fn last_stake_on_an_unbonded_validator_is_undelegated() {
    let mut suite = roomy();
    let out = suite.listed[0].clone();
    let operator = operator_of(&suite, &out);
    let delegations = suite.chain.delegations(&operator);
    let own = delegations.iter().find(|(there, _)| *there == out).unwrap();
    let all = cosmwasm_std::StakingMsg::Undelegate {
        validator: out.clone(),
        amount: cosmwasm_std::coin(own.1, defenders_suite::DENOM),
    };
    suite.stake(&operator, all).unwrap();
    // whose operator has nothing there is jailed by the chain itself
    for _ in 0..2 {
        suite.advance(BLOCK);
    }
    suite.advance(UNBONDING_TIME);
    suite.advance(BLOCK);

    let outcomes = suite.leave(std::slice::from_ref(&out));

    let moves: Vec<_> = outcomes.iter().flat_map(|it| moves_at(0, it)).collect();
    assert_eq!((moves.len(), total(&moves)), (1, 105 * TOKEN));
    assert_eq!(moves[0].destination, None);
    assert!(outcomes.iter().all(|outcome| !outcome.emits("refused")));
    wait_for_unbonding(&mut suite);
    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
}

#[test]
fn call_that_passes_a_validator_moves_the_others() {
    let mut suite = funded();
    let (passed, other) = (suite.listed[0].clone(), suite.listed[1].clone());
    suite.drain(&[passed.clone(), other.clone()]);
    let due_since = suite.job(Job::Rebalance).due_since;
    suite.advance(DAY);
    let keeper = suite.user("keeper");
    let msg = ExecuteMsg::Tick {
        job: Some(Job::Rebalance),
        skip: Some(vec![passed.clone()]),
    };

    let outcome = suite.execute(&keeper, &msg, vec![]).unwrap();

    let moves = moves_at(suite.now(), &outcome);
    assert!(!moves.is_empty());
    assert!(moves.iter().all(|it| it.source == other), "{moves:#?}");
    // it is not forgotten: the job goes on, and has been due as long
    assert_eq!(suite.job(Job::Rebalance).next_at, Some(suite.now() + HOUR));
    suite.advance(HOUR);
    assert_eq!(suite.job(Job::Rebalance).due_since, due_since);
}
