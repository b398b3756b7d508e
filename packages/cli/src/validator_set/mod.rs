//! A validator set: the facts of a real chain from which a simulated one is made.

pub mod compact;
pub mod rest;
pub mod source;

use std::collections::BTreeSet;

use cosmwasm_std::{Decimal, Uint128};

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
}

impl SetValidator {
    /// In the set: a jailed or empty validator leaves it at the end of the block.
    pub fn is_bonded(&self) -> bool {
        self.status == Status::Bonded && !self.jailed && !self.tokens.is_zero()
    }
}

/// Why a set cannot be used. Validators are named by operator address, or by their path.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// The text is not JSON, or ends too early.
    #[error("not valid JSON: {0}")]
    Json(String),
    /// JSON of another shape.
    #[error("{path}: expected {expected}, found {found}")]
    Shape {
        /// Page or value.
        path: String,
        /// What the format has there.
        expected: &'static str,
        /// What the file has there.
        found: &'static str,
    },
    /// A field is absent.
    #[error("{validator}: field `{field}` is missing")]
    Missing {
        /// Which validator.
        validator: String,
        /// Which field.
        field: &'static str,
    },
    /// A field holds something else.
    #[error("{validator}: field `{field}` must be {expected}, not {found}")]
    Field {
        /// Which validator.
        validator: String,
        /// Which field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is, as in the file.
        found: String,
    },
    /// Pages overlap, or are of different heights.
    #[error("validator {validator} is listed twice")]
    Duplicate {
        /// Operator address.
        validator: String,
    },
    /// Nothing in it.
    #[error("the set is empty: no validator in it")]
    Empty,
    /// Nothing that could sign a block.
    #[error("none of the {validators} validators is bonded, unjailed and has tokens")]
    NoneBonded {
        /// Validators in the set.
        validators: usize,
    },
    /// No chain has that much.
    #[error("validator {validator}: the tokens up to here add up to more than 10^33")]
    TooManyTokens {
        /// Operator address.
        validator: String,
    },
    /// A line of a compact table has too few or too many fields.
    #[error("line {line}: expected 5 fields, found {found}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// Fields in it.
        found: usize,
    },
}

/// Sorts a set by operator address and refuses what no chain could have.
pub fn ensure_usable(mut validators: Vec<SetValidator>) -> Result<Vec<SetValidator>, SetError> {
    if validators.is_empty() {
        return Err(SetError::Empty);
    }
    let mut seen = BTreeSet::new();
    let mut total = 0u128;
    for validator in &validators {
        if !seen.insert(validator.operator.as_str()) {
            return Err(SetError::Duplicate {
                validator: validator.operator.clone(),
            });
        }
        total = total.saturating_add(validator.tokens.u128());
        if total > MOST_TOKENS {
            return Err(SetError::TooManyTokens {
                validator: validator.operator.clone(),
            });
        }
    }
    if !validators.iter().any(SetValidator::is_bonded) {
        return Err(SetError::NoneBonded {
            validators: validators.len(),
        });
    }
    validators.sort_by(|a, b| a.operator.cmp(&b.operator));
    Ok(validators)
}

/// Tokens of a validator: an unsigned integer in decimal digits.
fn parse_tokens(text: &str) -> Option<Uint128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
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
        }
    }

    #[test]
    fn usable_set_is_sorted_by_operator() {
        let set = ensure_usable(vec![validator("b", 1), validator("a", 2)]).unwrap();
        assert_eq!(set, [validator("a", 2), validator("b", 1)]);
    }

    #[test]
    fn set_without_validators_is_refused() {
        assert_eq!(ensure_usable(vec![]), Err(SetError::Empty));
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
            ensure_usable(vec![jailed, unbonded, validator("c", 0)]),
            Err(SetError::NoneBonded { validators: 3 })
        );
    }

    #[test]
    fn sum_beyond_any_chain_is_refused_at_the_validator_that_passes_it() {
        let most = validator("a", MOST_TOKENS);
        assert!(ensure_usable(vec![most.clone()]).is_ok());
        assert_eq!(
            ensure_usable(vec![most, validator("b", 1)]),
            Err(SetError::TooManyTokens {
                validator: "b".to_string()
            })
        );
    }

    #[test]
    fn tokens_are_digits_only() {
        assert_eq!(parse_tokens("0"), Some(Uint128::zero()));
        assert_eq!(parse_tokens("42"), Some(Uint128::new(42)));
        for text in ["", "-1", "+1", "1.0", "1e6", " 1", "x", &"9".repeat(60)] {
            assert_eq!(parse_tokens(text), None, "{text}");
        }
    }

    #[test]
    fn rates_beyond_one_are_refused() {
        assert_eq!(parse_rate("1.000000000000000000"), Some(Decimal::one()));
        assert_eq!(parse_rate("1.000000000000000001"), None);
        assert_eq!(parse_rate("-0.1"), None);
        assert_eq!(parse_rate("5 %"), None);
    }
}
