//! A validator set: the facts of a real chain from which a simulated one is made.

pub mod answers;
pub mod compact;
pub mod names;
pub mod rest;
pub mod source;

pub use names::clean_name;

use std::collections::BTreeMap;

use cosmwasm_std::{Decimal, Uint128};

use crate::input::InputError;

/// Beyond this sum, squares and 18 decimals on top of it no longer fit.
const MOST_TOKENS: u128 = 10u128.pow(33);

/// Status as x/staking has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Signs blocks, earns rewards.
    Bonded,
    /// Left the set less than an unbonding time ago.
    Unbonding,
    /// Outside the set.
    Unbonded,
}

/// One validator of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetValidator {
    /// Operator address, in the chain's own prefix.
    pub operator: String,
    /// Status.
    pub status: Status,
    /// Kept out of the set until it asks to come back.
    pub jailed: bool,
    /// All stake on it, base units.
    pub tokens: Uint128,
    /// Part of the rewards it keeps, in [0, 1].
    pub commission_rate: Decimal,
    /// What its operator calls it, without what cannot be seen.
    pub name: Option<String>,
}

impl SetValidator {
    /// In the set: a jailed or empty validator leaves it at the end of the block.
    pub fn is_bonded(&self) -> bool {
        self.status == Status::Bonded && !self.jailed && !self.tokens.is_zero()
    }
}

/// Sorts a set by operator address and refuses what no chain could have. With each validator comes
/// the place that it was read from.
pub fn ensure_usable(
    validators: Vec<(String, SetValidator)>,
) -> Result<Vec<SetValidator>, InputError> {
    if validators.is_empty() {
        return Err(InputError::EmptySet);
    }
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut total = 0u128;
    for (place, validator) in &validators {
        if let Some(first) = seen.insert(&validator.operator, place) {
            return Err(InputError::Duplicate {
                path: place.clone(),
                name: validator.operator.clone(),
                first: first.to_string(),
            });
        }
        total = total.saturating_add(validator.tokens.u128());
        if total > MOST_TOKENS {
            return Err(InputError::TooManyTokens {
                path: place.clone(),
            });
        }
    }
    let mut validators: Vec<SetValidator> = validators.into_iter().map(|(_, it)| it).collect();
    if !validators.iter().any(SetValidator::is_bonded) {
        return Err(InputError::NoneBonded {
            validators: validators.len(),
        });
    }
    validators.sort_by(|a, b| a.operator.cmp(&b.operator));
    Ok(validators)
}

/// A commission rate in [0, 1].
fn parse_rate(text: &str) -> Option<Decimal> {
    let rate: Decimal = text.parse().ok()?;
    (rate <= Decimal::one()).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validator(operator: &str, tokens: u128) -> SetValidator {
        SetValidator {
            operator: operator.to_string(),
            status: Status::Bonded,
            jailed: false,
            tokens: Uint128::new(tokens),
            commission_rate: Decimal::percent(5),
            name: None,
        }
    }

    /// With the places line 1, line 2, …
    fn ensure_usable(validators: Vec<SetValidator>) -> Result<Vec<SetValidator>, String> {
        let lines = validators.into_iter().enumerate();
        let placed = lines.map(|(index, it)| (format!("line {}", index + 1), it));
        super::ensure_usable(placed.collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn usable_set_is_sorted_by_operator() {
        let set = ensure_usable(vec![validator("b", 1), validator("a", 2)]).unwrap();
        assert_eq!(set, [validator("a", 2), validator("b", 1)]);
    }

    #[test]
    fn set_without_validators_is_refused() {
        let said = ensure_usable(vec![]).unwrap_err();
        assert_eq!(said, "the set is empty: no validator in it");
    }

    #[test]
    fn set_where_nobody_signs_is_refused() {
        let jailed = SetValidator {
            jailed: true,
            ..validator("a", 1)
        };
        let unbonded = SetValidator {
            status: Status::Unbonded,
            ..validator("b", 1)
        };
        assert_eq!(
            ensure_usable(vec![jailed.clone(), unbonded, validator("c", 0)]).unwrap_err(),
            "none of the 3 validators is bonded, unjailed and has tokens"
        );
        assert_eq!(
            ensure_usable(vec![jailed]).unwrap_err(),
            "the only validator is not bonded, or jailed, or has no tokens"
        );
    }

    #[test]
    fn sum_beyond_any_chain_is_refused_at_the_validator_that_passes_it() {
        let most = validator("a", MOST_TOKENS);
        assert!(ensure_usable(vec![most.clone()]).is_ok());
        assert_eq!(
            ensure_usable(vec![most, validator("b", 1)]).unwrap_err(),
            "line 2: the tokens up to here add up to more than 10^33"
        );
    }

    #[test]
    fn rates_beyond_one_are_refused() {
        assert_eq!(parse_rate("1.000000000000000000"), Some(Decimal::one()));
        assert_eq!(parse_rate("1.000000000000000001"), None);
        assert_eq!(parse_rate("-0.1"), None);
        assert_eq!(parse_rate("5 %"), None);
    }
}
