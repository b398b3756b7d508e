//! What one can ask.
//!
//! Succeeds when pages are asked for in order, of 10 by default and 30 at most, and when the
//! figures of one query are those of the others.
//!
//! Fails for unknown questions.

use defenders_suite::{DAY, Suite, TOKEN, UNBONDING_TIME};
use defenders_types::{BatchState, BatchesResponse, LedgerResponse, QueryMsg, ValidatorsResponse};

use crate::fixture::funded;

fn validators(suite: &Suite, start_after: Option<&str>, limit: Option<u32>) -> Vec<String> {
    let answer: ValidatorsResponse = suite.query(&QueryMsg::Validators {
        start_after: start_after.map(Into::into),
        limit,
    });
    answer.validators.into_iter().map(|v| v.validator).collect()
}

fn batches(suite: &Suite, start_after: Option<u64>, limit: Option<u32>) -> Vec<u64> {
    let answer: BatchesResponse = suite.query(&QueryMsg::Batches { start_after, limit });
    answer.batches.into_iter().map(|b| b.batch_id).collect()
}

#[test]
fn validators_come_in_pages_of_ten_and_at_most_thirty() {
    let suite = crate::leaving::hundred().build();
    assert_eq!(validators(&suite, None, None), suite.listed[..10]);
    assert_eq!(validators(&suite, None, Some(1_000)), suite.listed[..30]);
    assert_eq!(validators(&suite, None, Some(0)), [] as [String; 0]);
    let last = suite.listed[29].as_str();
    assert_eq!(
        validators(&suite, Some(last), Some(30)),
        suite.listed[30..60]
    );
}

#[test]
fn batches_positions_and_ledger_come_in_pages() {
    let mut suite = funded();
    let alice = suite.user("alice");
    for _ in 0..12 {
        suite.request(&alice, TOKEN);
        suite.keep();
        suite.advance(DAY);
    }

    assert_eq!(batches(&suite, None, None), (1..=10).collect::<Vec<u64>>());
    assert_eq!(batches(&suite, Some(10), Some(30)), [11, 12]);
    let position = |start_after, limit| -> Vec<u64> {
        let answer: defenders_types::PositionResponse = suite.query(&QueryMsg::Position {
            owner: alice.clone(),
            start_after,
            limit,
        });
        answer.withdrawals.iter().map(|w| w.batch_id).collect()
    };
    assert_eq!(position(None, None), (1..=10).collect::<Vec<u64>>());
    assert_eq!(position(Some(9), Some(1)), [10]);
    let ledger = |limit| -> usize {
        let msg = QueryMsg::Ledger {
            start_after: None,
            limit,
        };
        let answer: LedgerResponse = suite.query(&msg);
        answer.entries.len()
    };
    assert_eq!(
        (ledger(None), ledger(Some(30)), ledger(Some(3))),
        (10, 12, 3)
    );
}

#[test]
fn limit_is_clamped_to_thirty_for_batches() {
    let mut suite = funded();
    let alice = suite.user("alice");
    for _ in 0..32 {
        suite.request(&alice, TOKEN);
        suite.keep();
        suite.advance(DAY);
    }

    assert_eq!(batches(&suite, None, Some(31)).len(), 30);
}

#[test]
fn position_tells_shares_worth_and_withdrawals() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.keep();

    let position = suite.position(&alice);

    assert_eq!(position.shares.u128(), 899 * TOKEN);
    assert_eq!(position.tokens.u128(), 899 * TOKEN);
    let withdrawal = &position.withdrawals[0];
    assert_eq!(withdrawal.state, BatchState::Unbonding);
    assert_eq!(withdrawal.tokens.u128(), 100 * TOKEN);
    let completion = suite.ledger()[0].completion_time.seconds();
    assert_eq!(withdrawal.next_at, Some(completion));
    assert_eq!(suite.position(&suite.user("bob")).withdrawals, vec![]);
}

#[test]
fn batch_that_waits_for_a_free_entry_says_until_when() {
    let mut suite =
        crate::fixture::funded_from(defenders_suite::SuiteBuilder::base().with_listed_count(1));
    let alice = suite.user("alice");
    let first_entry = suite.now();
    // six batches take the six entries that are not kept for leaving, 3.5 days apart
    for _ in 0..6 {
        suite.request(&alice, TOKEN);
        suite.keep();
        suite.advance(UNBONDING_TIME / 6);
    }
    suite.request(&alice, TOKEN);

    let next_at = suite.batch(7).unwrap().next_at.unwrap();

    assert!(next_at >= first_entry + UNBONDING_TIME, "{next_at}");
    assert!(next_at <= first_entry + 22 * DAY, "{next_at}");
    suite.keep_for_days(3);
    assert_eq!(suite.batch(7).unwrap().state, BatchState::Unbonding);
}

#[test]
fn rate_totals_and_conversions_agree() {
    let mut suite = funded();
    suite.reward(crate::fixture::REWARD);
    suite.keep_for_days(1);
    suite.advance(DAY / 3);

    let (rate, totals) = (suite.rate(), suite.totals());

    assert_eq!(rate.total_assets, totals.total_assets);
    assert_eq!(rate.total_shares, totals.total_shares);
    let shares = 123_456_789u128;
    let tokens = totals
        .total_assets
        .multiply_ratio(shares, totals.total_shares);
    assert_eq!(suite.worth(shares), tokens.u128());
    let sum = totals.bonded + totals.idle + totals.restaking - totals.locked_profit;
    assert_eq!(totals.total_assets, sum);
}

#[test]
fn solvency_shows_an_unbooked_slash() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 0);

    let solvency = suite.solvency();

    assert_eq!(solvency.bonded_by_book.u128(), 1000 * TOKEN);
    assert_eq!(solvency.bonded_by_chain.u128(), 9_895 * TOKEN / 10);
    assert_eq!(solvency.deficit.u128(), 0);
}

#[test]
fn unknown_question_is_refused() {
    let suite = funded();
    let refusal = suite.chain.query(&suite.vault, r#"{"secrets":{}}"#);
    assert!(refusal.unwrap_err().says("unknown variant"));
}
