//! Which denoms are some.

use cosmwasm_std::Api;

use crate::address::validate;
use crate::error::FactoryError;

/// What every denom of the module begins with.
const PREFIX: &str = "factory";
/// Longest subdenom, bytes.
const LONGEST_SUBDENOM: usize = 44;
/// Longest creator, bytes.
const LONGEST_CREATOR: usize = 59 + 16;

/// `factory/{creator}/{subdenom}`.
pub fn denom_of(creator: &str, subdenom: &str) -> Result<String, FactoryError> {
    let refuse = |text: String| Err(FactoryError::invalid_denom(text));
    if subdenom.len() > LONGEST_SUBDENOM {
        return refuse(format!(
            "subdenom too long, max length is {LONGEST_SUBDENOM} bytes"
        ));
    }
    if creator.len() > LONGEST_CREATOR {
        return refuse(format!(
            "creator too long, max length is {LONGEST_CREATOR} bytes"
        ));
    }
    let denom = format!("{PREFIX}/{creator}/{subdenom}");
    match is_denom(&denom) {
        true => Ok(denom),
        false => refuse(invalid(&denom)),
    }
}

/// Refuses what could not have been made by the module, whether or not it was.
pub fn ensure_of_factory(api: &dyn Api, denom: &str) -> Result<(), FactoryError> {
    if !is_denom(denom) {
        return Err(FactoryError::unregistered(invalid(denom)));
    }
    let mut parts = denom.splitn(3, '/');
    let (Some(prefix), Some(creator), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        let text = format!("not enough parts of denom {denom}");
        return Err(FactoryError::invalid_denom(text));
    };
    if prefix != PREFIX {
        let text = format!("denom prefix is incorrect. Is: {prefix}.  Should be: {PREFIX}");
        return Err(FactoryError::invalid_denom(text));
    }
    match validate(api, creator) {
        Ok(_) => Ok(()),
        Err(reason) => {
            let text = format!("Invalid creator address ({reason})");
            Err(FactoryError::invalid_denom(text))
        }
    }
}

/// The SDK's `[a-zA-Z][a-zA-Z0-9/:._-]{2,127}`.
pub fn is_denom(denom: &str) -> bool {
    let mut characters = denom.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && (3..=128).contains(&denom.len())
        && characters.all(|c| c.is_ascii_alphanumeric() || "/:._-".contains(c))
}

/// The SDK's words for what is none.
pub fn invalid(denom: &str) -> String {
    format!("invalid denom: {denom}")
}
