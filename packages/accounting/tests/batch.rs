//! A batch from its first request to its last claim: every number it keeps, after every step.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::Batch;

fn n(number: u128) -> Uint128 {
    Uint128::new(number)
}

/// 100 shares are asked for: 40 served from idle, 60 by two undelegations.
fn served() -> Batch {
    let mut batch = Batch::default();
    batch.join(n(70)).unwrap();
    batch.join(n(50)).unwrap();
    batch.leave(n(20)).unwrap();
    batch.submitted_at = Some(5);
    batch.serve_from_idle(n(40), n(44)).unwrap();
    batch.serve_by_message(n(35), n(38)).unwrap();
    batch.serve_by_message(n(25), n(27)).unwrap();
    batch
}

#[test]
fn requests_join_and_leave() {
    let mut batch = Batch::default();
    batch.join(n(70)).unwrap();
    batch.leave(n(20)).unwrap();
    let expected = Batch {
        shares: n(50),
        unserved_shares: n(50),
        ..Batch::default()
    };
    assert_eq!(batch, expected);
    batch.leave(n(51)).unwrap_err();
    batch.join(Uint128::MAX).unwrap_err();
}

#[test]
fn shares_are_served_from_idle_and_by_messages() {
    let expected = Batch {
        shares: n(100),
        tokens: n(44),
        unbonding: n(65),
        pending: 2,
        submitted_at: Some(5),
        ..Batch::default()
    };
    assert_eq!(served(), expected);
    served().serve_from_idle(n(1), n(1)).unwrap_err();
    served().serve_by_message(n(1), n(1)).unwrap_err();
}

#[test]
fn refused_message_comes_back_whole() {
    let mut batch = served();
    batch.undo_message(n(25), n(27)).unwrap();
    let expected = Batch {
        unserved_shares: n(25),
        unbonding: n(38),
        pending: 1,
        ..served()
    };
    assert_eq!(batch, expected);
    batch.undo_message(n(1), n(39)).unwrap_err();
}

#[test]
fn answers_of_the_chain_adjust_what_unbonds_and_when() {
    let mut batch = served();
    batch.adjust_unbonding(n(1), n(3)).unwrap();
    batch.expect_entry(90);
    batch.expect_entry(80);
    batch.merge_pending();
    let expected = Batch {
        unbonding: n(67),
        completes_at: 90,
        pending: 1,
        ..served()
    };
    assert_eq!(batch, expected);
    batch.adjust_unbonding(n(68), n(0)).unwrap_err();
}

#[test]
fn batch_is_claimable_when_all_is_served_and_settled() {
    let mut batch = served();
    assert!(!batch.is_claimable());
    batch.settle(n(38), n(30)).unwrap();
    assert!(!batch.is_claimable());
    batch.settle(n(27), n(27)).unwrap();
    assert_eq!((batch.tokens, batch.unbonding), (n(101), n(0)));
    assert!(batch.is_claimable());
    batch.unserved_shares = n(1);
    assert!(!batch.is_claimable());
    batch.unserved_shares = n(0);
    batch.submitted_at = None;
    assert!(!batch.is_claimable());
    batch.settle(n(1), n(1)).unwrap_err();
}

#[test]
fn claims_are_floors_and_the_last_one_tells_what_rounding_left() {
    let mut batch = Batch {
        shares: n(3),
        tokens: n(101),
        ..Batch::default()
    };
    assert_eq!(batch.preview_claim_floor(n(2)), Ok(n(67)));
    assert_eq!(batch.claim_floor(n(2)), Ok((n(67), n(0))));
    assert_eq!((batch.claimed, batch.claimed_shares), (n(67), n(2)));
    assert_eq!(batch.claim_floor(n(1)), Ok((n(33), n(1))));
    assert_eq!((batch.claimed, batch.claimed_shares), (n(100), n(3)));
    Batch::default().preview_claim_floor(n(1)).unwrap_err();
}
