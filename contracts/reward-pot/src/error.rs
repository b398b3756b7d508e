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
    /// The pot takes no coins with a message.
    #[error("the pot takes no coins with a message, got {coins}")]
    UnexpectedFunds {
        /// How many coins came.
        coins: usize,
    },
}
