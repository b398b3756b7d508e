//! What every contract may read of a validator, on every chain: its commission.

use cosmwasm_std::{Decimal, QuerierWrapper};

use super::nonsense;
use crate::chain::read_error::ReadError;
use crate::chain::staking::query_validator;

/// What a validator charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commission {
    /// Now.
    pub rate: Decimal,
    /// At most ever.
    pub ceiling: Decimal,
}

/// Reads it by `StakingQuery::Validator`, which tells nothing of stake, status or jail.
///
/// # Errors
/// When the chain does not know the validator, or answers about another one.
pub fn query_commission(
    querier: &QuerierWrapper,
    validator: &str,
) -> Result<Commission, ReadError> {
    let answer = query_validator(querier, validator)?;
    match answer.filter(|answer| answer.address == validator) {
        Some(answer) => Ok(Commission {
            rate: answer.commission,
            ceiling: answer.max_commission,
        }),
        None => Err(ReadError::new(nonsense(validator, "operator address"))),
    }
}
