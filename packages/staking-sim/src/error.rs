//! What the modules refuse, printed as a contract sees it: `codespace: X, code: N`.

use cosmwasm_std::{StdError, Uint128};

use crate::dec18::DecError;

/// A refusal by one of the modules. `Display` is exactly the text that wasmd gives to a
/// contract's `reply`; the variant and its fields are for the tester.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// The address may not receive coins (a module account).
    #[error("codespace: sdk, code: 4")]
    Unauthorized {
        /// The blocked address.
        address: String,
    },
    /// The delegator does not own the coins.
    #[error("codespace: sdk, code: 5")]
    InsufficientFunds {
        /// What the account has.
        balance: Uint128,
        /// What was asked.
        wanted: Uint128,
    },
    /// The address is not one of this chain.
    #[error("codespace: sdk, code: 7")]
    InvalidAddress {
        /// The address as given.
        address: String,
    },
    /// A malformed request: zero amount, wrong denom, more shares than owned.
    #[error("codespace: sdk, code: 18")]
    InvalidRequest {
        /// The text that the chain keeps from contracts.
        reason: &'static str,
    },
    /// The named unbonding entry does not exist.
    #[error("codespace: sdk, code: 38")]
    NoUnbondingEntry {
        /// The creation height asked for.
        creation_height: u64,
    },
    /// No such validator.
    #[error("codespace: staking, code: 3")]
    NoValidatorFound {
        /// The operator address asked for.
        validator: String,
    },
    /// The validator is jailed.
    #[error("codespace: staking, code: 7")]
    ValidatorJailed,
    /// No delegation of this delegator to this validator.
    #[error("codespace: staking, code: 19")]
    NoDelegation,
    /// As `NoDelegation`, found while unbonding.
    #[error("codespace: staking, code: 21")]
    NoDelegatorForAddress,
    /// The validator has no tokens left.
    #[error("codespace: staking, code: 22")]
    InsufficientShares,
    /// More shares asked than delegated.
    #[error("codespace: staking, code: 24")]
    NotEnoughDelegationShares,
    /// The pair (delegator, validator) has `max_entries` unbonding entries.
    #[error("codespace: staking, code: 27")]
    MaxUnbondingDelegationEntries {
        /// The `max_entries` parameter.
        max_entries: u32,
    },
    /// Source and destination are the same.
    #[error("codespace: staking, code: 29")]
    SelfRedelegation,
    /// The amount truncates to zero tokens.
    #[error("codespace: staking, code: 30")]
    TinyRedelegationAmount,
    /// The destination validator does not exist.
    #[error("codespace: staking, code: 31")]
    BadRedelegationDst,
    /// The source is the destination of a live redelegation.
    #[error("codespace: staking, code: 32")]
    TransitiveRedelegation,
    /// The triplet (delegator, source, destination) has `max_entries` entries.
    #[error("codespace: staking, code: 33")]
    MaxRedelegationEntries {
        /// The `max_entries` parameter.
        max_entries: u32,
    },
    /// The validator has shares but no tokens (slashed by all it had).
    #[error("codespace: staking, code: 34")]
    DelegatorShareExRateInvalid,
    /// The source validator does not exist.
    #[error("codespace: staking, code: 44")]
    BadRedelegationSrc,
    /// The delegation has no reward record.
    #[error("codespace: distribution, code: 5")]
    EmptyDelegationDistInfo,
    /// Changing the withdraw address is switched off.
    #[error("codespace: distribution, code: 8")]
    SetWithdrawAddrDisabled,
    /// Jailed for longer, or tombstoned.
    #[error("codespace: slashing, code: 4")]
    StillJailed,
    /// Not jailed.
    #[error("codespace: slashing, code: 5")]
    NotJailed,
    /// The operator's own delegation is below the minimum.
    #[error("codespace: slashing, code: 7")]
    SelfDelegationTooLowToUnjail,
    /// The transaction panicked, and the chain has recovered.
    #[error("codespace: undefined, code: 111222")]
    Panicked {
        /// What the module said when it panicked.
        reason: String,
    },
    /// A refusal ordered through the fault switch.
    #[error("codespace: {codespace}, code: {code}")]
    Refused {
        /// Module that is to seem the refuser.
        codespace: String,
        /// Code to show.
        code: u32,
    },
    /// Anything without a registered code.
    #[error("codespace: undefined, code: 1")]
    Unregistered {
        /// What happened.
        reason: String,
    },
}

/// Result of a module operation.
pub type Outcome<T> = Result<T, ChainError>;

impl ChainError {
    pub(crate) fn unregistered(reason: impl ToString) -> Self {
        Self::Unregistered {
            reason: reason.to_string(),
        }
    }
}

impl From<StdError> for ChainError {
    fn from(error: StdError) -> Self {
        Self::unregistered(error)
    }
}

impl From<DecError> for ChainError {
    fn from(error: DecError) -> Self {
        Self::unregistered(error)
    }
}

impl From<cosmwasm_std::OverflowError> for ChainError {
    fn from(error: cosmwasm_std::OverflowError) -> Self {
        Self::unregistered(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_display_is_what_a_contract_sees() {
        assert_eq!(
            ChainError::MaxUnbondingDelegationEntries { max_entries: 7 }.to_string(),
            "codespace: staking, code: 27"
        );
        let refused = ChainError::Refused {
            codespace: "staking".into(),
            code: 7,
        };
        assert_eq!(refused.to_string(), "codespace: staking, code: 7");
        // anyhow's debug form is the text a cw-multi-test reply carries
        let text = format!("{:?}", anyhow::Error::new(ChainError::NoDelegation));
        assert_eq!(text.lines().next(), Some("codespace: staking, code: 19"));
    }
}
