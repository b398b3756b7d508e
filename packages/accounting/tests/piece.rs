//! One piece of a batch moves no price, whatever becomes of its messages.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::{Uint128, Uint256};
use defenders_accounting::{compute_piece, Piece, PiecePart, Rate};
use proptest::prelude::*;

fn tokens(amounts: &[u128]) -> Vec<Uint128> {
    amounts.iter().map(|a| Uint128::new(*a)).collect()
}

fn part(tokens: u128, shares: u128) -> PiecePart {
    PiecePart {
        tokens: tokens.into(),
        shares: shares.into(),
    }
}

fn rate(tokens: u128, shares: u128) -> Rate {
    Rate {
        tokens: tokens.into(),
        shares: shares.into(),
    }
}

fn all_parts(piece: &Piece) -> Vec<PiecePart> {
    let mut parts = vec![piece.idle];
    parts.extend(&piece.messages);
    parts
}

#[test]
fn idle_is_used_first_and_the_last_part_burns_what_is_left() {
    // 2 tokens a share; 50 shares want 100 tokens: 30 from idle, 40 and 30 by message
    let piece = compute_piece(
        rate(2_000, 1_000),
        Uint128::new(50),
        Uint128::new(30),
        &tokens(&[40, 30]),
    )
    .unwrap();
    assert_eq!(piece.idle, part(30, 15));
    assert_eq!(piece.messages, vec![part(40, 20), part(30, 15)]);
    assert_eq!(piece.worthless_shares, Uint128::zero());
}

#[test]
fn what_cannot_be_paid_stays_unserved() {
    let piece = compute_piece(
        rate(2_000, 1_000),
        Uint128::new(50),
        Uint128::zero(),
        &tokens(&[40]),
    )
    .unwrap();
    assert_eq!(piece.messages, vec![part(40, 20)]);
    assert_eq!(piece.worthless_shares, Uint128::zero());
}

#[test]
fn shares_worth_nothing_are_burnt_for_nothing() {
    // all is lost: 50 shares of 1,000 are worth 0 of 0 tokens
    let piece = compute_piece(rate(0, 1_000), Uint128::new(50), Uint128::zero(), &[]).unwrap();
    assert_eq!(piece.idle, part(0, 0));
    assert!(piece.messages.is_empty());
    assert_eq!(piece.worthless_shares, Uint128::new(50));
}

#[test]
fn a_rest_worth_less_than_one_token_goes_with_the_part() {
    // 3 tokens for 10 shares: 10 shares want 3 tokens, 2 tokens take 7 shares,
    // and the 3 that are left are worth floor(0.9) = 0 tokens
    let piece = compute_piece(
        rate(3, 10),
        Uint128::new(10),
        Uint128::new(2),
        &tokens(&[1]),
    )
    .unwrap();
    assert_eq!(piece.idle, part(2, 10));
    assert!(piece.messages.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_part_is_worth_its_shares_and_the_price_never_falls(
        total_tokens in 0u128..10u128.pow(18),
        total_shares in 1u128..10u128.pow(18),
        unserved_share in 1u128..=1_000,
        idle_share in 0u128..=1_000,
        cuts in prop::collection::vec(1u128..=1_000, 0..10),
        refused in prop::collection::vec(any::<bool>(), 10),
    ) {
        let before = rate(total_tokens, total_shares);
        let unserved = Uint128::new((total_shares * unserved_share / 1_000).max(1));
        let wanted = before.tokens_for_shares_floor(unserved).unwrap();
        let idle = wanted.multiply_ratio(idle_share, 1_000u128);
        let offered: Vec<Uint128> = cuts
            .iter()
            .map(|cut| (wanted - idle).multiply_ratio(*cut, 2_000u128))
            .scan(wanted - idle, |left, tokens| {
                let tokens = tokens.min(*left);
                *left -= tokens;
                Some(tokens)
            })
            .filter(|tokens| !tokens.is_zero())
            .collect();
        let piece = compute_piece(before, unserved, idle, &offered).unwrap();

        let mut burnt = piece.worthless_shares;
        let mut paid = Uint128::zero();
        for part in all_parts(&piece) {
            prop_assert!(part.tokens <= before.tokens_for_shares_floor(part.shares).unwrap());
            burnt += part.shares;
            paid += part.tokens;
        }
        prop_assert!(burnt <= unserved);
        prop_assert!(piece.idle.tokens <= idle);
        // some messages are refused: exactly their tokens and shares come back
        for (part, is_refused) in piece.messages.iter().zip(&refused) {
            if *is_refused {
                burnt -= part.shares;
                paid -= part.tokens;
            }
        }
        // (T - paid) / (S - burnt) >= T / S, by cross multiplication
        let left = Uint256::from(before.tokens - paid) * Uint256::from(before.shares);
        let right = Uint256::from(before.tokens) * Uint256::from(before.shares - burnt);
        prop_assert!(left >= right);
    }

    #[test]
    fn enough_tokens_serve_every_share(
        total_tokens in 0u128..10u128.pow(18),
        total_shares in 1u128..10u128.pow(18),
        unserved_share in 1u128..=1_000,
        cut in 0u128..=1_000,
    ) {
        let rate = rate(total_tokens, total_shares);
        let unserved = Uint128::new((total_shares * unserved_share / 1_000).max(1));
        let wanted = rate.tokens_for_shares_floor(unserved).unwrap();
        let first = wanted.multiply_ratio(cut, 1_000u128);
        let piece = compute_piece(rate, unserved, Uint128::zero(), &[first, wanted - first]);
        let piece = piece.unwrap();
        // a part of 0 tokens ends the list of messages: offers are never 0 in the vault
        if !first.is_zero() {
            let mut served = piece.worthless_shares;
            for part in all_parts(&piece) {
                served += part.shares;
            }
            // each rounding up may cost the last part one share, which then is worth a token
            let rest = rate.tokens_for_shares_floor(unserved - served).unwrap();
            prop_assert!(rest <= Uint128::one());
        }
    }
}
