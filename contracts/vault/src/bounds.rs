//! Numbers that people give, within what is taken.

use crate::error::ContractError;

/// Refuses more than the most.
///
/// # Errors
/// [`ContractError::OutOfBounds`].
pub fn ensure_at_most(name: &'static str, value: u64, most: u64) -> Result<(), Box<ContractError>> {
    if value <= most {
        return Ok(());
    }
    Err(ContractError::OutOfBounds {
        name,
        min: "0".to_owned(),
        max: most.to_string(),
        value: value.to_string(),
    }
    .into())
}
