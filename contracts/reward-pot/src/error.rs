//! What the pot refuses.

use cosmwasm_std::StdError;
use thiserror::Error;

/// Errors of the pot.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, queries, serialisation.
    #[error("{0}")]
    Std(#[from] StdError),
    /// Only the vault may call.
    #[error("only the vault {vault} may call, not {sender}")]
    NotTheVault {
        /// The only caller.
        vault: String,
        /// Who called.
        sender: String,
    },
    /// Not a pot, or a newer one.
    #[error("cannot migrate from {from_name} {from_version} to the reward pot {version}")]
    CannotMigrate {
        /// The stored name.
        from_name: String,
        /// The stored version.
        from_version: String,
        /// This version.
        version: String,
    },
    /// The pot takes no coins with a message.
    #[error("the pot takes no coins with a message, got {coins}")]
    UnexpectedFunds {
        /// How many coins came.
        coins: usize,
    },
}
