//! Locked profit, losses, fees and claims: nothing is released early, nothing is lost unnamed.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::{Decimal, Uint128};
use defenders_accounting::{compute_fee_floor, Batch, LockedProfit, Money, Worth};
use proptest::prelude::*;

fn lock(tokens: u128, from: u64, until: u64) -> LockedProfit {
    LockedProfit {
        tokens: tokens.into(),
        from,
        until,
    }
}

fn locked(lock: &LockedProfit, now: u64) -> u128 {
    lock.locked_at_ceil(now).unwrap().u128()
}

#[test]
fn profit_is_released_evenly_and_never_early() {
    let lock = lock(10, 100, 130);
    assert_eq!(locked(&lock, 100), 10);
    // 10 x 1 / 30 = 0.33 is not a whole unit yet
    assert_eq!(locked(&lock, 101), 10);
    // 10 x 3 / 30 = 1
    assert_eq!(locked(&lock, 103), 9);
    assert_eq!(locked(&lock, 129), 1);
    assert_eq!(locked(&lock, 130), 0);
    assert_eq!(locked(&LockedProfit::default(), 0), 0);
}

#[test]
fn a_first_page_spreads_anew_and_a_later_one_keeps_the_end() {
    // half of 100 is left at 150, 20 more come
    let first = lock(100, 100, 200)
        .begin(150, Uint128::new(20), 1_000)
        .unwrap();
    assert_eq!(first, lock(70, 150, 1_150));
    let later = first.add(650, Uint128::new(5)).unwrap();
    // 70 x 500 / 1000 = 35 are left, and 5
    assert_eq!(later, lock(40, 650, 1_150));
}

#[test]
fn a_loss_is_taken_from_locked_profit_first() {
    let mut money = Money {
        idle: Uint128::new(100),
        bonded: Uint128::new(1_000),
        locked_profit: lock(100, 0, 100),
        ..Money::default()
    };
    // 50 are locked at 50: total assets 1,050
    assert_eq!(money.total_assets(50).unwrap(), Uint128::new(1_050));
    money.book_loss(50, Uint128::new(30)).unwrap();
    assert_eq!(money.total_assets(50).unwrap(), Uint128::new(1_050));
    assert_eq!(locked(&money.locked_profit, 50), 20);
    // 20 more absorb what is left, 10 fall on the price
    money.book_loss(50, Uint128::new(30)).unwrap();
    assert_eq!(money.total_assets(50).unwrap(), Uint128::new(1_040));
    assert_eq!(locked(&money.locked_profit, 50), 0);
}

#[test]
fn a_shortfall_of_a_batch_leaves_locked_profit_alone() {
    let mut money = Money {
        unbonding: Uint128::new(100),
        locked_profit: lock(100, 0, 100),
        idle: Uint128::new(100),
        ..Money::default()
    };
    money
        .settle_for_batch(Uint128::new(100), Uint128::new(60))
        .unwrap();
    assert_eq!(money.claimable, Uint128::new(60));
    assert_eq!(locked(&money.locked_profit, 0), 100);
}

#[test]
fn a_shortfall_of_restaking_is_taken_from_locked_profit() {
    let mut money = Money {
        restaking: Uint128::new(100),
        locked_profit: lock(100, 0, 100),
        idle: Uint128::new(100),
        ..Money::default()
    };
    money
        .settle_for_restake(0, worth(100, 100), Uint128::new(60), 10)
        .unwrap();
    assert_eq!(money.idle, Uint128::new(160));
    assert_eq!(locked(&money.locked_profit, 0), 60);
}

fn worth(face: u128, mark: u128) -> Worth {
    Worth {
        face: face.into(),
        mark: mark.into(),
    }
}

#[test]
fn marks_are_in_the_price_for_those_who_leave_and_not_for_those_who_come() {
    let mut money = Money {
        restaking: Uint128::new(300),
        bonded: Uint128::new(700),
        ..Money::default()
    };
    money.mark_down(Uint128::new(15)).unwrap();
    assert_eq!(money.total_assets(0).unwrap(), Uint128::new(985));
    assert_eq!(
        money.assets_with_locked_profit().unwrap(),
        Uint128::new(1_000)
    );
}

#[test]
fn restaking_that_arrives_at_its_mark_leaves_price_and_locked_profit_alone() {
    let mut money = Money {
        restaking: Uint128::new(300),
        marked_down: Uint128::new(20),
        locked_profit: lock(100, 0, 100),
        idle: Uint128::new(100),
        ..Money::default()
    };
    let before = money.total_assets(0).unwrap();
    money
        .settle_for_restake(0, worth(100, 95), Uint128::new(95), 10)
        .unwrap();
    assert_eq!(money.total_assets(0).unwrap(), before);
    assert_eq!(money.marked_down, Uint128::new(15));
    assert_eq!(locked(&money.locked_profit, 0), 100);
}

#[test]
fn what_arrives_above_the_marks_is_locked_until_the_running_end_or_over_the_period() {
    let mut money = Money {
        restaking: Uint128::new(200),
        marked_down: Uint128::new(10),
        locked_profit: lock(100, 0, 100),
        idle: Uint128::new(100),
        ..Money::default()
    };
    let before = money.total_assets(50).unwrap();
    money
        .settle_for_restake(50, worth(100, 95), Uint128::new(100), 10)
        .unwrap();
    assert_eq!(money.locked_profit, lock(55, 50, 100));
    assert_eq!(money.total_assets(50).unwrap(), before);
    money
        .settle_for_restake(100, worth(100, 95), Uint128::new(99), 10)
        .unwrap();
    assert_eq!(money.locked_profit, lock(4, 100, 110));
}

#[test]
fn what_the_chain_rounds_away_from_restaking_is_taken_from_locked_profit() {
    let mut money = Money {
        restaking: Uint128::new(100),
        locked_profit: lock(100, 0, 100),
        idle: Uint128::new(100),
        ..Money::default()
    };
    let before = money.total_assets(0).unwrap();
    money
        .adjust_restaking(0, Uint128::one(), Uint128::zero())
        .unwrap();
    assert_eq!(money.restaking, Uint128::new(99));
    assert_eq!(locked(&money.locked_profit, 0), 99);
    assert_eq!(money.total_assets(0).unwrap(), before);
}

#[test]
fn the_fee_never_exceeds_its_hard_cap() {
    // 10 % of 999 is 99.9, a quarter of 99 is 24.75
    let fee = compute_fee_floor(
        Uint128::new(999),
        Decimal::percent(50),
        Decimal::percent(25),
    )
    .unwrap();
    assert_eq!(fee.fee, Uint128::new(75));
    assert_eq!(fee.bounty, Uint128::new(24));
    assert_eq!(fee.profit, Uint128::new(900));
}

#[test]
fn a_refused_message_gives_back_exactly_its_numbers() {
    let mut batch = Batch::default();
    batch.join(Uint128::new(50)).unwrap();
    batch.submitted_at = Some(1);
    let before = batch.clone();
    batch
        .serve_by_message(Uint128::new(20), Uint128::new(40))
        .unwrap();
    assert!(!batch.is_claimable());
    batch
        .undo_message(Uint128::new(20), Uint128::new(40))
        .unwrap();
    assert_eq!(batch, before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Invariant 5: the claims of a batch never exceed its tokens, and rounding costs a claimant
    /// less than one unit.
    #[test]
    fn claims_add_up_to_the_batch(
        requests in prop::collection::vec(1u128..10u128.pow(15), 1..30),
        tokens in 0u128..10u128.pow(15),
    ) {
        let mut batch = Batch {
            tokens: tokens.into(),
            submitted_at: Some(0),
            ..Batch::default()
        };
        for shares in &requests {
            batch.join(Uint128::new(*shares)).unwrap();
        }
        batch.unserved_shares = Uint128::zero();
        let mut paid = 0;
        let mut remainder = Uint128::zero();
        for (i, shares) in requests.iter().enumerate() {
            let (claim, rest) = batch.claim_floor(Uint128::new(*shares)).unwrap();
            paid += claim.u128();
            prop_assert!(i + 1 == requests.len() || rest.is_zero());
            remainder = rest;
        }
        prop_assert_eq!(paid + remainder.u128(), tokens);
        prop_assert!(remainder.u128() < requests.len() as u128);
    }

    #[test]
    fn locked_profit_only_falls_while_nothing_happens(
        tokens in 0u128..10u128.pow(20),
        from in 0u64..1_000,
        period in 1u64..1_000_000,
        times in prop::collection::vec(0u64..1_100_000, 2..10),
    ) {
        let lock = lock(tokens, from, from + period);
        let mut times = times;
        times.sort_unstable();
        let mut last = tokens;
        for now in times {
            let left = locked(&lock, now.max(from));
            prop_assert!(left <= last);
            last = left;
        }
        prop_assert_eq!(locked(&lock, from + period), 0);
    }
}
