//! A question that the chain did not answer. Only the chain's own files make it, so that a job can tell
//! it from everything else that goes wrong.

use cosmwasm_std::StdError;
use thiserror::Error;

/// The chain refused a query, or answered nonsense.
#[derive(Error, Debug, PartialEq)]
#[error("{0}")]
pub struct ReadError(Box<StdError>);

impl ReadError {
    /// No posted table tells it.
    #[must_use]
    pub fn not_posted(validator: &str) -> Self {
        Self::new(StdError::generic_err(format!(
            "no posted table has a power of {validator}"
        )))
    }

    /// The chain did not answer.
    pub(in crate::chain) fn new(error: StdError) -> Self {
        Self(Box::new(error))
    }
}
