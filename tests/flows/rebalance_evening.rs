//! Stake that moves to even the chain, and for what operators want.
//!
//! Succeeds when each call moves as many as it may, an hour apart, within the budgets of the epoch, and
//! the chain gets more even by it; when what is above an operator's own maximum leaves on the same budget.
//!
//! Fails (waits) within the hour, and when the budget is used up.

use defenders_suite::{DAY, HOUR, Suite, SuiteBuilder, TOKEN};
use defenders_types::Job;

use crate::fixture::funded_from;
use crate::rebalance::{
    by_epoch, health, moves_at, moves_within, plan, rebalanced, refresh, sum_of_squares, total,
};

/// 1000 tokens on ten of twenty validators; the other ten are listed now.
pub fn widened(builder: SuiteBuilder) -> Suite {
    let mut builder = builder.with_listed_count(20);
    let later = builder.listed.split_off(10);
    let mut suite = funded_from(builder);
    let later: Vec<String> = later.iter().map(|i| suite.validators[*i].clone()).collect();
    suite.list_in_time(&later);
    suite.advance(DAY); // they are read
    refresh(&mut suite);
    suite
}

#[test]
fn three_moves_a_call_and_an_hour_between_two() {
    let mut suite = widened(SuiteBuilder::base());
    assert!(plan(&suite).has_more || plan(&suite).job != Some(Job::Rebalance));

    let outcome = suite.tick(Job::Rebalance);

    assert_eq!(moves_at(0, &outcome).len(), 3);
    assert_eq!(outcome.named("rebalanced"), vec![rebalanced(3, 0, true)]);
    let moved_at = suite.now();
    let state = suite.job(Job::Rebalance);
    assert_eq!((state.due, state.next_at), (false, Some(moved_at + HOUR)));
    let refusal = suite.try_tick(Some(Job::Rebalance)).unwrap_err();
    assert!(
        refusal.says("an hour lies between two calls that move stake"),
        "{}",
        refusal.text
    );
    suite.advance(moved_at + HOUR - suite.now());
    assert_eq!(suite.job(Job::Rebalance).due_since, Some(suite.now()));
}

#[test]
fn evening_keeps_its_budget_in_every_epoch_and_evens_the_chain() {
    let mut suite = widened(SuiteBuilder::base());
    let before = sum_of_squares(&suite);

    let moves = moves_within(&mut suite, 30);

    let sums = by_epoch(&moves, &["quality"]);
    assert!(sums.len() >= 5, "{sums:?}");
    for (epoch, tokens) in &sums {
        assert!(*tokens <= 75 * TOKEN, "{tokens} in epoch {epoch}");
    }
    // as much as the budget has, while there is enough to move
    let full = sums.values().filter(|tokens| **tokens > 70 * TOKEN);
    assert!(full.count() >= 3, "{sums:?}");
    // ten per cent of 1000 are less than 105: what is above that has a budget of its own
    let above = by_epoch(&moves, &["above_cap"]);
    assert!(
        above.values().all(|tokens| *tokens <= 50 * TOKEN),
        "{above:?}"
    );
    let sums = sums.values().chain(above.values());
    assert_eq!(total(&moves), sums.sum::<u128>());
    assert!(sum_of_squares(&suite) < before);
    // whoever gives is above whoever takes
    let old = &suite.listed;
    assert!(moves.iter().all(|it| old.contains(&it.source)));
    let mut targets = moves.iter().filter_map(|it| it.destination.as_ref());
    assert!(targets.all(|validator| !old.contains(validator)));
}

#[test]
fn each_budget_keeps_to_itself() {
    let mut suite = widened(SuiteBuilder::base());
    let (drained, jailed) = (suite.listed[..2].to_vec(), suite.listed[2].clone());
    suite.drain(&drained);
    suite.faults().jail(&jailed);
    suite.advance(HOUR);

    let moves = moves_within(&mut suite, 30);

    let by_owner = by_epoch(&moves, &["drained", "above_cap", "ended", "ineligible"]);
    let emergency = by_epoch(
        &moves,
        &[
            "drained",
            "above_cap",
            "ended",
            "ineligible",
            "jailed",
            "unbonded",
            "tombstoned",
        ],
    );
    let quality = by_epoch(&moves, &["quality", "own_maximum"]);
    for (sums, most) in [(&by_owner, 50), (&emergency, 100), (&quality, 75)] {
        assert!(
            sums.values().all(|tokens| *tokens <= most * TOKEN),
            "{sums:?}"
        );
        assert!(
            sums.values().any(|tokens| *tokens > (most - 5) * TOKEN),
            "{sums:?}"
        );
    }
}

#[test]
fn operators_own_maximum_leaves_on_the_quality_budget() {
    let mut suite = funded_from(SuiteBuilder::base().with_operators());
    let (high, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.set_own_maximum(&high, Some(60 * TOKEN));

    let outcome = suite.tick(Job::Rebalance);

    let moves = moves_at(suite.now(), &outcome);
    assert_eq!(moves[0].destination, Some(last));
    let own: Vec<_> = moves
        .iter()
        .filter(|it| it.reason == "own_maximum")
        .cloned()
        .collect();
    assert!(own.iter().all(|it| it.source == high));
    assert_eq!(total(&own), 45 * TOKEN);
    assert_eq!(suite.validator_info(&high).delegated.u128(), 60 * TOKEN);
    let budgets = health(&suite).budgets;
    assert_eq!(budgets.quality_left.u128(), 75 * TOKEN - total(&moves));
    assert_eq!(budgets.emergency_left.u128(), 100 * TOKEN);
}

#[test]
fn evening_that_is_done_plans_nothing_more() {
    let mut suite = widened(SuiteBuilder::base().with_parameters(|parameters| {
        parameters.turnover_quality = cosmwasm_std::Decimal::one();
        parameters.max_moves = 5;
    }));
    moves_within(&mut suite, 3);

    let plan = plan(&suite);

    assert_eq!(plan.moves, []);
    assert_eq!(suite.job(Job::Rebalance).next_at, None);
    let infos = suite.validator_infos();
    for info in infos {
        // 0.05 % of 1000 tokens, and the least delegation is more
        let drift = info.delegated.abs_diff(info.target);
        assert!(drift.u128() < TOKEN, "{info:?}");
    }
}
