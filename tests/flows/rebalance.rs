//! What the files about rebalancing share: what moved, and when.

use std::collections::BTreeMap;

use cosmwasm_std::{Event, Uint256};
use defenders_suite::{HOUR, Outcome, Suite, event, number, text};
use defenders_types::{EPOCH, HealthResponse, Job, PlanResponse, QueryMsg};

/// A move that the chain has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// When, seconds.
    pub at: u64,
    pub source: String,
    /// `None`: undelegated.
    pub destination: Option<String>,
    pub tokens: u128,
    pub reason: String,
}

/// What a call of `rebalance` at this time has moved, in order.
pub fn moves_at(at: u64, outcome: &Outcome) -> Vec<Moved> {
    let events = outcome.vault_events().into_iter();
    let moves = events.filter_map(|told| match told.ty.as_str() {
        "vault/redelegated" => Some(Moved {
            at,
            source: text(&told, "source"),
            destination: Some(text(&told, "destination")),
            tokens: number(&told, "tokens"),
            reason: text(&told, "reason"),
        }),
        "vault/undelegated" if told.attributes.iter().any(|it| it.key == "reason") => Some(Moved {
            at,
            source: text(&told, "validator"),
            destination: None,
            tokens: number(&told, "tokens"),
            reason: text(&told, "reason"),
        }),
        _ => None,
    });
    moves.collect()
}

/// The moves of some days with a `tick {}` an hour.
pub fn moves_within(suite: &mut Suite, days: u64) -> Vec<Moved> {
    let mut moves = vec![];
    for _ in 0..days * 24 {
        suite.advance(HOUR);
        while suite.is_any_due() {
            let outcome = suite.try_tick(None).unwrap();
            moves.extend(moves_at(suite.now(), &outcome));
        }
    }
    moves
}

/// Tokens by epoch of those moves that have one of these reasons.
pub fn by_epoch(moves: &[Moved], reasons: &[&str]) -> BTreeMap<u64, u128> {
    let mut sums = BTreeMap::new();
    for moved in moves
        .iter()
        .filter(|it| reasons.contains(&it.reason.as_str()))
    {
        *sums.entry(moved.at / EPOCH).or_default() += moved.tokens;
    }
    sums
}

pub fn total(moves: &[Moved]) -> u128 {
    moves.iter().map(|moved| moved.tokens).sum()
}

pub fn health(suite: &Suite) -> HealthResponse {
    suite.query(&QueryMsg::Health {})
}

pub fn plan(suite: &Suite) -> PlanResponse {
    suite.query(&QueryMsg::Plan { at: None })
}

/// The event of a call that made so many moves.
pub fn rebalanced(moves: usize, dropped: usize, more: bool) -> Event {
    event(
        "rebalanced",
        [("moves", &moves), ("dropped", &dropped), ("more", &more)],
    )
}

/// The event of a redelegation that completes then, nanoseconds.
pub fn redelegated(
    source: &str,
    destination: &str,
    tokens: u128,
    reason: &str,
    completion_time: u64,
) -> Event {
    event(
        "redelegated",
        [
            ("source", &source),
            ("destination", &destination),
            ("tokens", &tokens),
            ("reason", &reason),
            ("completion_time", &completion_time),
        ],
    )
}

/// Sum of the squares of all bonded stake: the chain is the more even the less it is.
pub fn sum_of_squares(suite: &Suite) -> Uint256 {
    let bonded = suite.chain.validators().into_iter().filter(|it| it.bonded);
    bonded.fold(Uint256::zero(), |sum, validator| {
        let tokens = Uint256::from(validator.tokens);
        sum + tokens * tokens
    })
}

/// Whole readings of the powers, when one is due.
pub fn refresh(suite: &mut Suite) {
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
}
