//! Where voting power is read.

mod grpc;
mod validator_power;

use cosmwasm_std::QuerierWrapper;
use defenders_types::PowerSource;

use super::read_error::ReadError;

pub use validator_power::ValidatorPower;

/// Reads one validator.
///
/// # Errors
/// When the chain does not let contracts ask, does not know the validator, or answers nonsense.
pub fn query_power(
    querier: &QuerierWrapper,
    source: PowerSource,
    validator: &str,
) -> Result<ValidatorPower, ReadError> {
    match source {
        PowerSource::Grpc => grpc::query_power(querier, validator),
    }
}
