#![doc = include_str!("../README.md")]

mod account;
mod error;
mod network;
mod operators;
#[cfg(test)]
mod operators_tests;
#[cfg(test)]
mod tests;
mod vault;

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

pub use defenders_client::metrics::Metrics;
pub use error::NetworkError;
pub use network::{Answer, Question, compute_network};
pub use operators::{
    AskedRow, ChainAnswers, ChainRow, ExplainAnswer, ExplainQuestion, OperatorRow, OperatorsAnswer,
    OperatorsError, OperatorsQuestion, OwnMaximum, SigningRow, compute_explanation,
    compute_operators, find_accounts,
};
pub use vault::VaultAnswers;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum DoorError {
    /// The question is not as it should be, or the answer cannot be written.
    #[error("not understood: {what}")]
    NotJson {
        /// What the reader says.
        what: String,
    },
    /// Of the network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// Of operators.
    #[error(transparent)]
    Operators(#[from] OperatorsError),
}

/// `Question` as JSON in, `Answer` as JSON out.
pub fn answer(question: &str) -> Result<String, DoorError> {
    write(&compute_network(&read(question)?)?)
}

/// `OperatorsQuestion` as JSON in, `OperatorsAnswer` as JSON out.
pub fn answer_operators(question: &str) -> Result<String, DoorError> {
    write(&compute_operators(&read(question)?))
}

/// `ExplainQuestion` as JSON in, `ExplainAnswer` as JSON out.
pub fn answer_explain(question: &str) -> Result<String, DoorError> {
    write(&compute_explanation(&read(question)?)?)
}

/// A list of operator addresses as JSON in, their accounts by operator address as JSON out.
pub fn answer_accounts(question: &str) -> Result<String, DoorError> {
    let operators: Vec<String> = read(question)?;
    write(&find_accounts(&operators))
}

/// Of an account's past: `HistoryQuestion` as JSON in, `HistoryAnswer` as JSON out.
pub fn answer_history(question: &str) -> Result<String, DoorError> {
    write(&account::tell_history(&read(question)?))
}

/// Of what to search a node for: `Side` as JSON in, `Searches` as JSON out.
pub fn answer_searches(side: &str) -> Result<String, DoorError> {
    write(&account::tell_searches(&read(side)?))
}

/// Of the rate: `RateQuestion` as JSON in, `RateAnswer` as JSON out.
pub fn answer_rate_changes(question: &str) -> Result<String, DoorError> {
    write(&account::tell_rate_changes(&read(question)?))
}

fn read<Q: DeserializeOwned>(question: &str) -> Result<Q, DoorError> {
    cosmwasm_std::from_json(question).map_err(not_json)
}

fn write<A: Serialize>(answer: &A) -> Result<String, DoorError> {
    cosmwasm_std::to_json_string(answer).map_err(not_json)
}

fn not_json(error: cosmwasm_std::StdError) -> DoorError {
    let what = error.to_string();
    DoorError::NotJson { what }
}

/// The module's doors, their errors as text.
#[cfg(target_arch = "wasm32")]
mod door {
    use wasm_bindgen::prelude::wasm_bindgen;

    macro_rules! doors {
        ($($(#[$doc:meta])* $name:ident => $answer:ident;)*) => {
            $($(#[$doc])*
            #[wasm_bindgen]
            pub fn $name(question: &str) -> Result<String, String> {
                crate::$answer(question).map_err(|error| error.to_string())
            })*
        };
    }

    doors! {
        /// [`crate::answer`].
        network => answer;
        /// [`crate::answer_operators`].
        operators => answer_operators;
        /// [`crate::answer_explain`].
        explain => answer_explain;
        /// [`crate::answer_accounts`].
        accounts => answer_accounts;
        /// [`crate::answer_history`].
        history => answer_history;
        /// [`crate::answer_searches`].
        searches => answer_searches;
        /// [`crate::answer_rate_changes`].
        rate_changes => answer_rate_changes;
    }
}
