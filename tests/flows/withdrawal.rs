//! Requests, cancels and claims, seen by the people who make them.
//!
//! Succeeds when an owner requests for itself or a recipient, the recipient takes an open
//! request back, and anyone claims a claimable batch for a recipient; a second claim pays
//! nothing.
//!
//! Fails when more shares are asked than held, or none, when the preview is below
//! `min_tokens_out`, when anyone but the recipient cancels, when a batch that has begun is
//! cancelled, and when a batch is claimed too early.

use cosmwasm_std::Uint128;
use defenders_suite::{BLOCK, DAY, Suite, TOKEN, event};
use defenders_types::{BatchState, ExecuteMsg, Job};

use crate::fixture::{DEPOSIT, funded, leave, wait_for_unbonding};

fn request_for(shares: u128, recipient: &str) -> ExecuteMsg {
    ExecuteMsg::RequestWithdrawal {
        shares: Some(Uint128::new(shares)),
        recipient: Some(recipient.into()),
        min_tokens_out: None,
    }
}

/// Alice's 100 tokens in batch 1, which pays.
fn claimable() -> (Suite, String) {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.keep();
    wait_for_unbonding(&mut suite);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Claimable);
    (suite, alice)
}

#[test]
fn request_puts_shares_into_escrow() {
    let mut suite = funded();
    let alice = suite.user("alice");

    let outcome = suite.request(&alice, 100 * TOKEN);

    let requested = event(
        "withdrawal_requested",
        [
            ("sender", &alice),
            ("recipient", &alice),
            ("batch_id", &1),
            ("shares", &(100 * TOKEN)),
            ("tokens_preview", &(100 * TOKEN)),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![requested]);
    assert_eq!(suite.shares(&alice), DEPOSIT - 100 * TOKEN);
    assert_eq!(suite.totals().escrow_shares.u128(), 100 * TOKEN);
    assert_eq!(suite.totals().total_shares.u128(), 1000 * TOKEN);
}

#[test]
fn two_requests_of_one_owner_share_a_batch() {
    let mut suite = funded();
    let alice = suite.user("alice");

    suite.request(&alice, 100 * TOKEN);
    suite.request(&alice, 50 * TOKEN);

    let withdrawals = suite.position(&alice).withdrawals;
    assert_eq!(withdrawals.len(), 1);
    assert_eq!(withdrawals[0].shares.u128(), 150 * TOKEN);
    assert_eq!(withdrawals[0].tokens.u128(), 150 * TOKEN);
}

#[test]
fn request_of_more_than_held_or_of_nothing_is_refused() {
    let mut suite = funded();
    let alice = suite.user("alice");

    let refusal = suite.try_request(&alice, DEPOSIT + 1).unwrap_err();
    if suite.share_denom.is_none() {
        let reason = "999000001 shares asked for, 999000000 held";
        assert!(refusal.says(reason), "{}", refusal.text);
    } // coins that one has not the bank refuses to send
    suite.try_request(&alice, 0).unwrap_err();

    assert_eq!(suite.shares(&alice), DEPOSIT);
}

#[test]
fn request_whose_preview_is_below_min_tokens_out_is_refused() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let msg = |min: u128| ExecuteMsg::RequestWithdrawal {
        shares: Some(Uint128::new(100)),
        recipient: None,
        min_tokens_out: Some(Uint128::new(min)),
    };

    let refusal = suite.execute(&alice, &msg(101), vec![]).unwrap_err();

    let reason = "100 tokens are the preview, fewer than 101";
    assert!(refusal.says(reason), "{}", refusal.text);
    suite.execute(&alice, &msg(100), vec![]).unwrap();
}

#[test]
fn cancel_gives_the_shares_back() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);

    let outcome = suite.try_cancel(&alice, 1).unwrap();

    let cancelled = event(
        "withdrawal_cancelled",
        [
            ("recipient", &alice),
            ("batch_id", &1),
            ("shares", &(100 * TOKEN)),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![cancelled]);
    assert_eq!(suite.shares(&alice), DEPOSIT);
    assert_eq!(suite.totals().escrow_shares.u128(), 0);
    assert_eq!(suite.position(&alice).withdrawals, vec![]);
}

#[test]
fn batch_emptied_by_cancels_is_never_submitted() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.try_cancel(&alice, 1).unwrap();

    let outcomes = suite.keep_for_days(2);

    assert!(
        outcomes
            .iter()
            .all(|o| o.named("batch_submitted").is_empty())
    );
    assert!(!suite.job(Job::Submit).due);
}

#[test]
fn only_the_recipient_cancels() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let msg = request_for(100 * TOKEN, &bob);
    suite.execute(&alice, &msg, vec![]).unwrap();

    let refusal = suite.try_cancel(&alice, 1).unwrap_err();
    assert!(refusal.says("has no withdrawal in batch 1"));
    suite.try_cancel(&bob, 1).unwrap();

    assert_eq!(suite.shares(&bob), 100 * TOKEN);
}

#[test]
fn batch_that_has_begun_cannot_be_cancelled() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.keep();

    let refusal = suite.try_cancel(&alice, 1).unwrap_err();

    let reason = "batch 1 is not open, batch 2 is";
    assert!(refusal.says(reason), "{}", refusal.text);
}

#[test]
fn claim_pays_once() {
    let (mut suite, alice) = claimable();

    let first = suite.claim(&alice, 1);
    let second = suite.claim(&alice, 1);

    let claimed = |tokens: u128| {
        event(
            "claimed",
            [
                ("sender", &alice),
                ("recipient", &alice),
                ("batch_id", &1),
                ("tokens", &tokens),
            ],
        )
    };
    assert_eq!(first.vault_events(), vec![claimed(100 * TOKEN)]);
    assert_eq!(second.vault_events(), vec![claimed(0)]);
    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn last_claim_gives_what_rounding_left_to_the_share_owners() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let people = ["ann", "ben", "cas"].map(|name| suite.user(name));
    for (recipient, units) in people.iter().zip([1, 2, 1]) {
        let request = request_for(33 * TOKEN + units, recipient);
        suite.execute(&alice, &request, vec![]).unwrap();
    }
    suite.tick(Job::Submit);
    // 10 % of the entry of 99 000 004, rounded down, are gone: 89 100 004 are left for three
    let payer = suite.ledger()[0].validator.clone();
    suite.slash(&payer, 10, 1_000);
    wait_for_unbonding(&mut suite);
    let tokens = suite.batch(1).unwrap().tokens.u128();
    assert_eq!(tokens, 89_100_004);
    let idle = suite.totals().idle.u128();

    let paid = people.map(|recipient| {
        suite.claim(&recipient, 1);
        suite.tokens(&recipient)
    });

    assert_eq!(paid, [29_700_001, 29_700_001, 29_700_001]);
    assert_eq!(suite.totals().claimable, Uint128::zero());
    assert_eq!(suite.totals().idle.u128(), idle + 1);
}

#[test]
fn claim_of_a_stranger_for_itself_pays_nothing() {
    let (mut suite, _) = claimable();
    let bob = suite.user("bob");

    suite.claim(&bob, 1);

    assert_eq!(suite.tokens(&bob), 0);
}

#[test]
fn anyone_claims_for_the_recipient() {
    let (mut suite, alice) = claimable();
    let bob = suite.user("bob");
    let msg = ExecuteMsg::Claim {
        batch_id: 1,
        recipient: Some(alice.clone()),
    };

    suite.execute(&bob, &msg, vec![]).unwrap();

    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
    assert_eq!(suite.tokens(&bob), 0);
}

#[test]
fn request_for_a_recipient_pays_the_recipient() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let msg = request_for(100 * TOKEN, &bob);
    suite.execute(&alice, &msg, vec![]).unwrap();
    suite.keep();
    wait_for_unbonding(&mut suite);

    suite.claim(&alice, 1);
    suite.claim(&bob, 1);

    assert_eq!((suite.tokens(&alice), suite.tokens(&bob)), (0, 100 * TOKEN));
}

#[test]
fn claim_before_the_batch_pays_is_refused() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);

    let open = suite.try_claim(&alice, 1).unwrap_err();
    suite.keep();
    let unbonding = suite.try_claim(&alice, 1).unwrap_err();

    let reason = "does not pay yet: 100000000 shares unserved, 0 entries unsettled";
    assert!(open.says(reason), "{}", open.text);
    // 105 tokens at most in the highest validator: one undelegation pays
    let reason = "does not pay yet: 0 shares unserved, 1 entries unsettled";
    assert!(unbonding.says(reason), "{}", unbonding.text);
}

#[test]
fn deposit_then_withdrawal_returns_no_more_than_was_put_in() {
    let mut suite = funded();
    let bob = suite.user("bob");
    suite.deposit(&bob, 77 * TOKEN + 7);

    let paid = leave(&mut suite, &bob);

    assert_eq!(paid, 77 * TOKEN + 7);
}

#[test]
fn withdrawal_in_many_steps_returns_no_more_than_was_put_in() {
    let mut suite = funded();
    suite.reward(123 * TOKEN + 457);
    suite.keep_for_days(2);
    let bob = suite.user("bob");
    suite.deposit(&bob, 77 * TOKEN + 7);
    let parts = suite.shares(&bob) / 7;
    for _ in 0..6 {
        suite.request(&bob, parts);
        suite.keep();
        suite.advance(DAY + BLOCK);
    }
    let mut paid = leave(&mut suite, &bob);
    for batch in suite.batches() {
        suite.claim(&bob, batch.batch_id);
    }

    paid = paid.max(suite.tokens(&bob));
    assert!(paid <= 77 * TOKEN + 7, "{paid}");
    // a unit for the rounding of each of seven batches and of the deposit, and one of each claim
    assert!(paid >= 77 * TOKEN + 7 - 15, "{paid}");
}
