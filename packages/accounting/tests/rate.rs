//! Rounding favours the pool, both ways.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::Rate;
use proptest::prelude::*;

fn rate(tokens: u128, shares: u128) -> Rate {
    Rate {
        tokens: tokens.into(),
        shares: shares.into(),
    }
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![1u128..1_000, 1u128..10u128.pow(12), 1u128..10u128.pow(27)]
}

#[test]
fn a_third_is_rounded_down_and_its_shares_up() {
    // 10 tokens for 3 shares: a share is worth 3 1/3
    let rate = rate(10, 3);
    assert_eq!(
        rate.tokens_for_shares_floor(Uint128::new(1)).unwrap(),
        Uint128::new(3)
    );
    assert_eq!(
        rate.tokens_for_shares_floor(Uint128::new(2)).unwrap(),
        Uint128::new(6)
    );
    // 4 tokens are worth 1.2 shares
    assert_eq!(
        rate.shares_for_tokens_floor(Uint128::new(4)).unwrap(),
        Uint128::new(1)
    );
    assert_eq!(
        rate.shares_for_tokens_ceil(Uint128::new(4)).unwrap(),
        Uint128::new(2)
    );
}

#[test]
fn an_exact_quotient_is_not_rounded_up() {
    // 6 tokens are worth exactly 3 shares of 2 tokens
    assert_eq!(
        rate(20, 10)
            .shares_for_tokens_ceil(Uint128::new(6))
            .unwrap(),
        Uint128::new(3)
    );
}

#[test]
fn shares_without_tokens_have_no_price() {
    assert!(rate(0, 10).shares_for_tokens_floor(Uint128::one()).is_err());
    assert!(rate(0, 10).shares_for_tokens_ceil(Uint128::one()).is_err());
    assert!(rate(10, 0).tokens_for_shares_floor(Uint128::one()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Deposit then withdraw never returns more than was put in.
    #[test]
    fn there_and_back_never_gains(tokens in amount(), shares in amount(), put in amount()) {
        let before = rate(tokens, shares);
        // a deposit beyond 128 bits of shares is refused, not wrapped
        let Ok(minted) = before.shares_for_tokens_floor(put.into()) else {
            prop_assert!(put / tokens >= u128::MAX / shares / 2);
            return Ok(());
        };
        let after = rate(tokens + put, shares + minted.u128());
        prop_assert!(after.tokens_for_shares_floor(minted).unwrap() <= Uint128::new(put));
    }

    /// The shares named for some tokens are worth them, and one share fewer is not.
    #[test]
    fn the_fewest_shares_are_the_fewest(tokens in amount(), shares in amount(), part in 1u128..1_000_000) {
        let rate = rate(tokens, shares);
        let wanted = Uint128::new(part.min(tokens));
        let fewest = rate.shares_for_tokens_ceil(wanted).unwrap();
        prop_assert!(rate.tokens_for_shares_floor(fewest).unwrap() >= wanted);
        let fewer = fewest - Uint128::one();
        prop_assert!(rate.tokens_for_shares_floor(fewer).unwrap() < wanted);
    }
}
