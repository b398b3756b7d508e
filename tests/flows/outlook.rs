//! When a withdrawal pays, and what a share was worth.
//!
//! Succeeds when a batch is claimable between the times that were told in each of its states, with a tick
//! an hour; when the rate has one sample a day, page by page.
//!
//! Fails never.

use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME};
use defenders_types::{BatchState, PaysAt, QueryMsg, RateHistoryResponse, RateSample};

use crate::fixture::{REWARD, funded, funded_from};

fn pays_at(suite: &Suite, batch_id: u64) -> Option<PaysAt> {
    suite.batch(batch_id).unwrap().pays_at
}

/// A `tick {}` an hour until the batch pays. What it told of the time in each state, and when it paid.
fn told_until_claimable(suite: &mut Suite, batch_id: u64) -> (Vec<(BatchState, PaysAt)>, u64) {
    let mut told = vec![];
    for _ in 0..24 * 80 {
        let batch = suite.batch(batch_id).unwrap();
        match batch.pays_at {
            None => {
                assert_eq!(batch.state, BatchState::Claimable);
                return (told, suite.now());
            }
            Some(pays_at) => told.push((batch.state, pays_at)),
        }
        suite.advance(HOUR - BLOCK);
        let _ = suite.try_tick(None);
    }
    panic!("batch {batch_id} does not pay: {:?}", suite.batch(batch_id));
}

fn assert_kept(told: &[(BatchState, PaysAt)], paid_at: u64, states: &[BatchState]) {
    for (state, PaysAt { earliest, latest }) in told {
        assert!(earliest <= latest, "{state:?}");
        assert!(
            *earliest <= paid_at,
            "{state:?}: {earliest}, paid at {paid_at}"
        );
        assert!(paid_at <= *latest, "{state:?}: {latest}, paid at {paid_at}");
    }
    let mut seen: Vec<BatchState> = told.iter().map(|(state, _)| *state).collect();
    seen.dedup();
    assert_eq!(seen, states);
}

#[test]
fn first_batch_pays_when_it_is_told_to() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);

    let (told, paid_at) = told_until_claimable(&mut suite, 1);

    assert_kept(&told, paid_at, &[BatchState::Open, BatchState::Unbonding]);
    let first = &told[0].1;
    assert!(
        first.earliest + HOUR >= paid_at - 3 * HOUR,
        "{first:?}, {paid_at}"
    );
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn batch_of_many_pieces_pays_when_it_is_told_to() {
    let builder = SuiteBuilder::base().with_parameters(|p| p.max_messages_per_piece = 1);
    let mut suite = funded_from(builder);
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);

    let (told, paid_at) = told_until_claimable(&mut suite, 1);

    let states = [
        BatchState::Open,
        BatchState::Submitting,
        BatchState::Unbonding,
    ];
    assert_kept(&told, paid_at, &states);
    let withdrawal = &suite.position(&alice).withdrawals[0];
    assert_eq!(
        (&withdrawal.state, &withdrawal.pays_at),
        (&BatchState::Claimable, &None)
    );
}

#[test]
fn batch_that_idle_pays_is_told_for_its_submission() {
    let mut suite = SuiteBuilder::base().build();
    let alice = suite.user("alice");
    let deposit = defenders_types::ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };
    let funds = cosmwasm_std::coins(100 * TOKEN, defenders_suite::DENOM);
    suite.chain.fund(&alice, funds.clone());
    suite.execute(&alice, &deposit, funds).unwrap();
    suite.request(&alice, 50 * TOKEN);
    let now = suite.now();

    assert_eq!(pays_at(&suite, 1).unwrap().earliest, now);
    let (told, paid_at) = told_until_claimable(&mut suite, 1);
    assert_kept(&told, paid_at, &[BatchState::Open]);
    assert!(paid_at <= now + 2 * HOUR);
}

#[test]
fn batch_behind_another_is_told_for_its_turn() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 200 * TOKEN).unwrap();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(defenders_types::Job::Submit);
    let begun_at = suite.now();
    suite.request(&bob, 100 * TOKEN);

    let first = pays_at(&suite, 2).unwrap();
    assert_eq!(first.earliest, begun_at + DAY + UNBONDING_TIME);
    let (told, paid_at) = told_until_claimable(&mut suite, 2);
    assert_kept(&told, paid_at, &[BatchState::Open, BatchState::Unbonding]);
}

fn history(suite: &Suite, start_after: Option<u64>, limit: Option<u32>) -> Vec<RateSample> {
    let answer: RateHistoryResponse = suite.query(&QueryMsg::RateHistory { start_after, limit });
    answer.samples
}

#[test]
fn rate_has_one_sample_a_day_in_pages() {
    let mut suite = funded();
    suite.reward(REWARD);
    suite.keep_for_days(15);

    let all = history(&suite, None, Some(30));
    let days: Vec<u64> = all.iter().map(|sample| sample.time / DAY).collect();
    assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
    // the last fifteen without a gap
    let last: Vec<u64> = days[days.len() - 15..].to_vec();
    assert!(
        last.windows(2).all(|pair| pair[0] + 1 == pair[1]),
        "{days:?}"
    );
    let rate = suite.rate();
    let now = cosmwasm_std::Decimal::from_ratio(rate.total_assets, rate.total_shares);
    assert_eq!(all.last().unwrap().tokens_per_share, now);
    assert!(all[0].tokens_per_share < now);

    assert_eq!(history(&suite, None, None), all[..10]);
    assert_eq!(history(&suite, None, Some(3)), all[..3]);
    let after = history(&suite, Some(all[2].time), Some(4));
    assert_eq!(after, all[3..7]);
    assert_eq!(history(&suite, Some(all[2].time - 1), Some(1)), all[2..3]);
    assert_eq!(history(&suite, Some(suite.now() + DAY), None), []);
}
