//! What the accounting refuses: numbers beyond 128 bits, and differences below zero, which would
//! mean that the book is wrong. The whole call reverts.

use cosmwasm_std::{CheckedMultiplyRatioError, OverflowError};
use thiserror::Error;

/// Errors of the accounting.
#[derive(Error, Debug, PartialEq, Eq)]
pub enum AccountingError {
    /// A sum beyond 128 bits, or a difference below zero.
    #[error("{0}")]
    Overflow(#[from] OverflowError),
    /// A ratio beyond 128 bits, or over zero.
    #[error("{0}")]
    Ratio(#[from] CheckedMultiplyRatioError),
}
