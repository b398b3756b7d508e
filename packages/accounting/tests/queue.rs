//! The queue of batches: what waits is in escrow, and idle is kept for the batch being served only.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::{Money, Queue, Valuation};

fn shares(shares: u128) -> Uint128 {
    Uint128::new(shares)
}

#[test]
fn requests_wait_in_escrow_without_a_reserve() {
    let mut queue = Queue::new();
    queue.join(shares(70)).unwrap();
    queue.join(shares(30)).unwrap();
    queue.leave(shares(30)).unwrap();
    assert_eq!((queue.next_batch(), queue.escrow_shares), (1, shares(70)));
    assert_eq!(queue.reserved_shares, Uint128::zero());
    assert!(queue.leave(shares(71)).is_err());
}

#[test]
fn a_batch_under_way_is_served_before_the_open_one() {
    let mut queue = Queue::new();
    queue.join(shares(70)).unwrap();
    queue.begin(1, 500);
    queue.serve(1, shares(20), shares(50)).unwrap();
    assert_eq!((queue.open_batch, queue.last_batch_at), (2, Some(500)));
    assert_eq!(queue.next_batch(), 1);
    assert_eq!(
        (queue.escrow_shares, queue.reserved_shares),
        (shares(50), shares(50))
    );

    queue.serve(1, shares(50), Uint128::zero()).unwrap();
    assert_eq!((queue.next_batch(), queue.serving_batch), (2, None));
    assert_eq!(
        (queue.escrow_shares, queue.reserved_shares),
        Default::default()
    );
}

#[test]
fn what_comes_back_reopens_the_batch_that_was_fully_served() {
    let mut queue = Queue::new();
    queue.join(shares(70)).unwrap();
    queue.begin(1, 500);
    queue.serve(1, shares(70), Uint128::zero()).unwrap();
    queue.undo(1, shares(15), shares(15)).unwrap();
    assert_eq!((queue.next_batch(), queue.open_batch), (1, 2));
    assert_eq!(
        (queue.escrow_shares, queue.reserved_shares),
        (shares(15), shares(15))
    );
}

#[test]
fn idle_worth_the_reserved_shares_is_not_delegated() {
    let money = Money {
        idle: shares(100),
        bonded: shares(900),
        ..Money::default()
    };
    let mut queue = Queue::new();
    queue.join(shares(90)).unwrap();
    queue.begin(1, 0);
    queue.serve(1, Uint128::zero(), shares(90)).unwrap();
    let valuation = Valuation {
        money: &money,
        queue: &queue,
        total_shares: shares(2_000),
        now: 0,
    };
    // 90 shares at 1,000 / 2,000
    assert_eq!(valuation.reserve_floor(), Ok(shares(45)));
    assert_eq!(valuation.idle_above_reserve(), Ok(shares(55)));
    assert_eq!(valuation.tokens_to_allocate(), Ok(shares(955)));
}

#[test]
fn what_comes_back_to_be_delegated_again_is_placed_in_time() {
    let money = Money {
        idle: shares(100),
        bonded: shares(900),
        restaking: shares(70),
        unbonding: shares(30),
        ..Money::default()
    };
    let valuation = Valuation {
        money: &money,
        queue: &Queue::new(),
        total_shares: shares(1_000),
        now: 0,
    };
    assert_eq!(valuation.tokens_to_allocate(), Ok(shares(1_000)));
    assert_eq!(valuation.tokens_to_allocate_in_time(), Ok(shares(1_070)));
}
