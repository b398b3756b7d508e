//! Why there is no answer.

use defenders_allocation::{AllocationError, GroupError};
use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// More of the vault on a validator than it has.
    #[error("the vault has {delegated} on {validator}, which has {tokens}: read the chain again")]
    MoreThanAll {
        /// The validator.
        validator: String,
        /// The vault's.
        delegated: u128,
        /// All.
        tokens: u128,
    },
    /// A deposit without a vault or validators.
    #[error("a deposit of {tokens} needs a vault and a validator with stake")]
    NothingToPlaceOn {
        /// The deposit.
        tokens: u128,
    },
    /// A cap goes by what an operator delegates to itself.
    #[error("the vault's bond factor is in force, and the own stake of {validator} was not told")]
    SelfBondUnknown {
        /// The validator.
        validator: String,
    },
    /// Numbers that do not fit.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    /// Groups that make no sense.
    #[error(transparent)]
    Groups(#[from] GroupError),
}
