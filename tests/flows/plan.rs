//! `plan {}`: what the next tick would do.
//!
//! Succeeds when it tells the job and every staking message of the tick that comes in that block, for every
//! job, and what is held back with the reason.
//!
//! Fails never: where nothing is due it says so.

use std::collections::BTreeSet;

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::messages::listing;
use defenders_suite::{
    BLOCK, DAY, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, amount, number, text,
};
use defenders_types::{
    BlockInput, EPOCH, HeldBack, Job, MoveBudget, MoveReason, PlanResponse, PlannedMessage,
    QueryMsg, WhyUnmoved,
};

use crate::fixture::{REWARD, funded, funded_from};
use crate::listing::with_maximum;
use crate::rebalance::{plan, refresh};

/// The plan for the next ordinary block.
fn next_plan(suite: &Suite) -> PlanResponse {
    let at = BlockInput {
        height: suite.chain.height() + 1,
        time: suite.chain.time().plus_seconds(BLOCK),
    };
    suite.query(&QueryMsg::Plan { at: Some(at) })
}

/// The staking messages of a tick by what its events tell, in order.
fn told(outcome: &Outcome) -> Vec<PlannedMessage> {
    let events = outcome.vault_events().into_iter();
    let messages = events.filter_map(|it| match it.ty.as_str() {
        "vault/delegated" => Some(PlannedMessage::Delegate {
            validator: text(&it, "validator"),
            tokens: amount(&it, "tokens"),
        }),
        "vault/undelegated" => Some(PlannedMessage::Undelegate {
            validator: text(&it, "validator"),
            tokens: amount(&it, "tokens"),
        }),
        "vault/redelegated" => Some(PlannedMessage::Redelegate {
            source: text(&it, "source"),
            destination: text(&it, "destination"),
            tokens: amount(&it, "tokens"),
        }),
        _ => None,
    });
    messages.collect()
}

fn is_staking(message: &PlannedMessage) -> bool {
    matches!(
        message,
        PlannedMessage::Delegate { .. }
            | PlannedMessage::Undelegate { .. }
            | PlannedMessage::Redelegate { .. }
    )
}

/// Ticks in the block that the plan was for, and compares. Gives the job that ran.
fn tick_as_planned(suite: &mut Suite) -> Option<Job> {
    let plan = next_plan(suite);
    assert_eq!(plan.height, suite.chain.height() + 1);
    let result = suite.try_tick(None);
    let Ok(outcome) = result else {
        assert!(result.unwrap_err().says("nothing is due"));
        assert_eq!((plan.job, plan.messages), (None, vec![]));
        return None;
    };
    let job = plan.job.expect("a job is planned");
    assert_eq!(text(&outcome.named("ticked")[0], "job"), job.as_str());
    let (staking, others): (Vec<_>, Vec<_>) = plan.messages.into_iter().partition(is_staking);
    assert_eq!(staking, told(&outcome), "{job:?}");
    let asked = outcome.named("rewards_withdrawn").into_iter();
    let asked: u128 = asked.map(|it| number(&it, "validators")).sum();
    let withdrawals = others.iter();
    let withdrawals = withdrawals.filter(|it| matches!(it, PlannedMessage::WithdrawRewards { .. }));
    assert_eq!(withdrawals.count() as u128, asked, "{job:?}");
    let moves: Vec<PlannedMessage> = plan.moves.into_iter().map(sent).collect();
    if job == Job::Rebalance {
        assert_eq!(moves, staking);
    } else {
        assert_eq!(moves, []);
    }
    Some(job)
}

fn sent(planned: defenders_types::MoveInfo) -> PlannedMessage {
    match planned.destination {
        Some(destination) => PlannedMessage::Redelegate {
            source: planned.source,
            destination,
            tokens: planned.tokens,
        },
        None => PlannedMessage::Undelegate {
            validator: planned.source,
            tokens: planned.tokens,
        },
    }
}

#[test]
fn plan_is_what_the_tick_of_that_block_does_for_every_job() {
    let mut suite = funded_from(SuiteBuilder::base().with_room_to_leave());
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let mut seen = BTreeSet::new();
    let (first, last) = (suite.listed[..2].to_vec(), suite.listed[9..].to_vec());
    for round in 0..90 {
        match round {
            3 => drop(suite.drain(&first)),
            6 | 20 => suite.reward(REWARD),
            9 | 30 => drop(suite.request(&alice, 150 * TOKEN)),
            40 => drop(suite.deposit(&bob, 400 * TOKEN)),
            50 => drop(suite.drain(&last)), // locked: undelegated
            _ => {}
        }
        while let Some(job) = tick_as_planned(&mut suite) {
            seen.insert(job.as_str());
        }
        suite.advance(DAY / 3);
        suite.advance(BLOCK); // the simulated chain shows the end of a block with the next one only
    }
    // a book that nothing synchronises any more
    suite.advance(DAY + BLOCK);
    suite.advance(BLOCK);
    while let Some(job) = tick_as_planned(&mut suite) {
        seen.insert(job.as_str());
    }
    let all: BTreeSet<&str> = Job::ALL.iter().map(|job| job.as_str()).collect();
    assert_eq!(seen, all);
}

#[test]
fn plan_without_a_block_is_of_the_next_height_and_the_present_time() {
    let suite = funded();
    let plan = plan(&suite);
    assert_eq!(plan.height, suite.chain.height() + 1);
    assert_eq!(plan.time, suite.chain.time());
    assert_eq!((plan.job, plan.messages), (None, vec![]));
}

#[test]
fn plan_tells_reason_and_budget_and_changes_nothing() {
    let mut suite = funded();
    let (leaving, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&leaving));
    let before = suite.chain.state(&suite.vault);

    let plan = next_plan(&suite);

    assert_eq!(suite.chain.state(&suite.vault), before);
    assert_eq!(plan.job, Some(Job::Rebalance));
    let planned = &plan.moves[0];
    assert_eq!(planned.source, leaving);
    assert_eq!(planned.destination, Some(last));
    assert_eq!(planned.tokens.u128(), 50 * TOKEN);
    assert_eq!(planned.reason, MoveReason::Drained);
    assert_eq!(planned.budget, MoveBudget::EmergencyByOwner);
    assert!(!plan.has_more);
    assert_eq!(plan.refused, None);
    let rest = HeldBack {
        validator: leaving,
        tokens: Uint128::new(55 * TOKEN),
        why: WhyUnmoved::Budget,
    };
    assert_eq!(plan.held_back[0], rest);
}

fn why(suite: &Suite, validator: &str) -> WhyUnmoved {
    let held_back = plan(suite).held_back;
    let held = held_back.iter().find(|held| held.validator == validator);
    held.unwrap_or_else(|| panic!("{held_back:#?}")).why
}

#[test]
fn stake_near_its_target_is_held_back_by_the_dead_band() {
    let mut suite = funded();
    let (alice, high) = (suite.user("alice"), suite.listed[0].clone());
    // 1045 tokens: 104.5 each
    suite.deposit(&alice, 45 * TOKEN);
    suite.keep();
    assert_eq!(why(&suite, &high), WhyUnmoved::DeadBand);
}

#[test]
fn evening_is_held_back_by_a_budget_of_nothing() {
    let suite = funded_from(SuiteBuilder::base().without_quality_moves());
    assert_eq!(why(&suite, &suite.listed[0]), WhyUnmoved::Budget);
}

#[test]
fn evening_is_held_back_by_a_budget_below_the_least_move() {
    // half a token; a move takes one
    let builder = SuiteBuilder::base().with_parameters(|parameters| {
        parameters.turnover_quality = Decimal::from_ratio(1u128, 2_000u128);
    });
    let suite = funded_from(builder);
    assert_eq!(why(&suite, &suite.listed[0]), WhyUnmoved::Budget);
}

#[test]
fn stake_that_nobody_can_take_is_held_back() {
    let mut suite = funded();
    let maxima = suite.listed.iter().map(|it| with_maximum(it, 80 * TOKEN));
    suite.list_as(maxima.collect());
    // the last one is the only one below its cap
    while suite.job(Job::Rebalance).due {
        suite.tick(Job::Rebalance);
        suite.advance(HOUR);
    }
    let infos = suite.validator_infos();
    assert!(
        infos.iter().all(|info| info.delegated >= info.cap),
        "{infos:#?}"
    );
    assert_eq!(why(&suite, &suite.listed[0]), WhyUnmoved::NoDestination);
}

#[test]
fn moves_beyond_those_of_a_call_are_held_back_and_told() {
    let mut suite = funded();
    suite.advance(DAY);
    refresh(&mut suite);
    let plan = plan(&suite);
    let more = plan.held_back.iter();
    let more = more.filter(|held| held.why == WhyUnmoved::MaxMoves).count();
    assert!(more > 0, "{:#?}", plan.held_back);
}

#[test]
fn who_refused_lately_is_waited_for() {
    let mut suite = funded();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.refuse(&leaving, defenders_suite::Refused::Undelegate, 22);
    suite.refuse_redelegations(&leaving);
    suite.tick(Job::Rebalance);
    suite.advance(HOUR);
    suite.tick(Job::Rebalance);

    assert_eq!(why(&suite, &leaving), WhyUnmoved::Waiting);
}

/// 1000 tokens on ten validators of 100 000, and one of so many more that is due its floor alone, 22.7; all is
/// moved that can be.
fn evened_beside_a_high_one(more: u128, min_delegation: u128) -> (Suite, String) {
    let tokens = [vec![100_000 * TOKEN; 10], vec![100_000 * TOKEN + more]].concat();
    let mut builder = SuiteBuilder::base()
        .with_validators(&[1_000_000 * TOKEN; 4], &tokens)
        .with_seed(min_delegation.max(TOKEN))
        .with_parameters(|parameters| {
            parameters.turnover_quality = Decimal::one();
            parameters.max_moves = 5;
            parameters.min_delegation = Uint128::new(min_delegation);
        });
    builder.listed.pop();
    let mut suite = funded_from(builder);
    let high = suite.validators[14].clone();
    let id = suite.list_later(vec![listing(&high)]);
    suite.advance(31 * DAY); // nothing is moved meanwhile
    suite.apply(id);
    suite.advance(DAY);
    refresh(&mut suite);
    while suite.job(Job::Rebalance).due {
        suite.tick(Job::Rebalance);
        suite.advance(HOUR);
    }
    (suite, high)
}

#[test]
fn evening_that_would_make_the_chain_no_evener_is_held_back() {
    let (suite, high) = evened_beside_a_high_one(40_000 * TOKEN, TOKEN);

    let info = suite.validator_info(&high);
    assert!(info.delegated.is_zero() && info.target.u128() > 20 * TOKEN);
    assert_eq!(why(&suite, &suite.listed[0]), WhyUnmoved::Evenness);
}

#[test]
fn parts_below_the_least_move_are_held_back() {
    let (suite, high) = evened_beside_a_high_one(97 * TOKEN, 5 * TOKEN);

    // each could lower itself by half the difference, which is less than five
    let info = suite.validator_info(&high);
    assert!(info.delegated + Uint128::new(5 * TOKEN) < info.target);
    let held_back = plan(&suite).held_back;
    let mut reasons = held_back.iter().map(|held| held.why);
    assert!(
        reasons.any(|why| why == WhyUnmoved::MinMove),
        "{info:#?} {held_back:#?}"
    );
}

#[test]
fn stake_whose_only_way_has_its_entries_used_up_is_held_back() {
    let mut suite = SuiteBuilder::base().with_listed_count(2).build();
    let (first, second) = (suite.listed[0].clone(), suite.listed[1].clone());
    suite.list_as(vec![with_maximum(&first, 470 * TOKEN)]);
    let alice = suite.user("alice");
    suite.deposit(&alice, 999 * TOKEN);
    suite.keep();
    // three tokens less on the first every day, and once more: they go to the second
    let mut most = 470;
    let mut lower = |suite: &mut Suite| {
        most -= 3;
        suite.list_as(vec![with_maximum(&first, most * TOKEN)]);
        suite.advance(DAY);
        suite.keep();
        most
    };
    while suite.explain(&second).redelegations.len() < 7 {
        assert!(lower(&mut suite) > 430);
    }
    let most = lower(&mut suite);

    assert_eq!(suite.explain(&second).redelegations.len(), 7);
    let info = suite.validator_info(&second);
    assert_eq!(info.target.u128(), (1_000 - most) * TOKEN);
    assert!(info.delegated.u128() <= (997 - most) * TOKEN, "{info:#?}");
    assert_eq!(why(&suite, &first), WhyUnmoved::Entries);
}

#[test]
fn stake_that_could_only_be_undelegated_is_held_back_without_an_entry() {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let (first, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&first));
    suite.tick(Job::Rebalance); // locks the last one
    suite.drain(std::slice::from_ref(&last));
    suite.advance(EPOCH);
    let outcome = suite.tick_rebalance_when_due();
    let undelegated = &outcome.named("undelegated")[0];
    assert_eq!(defenders_suite::text(undelegated, "validator"), last);
    // the chain takes fewer entries than the vault knows
    suite.refuse(&last, defenders_suite::Refused::Undelegate, 27);
    let mut outcome = outcome;
    for _ in 0..4 {
        if !outcome.emits("refused") {
            suite.advance(EPOCH);
            outcome = suite.tick_rebalance_when_due();
        }
    }
    assert!(outcome.emits("refused"));
    suite.heal();
    suite.advance(DAY);

    assert_eq!(why(&suite, &last), WhyUnmoved::NoEntry);
}
