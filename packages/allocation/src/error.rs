//! What the allocation refuses: inputs for which the rule has no answer.

use cosmwasm_std::Decimal;
use thiserror::Error;

/// Errors of the allocation.
#[derive(Error, Debug, Clone, PartialEq, Eq)]
pub enum AllocationError {
    /// One validator was given twice, so neither row can be trusted.
    #[error("validator {validator} is listed twice")]
    DuplicateValidator {
        /// Its operator address.
        validator: String,
    },
    /// The vault's part of a validator's stake can be bounded by a share below 1 only.
    #[error("match cap {match_cap} is not below 1")]
    MatchCapNotBelowOne {
        /// The refused share.
        match_cap: Decimal,
    },
    /// The groups were made for another list of validators.
    #[error("the groups are not those of {validators} validators")]
    GroupsMismatch {
        /// Number of validators.
        validators: usize,
    },
    /// Live redelegation entries name a validator that is not there.
    #[error("redelegation entries name validator {index} of {validators}")]
    UnknownValidator {
        /// The index.
        index: usize,
        /// Number of validators.
        validators: usize,
    },
    /// Two amounts that together exceed 128 bits: no chain has so many tokens.
    #[error("{left} plus {right} tokens exceed 128 bits")]
    SumOverflow {
        /// First amount.
        left: u128,
        /// Second amount.
        right: u128,
    },
}

/// Groups that make no sense.
#[derive(Error, Debug, Clone, PartialEq, Eq)]
pub enum GroupError {
    /// Two groups bear one name, so a cap that binds could not be told by it.
    #[error("group {group} is given twice")]
    DuplicateGroup {
        /// The name.
        group: String,
    },
    /// A group names one member twice.
    #[error("group {group} names validator {index} twice")]
    DuplicateMember {
        /// The group.
        group: String,
        /// Index of the validator.
        index: usize,
    },
    /// A group names a member that is not there.
    #[error("group {group} names validator {index} of {validators}")]
    UnknownMember {
        /// The group.
        group: String,
        /// The index.
        index: usize,
        /// Number of validators.
        validators: usize,
    },
}
