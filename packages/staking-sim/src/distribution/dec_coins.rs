//! Amounts of several denoms with eighteen decimals (`types/dec_coin.go`).

use std::collections::BTreeMap;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Coin, DecCoin};

use crate::dec18::{Dec18, DecError};

/// Sorted by denom, without zeros.
#[cw_serde]
#[derive(Default, Eq)]
pub struct DecCoins(BTreeMap<String, Dec18>);

impl DecCoins {
    /// Whole coins.
    pub fn from_coins(coins: &[Coin]) -> Result<Self, DecError> {
        let mut sum = Self::default();
        for Coin { denom, amount } in coins {
            let amount = Dec18::from_int(*amount);
            sum = sum.checked_add(&Self(BTreeMap::from([(denom.clone(), amount)])))?;
        }
        Ok(sum)
    }

    /// Amount of one denom.
    pub fn amount_of(&self, denom: &str) -> Dec18 {
        self.0.get(denom).copied().unwrap_or_default()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sum.
    pub fn checked_add(&self, other: &Self) -> Result<Self, DecError> {
        let mut sum = self.0.clone();
        for (denom, amount) in &other.0 {
            let entry = sum.entry(denom.clone()).or_default();
            *entry = entry.checked_add(*amount)?;
        }
        Ok(Self::without_zeros(sum))
    }

    /// Difference; an error when any denom would be negative.
    pub fn checked_sub(&self, other: &Self) -> Result<Self, DecError> {
        let mut difference = self.0.clone();
        for (denom, amount) in &other.0 {
            let entry = difference.entry(denom.clone()).or_default();
            *entry = entry.checked_sub(*amount)?;
        }
        Ok(Self::without_zeros(difference))
    }

    /// The lesser amount of each denom.
    pub fn intersect(&self, other: &Self) -> Self {
        let lesser = self
            .0
            .iter()
            .map(|(denom, amount)| (denom.clone(), (*amount).min(other.amount_of(denom))));
        Self::without_zeros(lesser.collect())
    }

    /// Each amount times `factor`, half to even.
    pub fn mul_half_even(&self, factor: Dec18) -> Result<Self, DecError> {
        self.map(|amount| amount.mul_half_even(factor))
    }

    /// Each amount times `factor`, truncated.
    pub fn mul_floor(&self, factor: Dec18) -> Result<Self, DecError> {
        self.map(|amount| amount.mul_floor(factor))
    }

    /// Each amount over `divisor`, truncated.
    pub fn quo_floor(&self, divisor: Dec18) -> Result<Self, DecError> {
        self.map(|amount| amount.quo_floor(divisor))
    }

    /// The whole coins; denoms with less than one are kept as zero.
    pub fn to_coins_floor(&self) -> Result<Vec<Coin>, DecError> {
        self.0
            .iter()
            .map(|(denom, amount)| {
                Ok(Coin {
                    denom: denom.clone(),
                    amount: amount.to_int_floor()?,
                })
            })
            .collect()
    }

    /// `TruncateDecimal`: the whole coins without zeros, and the fractions left.
    pub fn split_whole(&self) -> Result<(Vec<Coin>, Self), DecError> {
        let mut whole = self.to_coins_floor()?;
        whole.retain(|coin| !coin.amount.is_zero());
        let fractions = self.checked_sub(&Self::from_coins(&whole)?)?;
        Ok((whole, fractions))
    }

    /// In the form of `DistributionQuery`.
    pub fn to_std(&self) -> Vec<DecCoin> {
        self.0
            .iter()
            .map(|(denom, amount)| DecCoin::new(*amount, denom))
            .collect()
    }

    fn map(&self, f: impl Fn(Dec18) -> Result<Dec18, DecError>) -> Result<Self, DecError> {
        let mapped = self
            .0
            .iter()
            .map(|(denom, amount)| Ok((denom.clone(), f(*amount)?)))
            .collect::<Result<_, _>>()?;
        Ok(Self::without_zeros(mapped))
    }

    fn without_zeros(mut amounts: BTreeMap<String, Dec18>) -> Self {
        amounts.retain(|_, amount| !amount.is_zero());
        Self(amounts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::{Uint128, coin, coins};

    fn dec(coins: &[Coin]) -> DecCoins {
        DecCoins::from_coins(coins).unwrap()
    }

    #[test]
    fn zeros_are_dropped_and_negatives_refused() {
        let five = dec(&coins(5, "a"));
        assert!(five.checked_sub(&five).unwrap().is_empty());
        assert_eq!(
            five.checked_sub(&dec(&coins(6, "a"))),
            Err(DecError::OutOfRange)
        );
        assert_eq!(
            five.checked_sub(&dec(&coins(1, "b"))),
            Err(DecError::OutOfRange)
        );
    }

    #[test]
    fn whole_and_fraction_are_split_by_denom() {
        // 7 / 2 = 3.5 and 1 / 2 = 0.5
        let half = dec(&[coin(7, "a"), coin(1, "b")])
            .quo_floor(Dec18::from_int(Uint128::new(2)))
            .unwrap();
        let (whole, fractions) = half.split_whole().unwrap();
        assert_eq!(whole, coins(3, "a"));
        let half_unit = Dec18::from_atomics(500_000_000_000_000_000u128);
        assert_eq!(fractions.amount_of("a"), half_unit);
        assert_eq!(fractions.amount_of("b"), half_unit);
        assert_eq!(
            half.to_coins_floor().unwrap(),
            vec![coin(3, "a"), coin(0, "b")]
        );
    }

    #[test]
    fn intersection_takes_the_lesser() {
        let left = dec(&[coin(5, "a"), coin(1, "b")]);
        let right = dec(&[coin(3, "a"), coin(9, "c")]);
        assert_eq!(left.intersect(&right), dec(&coins(3, "a")));
    }
}
