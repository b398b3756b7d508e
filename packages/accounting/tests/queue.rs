//! The queue of batches: what waits is in escrow, and idle is kept for the batch that is served or
//! ready, for no other.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::{LockedProfit, Money, Queue, Valuation};

fn shares(shares: u128) -> Uint128 {
    Uint128::new(shares)
}

#[test]
fn requests_wait_in_escrow_without_a_reserve() {
    let mut queue = Queue::new();
    queue.join(shares(70)).unwrap();
    queue.join(shares(30)).unwrap();
    queue.next_batch_at = 500;
    queue.leave(shares(30)).unwrap();
    assert_eq!((queue.next_batch(), queue.escrow_shares), (1, shares(70)));
    assert_eq!(queue.waiting_shares(499), Uint128::zero());
    assert!(queue.leave(shares(71)).is_err());
}

#[test]
fn a_batch_under_way_is_served_before_the_open_one() {
    let mut queue = Queue::new();
    queue.join(shares(70)).unwrap();
    queue.begin(1);
    queue.serve(1, shares(20), shares(50), 500).unwrap();
    assert_eq!((queue.open_batch, queue.next_batch_at), (2, 500));
    assert_eq!(queue.next_batch(), 1);
    assert_eq!(
        (queue.escrow_shares, queue.reserved_shares),
        (shares(50), shares(50))
    );

    queue.serve(1, shares(50), Uint128::zero(), 600).unwrap();
    assert_eq!(queue.next_batch_at, 600);
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
    queue.begin(1);
    queue.serve(1, shares(70), Uint128::zero(), 500).unwrap();
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
    queue.begin(1);
    queue.serve(1, Uint128::zero(), shares(90), 0).unwrap();
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

#[test]
fn what_is_released_later_is_kept_from_the_fill_list_already() {
    let mut queue = Queue::new();
    queue.join(shares(500)).unwrap();
    let mut money = Money {
        idle: shares(600),
        bonded: shares(400),
        ..Money::default()
    };
    money.locked_profit = LockedProfit {
        tokens: shares(200),
        from: 0,
        until: 100,
    };
    let at = |now| Valuation {
        money: &money,
        queue: &queue,
        total_shares: shares(1_000),
        now,
    };
    // half of the shares wait: worth 400 now, and 500 when all is released
    assert_eq!(at(0).tokens_to_allocate(), Ok(shares(600)));
    assert_eq!(at(100).tokens_to_allocate(), Ok(shares(500)));
    assert_eq!(at(0).lasting_tokens_to_allocate(), Ok(shares(500)));
}

#[test]
fn open_batch_is_ready_when_asked_for_its_period_over_and_the_one_before_served() {
    let mut queue = Queue::new();
    assert!(!queue.is_open_batch_ready(0));
    queue.join(shares(70)).unwrap();
    // nothing came before
    assert!(queue.is_open_batch_ready(0));
    assert_eq!(
        (queue.ready_at(7), queue.waiting_shares(0)),
        (7, shares(70))
    );

    queue.begin(1);
    queue.serve(1, shares(20), shares(50), 500).unwrap();
    queue.join(shares(30)).unwrap();
    // the first is being served, and only that is waited for, whatever the time
    assert!(!queue.is_open_batch_ready(500));
    assert_eq!(queue.waiting_shares(500), shares(50));

    queue.serve(1, shares(50), shares(0), 500).unwrap();
    assert_eq!(queue.waiting_shares(499), shares(0));
    assert_eq!(
        (queue.ready_at(7), queue.waiting_shares(500)),
        (500, shares(30))
    );
    assert!(!queue.is_open_batch_ready(499));
    assert!(queue.is_open_batch_ready(500));

    // a refused message gives the first batch its shares back: it comes before again
    queue.undo(1, shares(15), shares(15)).unwrap();
    assert!(!queue.is_open_batch_ready(500));
    assert_eq!(queue.waiting_shares(500), shares(15));
    queue.serve(1, shares(15), shares(0), 500).unwrap();

    // a cancel releases its part, and the last one ends it
    queue.leave(shares(10)).unwrap();
    assert_eq!(queue.waiting_shares(500), shares(20));
    queue.leave(shares(20)).unwrap();
    assert!(!queue.is_open_batch_ready(500));
}

#[test]
fn passing_time_makes_a_batch_ready_once() {
    let mut queue = Queue::new();
    queue.next_batch_at = 500;
    assert!(!queue.has_become_ready_after(499, 500), "nobody is in it");
    queue.join(shares(1)).unwrap();
    assert!(!queue.has_become_ready_after(0, 499));
    assert!(queue.has_become_ready_after(499, 500));
    assert!(!queue.has_become_ready_after(500, 500));
    assert!(!queue.has_become_ready_after(500, 900));
}
