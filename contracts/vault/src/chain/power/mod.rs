//! Where voting power is read.

mod commission;
mod grpc;
mod stargate;
mod validator_power;

use anybuf::Anybuf;
use cosmwasm_std::{Binary, Decimal, QuerierWrapper, StdError};
use defenders_types::PowerSource;

use super::read_error::ReadError;

pub use commission::{query_commission, Commission};
pub use validator_power::ValidatorPower;

const QUERY_VALIDATOR: &str = "/cosmos.staking.v1beta1.Query/Validator";

/// Reads one validator by a raw query. `None`: the source has none.
///
/// # Errors
/// When the chain does not let contracts ask, does not know the validator, or answers nonsense.
pub fn query_power(
    querier: &QuerierWrapper,
    source: &PowerSource,
    validator: &str,
) -> Result<Option<ValidatorPower>, ReadError> {
    let power = match source {
        PowerSource::Grpc => grpc::query_power(querier, validator),
        PowerSource::Stargate => stargate::query_power(querier, validator),
        PowerSource::Attested { .. } | PowerSource::Rank { .. } => return Ok(None),
    };
    power.map(Some)
}

/// What one share of a validator is worth. `None`: the chain or the source does not tell.
#[must_use]
pub fn query_tokens_per_share(
    querier: &QuerierWrapper,
    source: &PowerSource,
    validator: &str,
) -> Option<Decimal> {
    query_power(querier, source, validator)
        .ok()??
        .tokens_per_share
}

/// `QueryValidatorRequest {validator_addr = 1}`.
fn request(validator: &str) -> Binary {
    Anybuf::new().append_string(1, validator).into_vec().into()
}

/// An answer with a field that is missing or broken.
fn nonsense(validator: &str, field: &str) -> StdError {
    StdError::parse_err(
        "QueryValidatorResponse",
        format!("{field} of {validator} is missing or broken"),
    )
}
