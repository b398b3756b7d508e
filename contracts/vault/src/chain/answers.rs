//! What the chain answers in JSON, as far as it is needed.

use cosmwasm_std::{Decimal, QuerierWrapper, QueryRequest, StdError, Uint128};
use defenders_json::{message, read, FromJson, Json};

use super::read_error::ReadError;

message! {
    grows
    pub struct Delegations {
        pub delegations: Vec<Delegation>,
    }
}

message! {
    grows
    pub struct Delegation {
        pub validator: String,
        pub amount: Amount,
    }
}

message! {
    grows
    pub struct Amount {
        pub amount: Uint128,
    }
}

message! {
    grows
    pub struct Validators {
        pub validators: Vec<ValidatorAnswer>,
    }
}

message! {
    grows
    pub struct OneValidator {
        pub validator: Option<ValidatorAnswer>,
    }
}

message! {
    grows
    /// A validator, with what it charges and may charge at most.
    pub struct ValidatorAnswer {
        pub address: String,
        pub commission: Decimal,
        pub max_commission: Decimal,
    }
}

message! {
    grows
    pub struct BondedDenom {
        pub denom: String,
    }
}

message! {
    grows
    pub struct Balance {
        pub amount: Amount,
    }
}

message! {
    grows
    pub struct Supply {
        pub amount: Amount,
    }
}

/// Asks the chain.
///
/// # Errors
/// When it does not answer, or not in this form.
pub fn query<T: FromJson>(
    querier: &QuerierWrapper,
    question: impl Into<QueryRequest>,
) -> Result<T, ReadError> {
    read(query_json(querier, &question.into())?)
        .map_err(|error| ReadError::new(StdError::parse_err("the chain's answer", error)))
}

fn query_json(querier: &QuerierWrapper, question: &QueryRequest) -> Result<Json, ReadError> {
    querier.query(question).map_err(ReadError::new)
}
