#![doc = include_str!("../README.md")]

mod network;
mod operators;
#[cfg(test)]
mod operators_tests;
#[cfg(test)]
mod tests;

pub use network::{Answer, Metrics, NetworkError, Question, VaultAnswers, compute_network};
pub use operators::{
    AskedRow, ChainAnswers, ChainRow, ExplainAnswer, ExplainQuestion, OperatorRow, OperatorsAnswer,
    OperatorsError, OperatorsQuestion, OwnMaximum, SigningRow, compute_explanation,
    compute_operators, find_accounts,
};

/// What the page calls: `Question` as JSON in, `Answer` as JSON out.
pub fn answer(question: &str) -> Result<String, NetworkError> {
    write(&compute_network(&read(question)?)?)
}

/// `OperatorsQuestion` as JSON in, `OperatorsAnswer` as JSON out.
pub fn answer_operators(question: &str) -> Result<String, OperatorsError> {
    Ok(write(&compute_operators(&read(question)?))?)
}

/// `ExplainQuestion` as JSON in, `ExplainAnswer` as JSON out.
pub fn answer_explain(question: &str) -> Result<String, OperatorsError> {
    Ok(write(&compute_explanation(&read(question)?)?)?)
}

/// A list of operator addresses as JSON in, their accounts by operator address as JSON out.
pub fn answer_accounts(question: &str) -> Result<String, OperatorsError> {
    let operators: Vec<String> = read(question)?;
    Ok(write(&find_accounts(&operators))?)
}

fn read<T: serde::de::DeserializeOwned>(question: &str) -> Result<T, NetworkError> {
    cosmwasm_std::from_json(question).map_err(|error| NetworkError::NotJson {
        what: error.to_string(),
    })
}

fn write<T: serde::Serialize>(answer: &T) -> Result<String, NetworkError> {
    cosmwasm_std::to_json_string(answer).map_err(|error| NetworkError::NotJson {
        what: error.to_string(),
    })
}

/// The module's doors, their errors as text.
#[cfg(target_arch = "wasm32")]
mod door {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`crate::answer`].
    #[wasm_bindgen]
    pub fn network(question: &str) -> Result<String, String> {
        crate::answer(question).map_err(|error| error.to_string())
    }

    /// [`crate::answer_operators`].
    #[wasm_bindgen]
    pub fn operators(question: &str) -> Result<String, String> {
        crate::answer_operators(question).map_err(|error| error.to_string())
    }

    /// [`crate::answer_explain`].
    #[wasm_bindgen]
    pub fn explain(question: &str) -> Result<String, String> {
        crate::answer_explain(question).map_err(|error| error.to_string())
    }

    /// [`crate::answer_accounts`].
    #[wasm_bindgen]
    pub fn accounts(question: &str) -> Result<String, String> {
        crate::answer_accounts(question).map_err(|error| error.to_string())
    }
}
