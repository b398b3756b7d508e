//! What redelegations lock.
//!
//! Succeeds when the destination of one is no source of another until it is complete, and a pair gets no
//! eighth entry. Who must be left meanwhile is undelegated.
//!
//! Fails never: the chain refuses nothing that the vault could know.

use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME};
use defenders_types::{ExplainResponse, Job, QueryMsg, WhyUnmoved};

use crate::fixture::funded_from;
use crate::listing::with_maximum;
use crate::rebalance::{Moved, health, moves_at, moves_within, plan};

fn explain(suite: &Suite, validator: &str) -> ExplainResponse {
    suite.query(&QueryMsg::Explain {
        validator: validator.into(),
    })
}

/// 50 of the first validator's tokens have gone to the last one, which has 105 now.
fn locked() -> (Suite, String, String) {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let (first, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&first));
    suite.tick(Job::Rebalance);
    assert_eq!(suite.validator_info(&last).delegated.u128(), 105 * TOKEN);
    (suite, first, last)
}

#[test]
fn destination_tells_until_when_it_is_locked_and_by_what() {
    let (mut suite, first, last) = locked();
    // rounded up to whole seconds
    let complete_at = suite.chain.time().plus_seconds(UNBONDING_TIME);
    let until = complete_at.nanos().div_ceil(1_000_000_000);

    assert_eq!(suite.validator_info(&first).redelegation_locked_until, None);
    assert_eq!(
        suite.validator_info(&last).redelegation_locked_until,
        Some(until)
    );
    let into = explain(&suite, &last).redelegations;
    assert_eq!(into.len(), 1);
    assert_eq!(into[0].source, first);
    assert_eq!(into[0].completion_time, complete_at);
    let told = health(&suite);
    assert_eq!(told.locked.u128(), 105 * TOKEN);
    assert_eq!(told.evacuable.u128(), 895 * TOKEN);
    assert_eq!(told.locked_until, Some(until));

    suite.advance(UNBONDING_TIME);
    suite.advance(BLOCK);
    assert_eq!(suite.validator_info(&last).redelegation_locked_until, None);
    assert_eq!(health(&suite).locked.u128(), 0);
}

#[test]
fn destination_is_no_source_until_the_redelegation_is_complete() {
    let (mut suite, _, last) = locked();
    let complete_at = suite.now() + UNBONDING_TIME;
    suite.list_as(vec![with_maximum(&last, 60 * TOKEN)]);

    let held_back = plan(&suite).held_back;
    let held = held_back
        .iter()
        .find(|held| held.validator == last)
        .unwrap();
    assert_eq!(held.why, WhyUnmoved::RedelegationLocked);
    let moves = moves_within(&mut suite, 35);

    let from_last: Vec<&Moved> = moves.iter().filter(|it| it.source == last).collect();
    assert!(!from_last.is_empty());
    for moved in from_last {
        assert_eq!(moved.reason, "above_cap");
        assert!(
            moved.at > complete_at || moved.destination.is_none(),
            "{moved:?}"
        );
        assert!(moved.at > complete_at, "{moved:?}");
    }
    assert_eq!(suite.validator_info(&last).delegated.u128(), 60 * TOKEN);
}

#[test]
fn destination_that_must_be_left_is_undelegated() {
    let (mut suite, _, last) = locked();
    suite.drain(std::slice::from_ref(&last));

    // the budget of this epoch is used up: in the next, from the top
    let moves = moves_within(&mut suite, 12);

    let from_last: Vec<&Moved> = moves.iter().filter(|it| it.source == last).collect();
    assert!(!from_last.is_empty());
    assert!(
        from_last.iter().all(|it| it.destination.is_none()),
        "{moves:#?}"
    );
}

#[test]
fn pair_gets_no_eighth_entry() {
    let builder = SuiteBuilder::base().with_operators().with_seed(10 * TOKEN);
    let mut suite = funded_from(builder.with_parameters(|parameters| {
        parameters.turnover_quality = cosmwasm_std::Decimal::one();
        parameters.min_delegation = cosmwasm_std::Uint128::new(10 * TOKEN);
    }));
    let (first, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    let mut moves = vec![];
    // five tokens less every day: they go to the lowest
    for day in 1..=9 {
        suite.set_own_maximum(&first, Some((105 - 5 * day) * TOKEN));
        while suite.job(Job::Rebalance).due {
            let outcome = suite.tick(Job::Rebalance);
            moves.extend(moves_at(suite.now(), &outcome));
            suite.advance(HOUR);
        }
        let next_day = DAY - suite.now() % DAY;
        suite.advance(next_day.max(HOUR));
        suite.keep();
        suite.advance(DAY);
    }

    let of_pair = |it: &&Moved| it.source == first && it.destination.as_ref() == Some(&last);
    assert_eq!(moves.iter().filter(of_pair).count(), 7, "{moves:#?}");
    assert_eq!(explain(&suite, &last).redelegations.len(), 7);
    // the rest has gone elsewhere
    let left = suite.validator_info(&first).delegated.u128();
    assert_eq!(left, 60 * TOKEN);
    assert_eq!(suite.event_counts().get("vault/refused"), None);
}
