#![doc = include_str!("../README.md")]

mod account;
mod network;
mod spread;
#[cfg(test)]
mod spread_tests;
#[cfg(test)]
mod tests;

pub use network::{Answer, Metrics, NetworkError, Question, VaultAnswers, compute_network};
pub use spread::{
    BlockedStake, Delegated, ListOf, Redelegated, SpreadAnswer, SpreadError, SpreadQuestion,
    SpreadRow, compute_answer,
};

/// What the page calls: `Question` as JSON in, `Answer` as JSON out.
pub fn answer(question: &str) -> Result<String, NetworkError> {
    let question: Question =
        cosmwasm_std::from_json(question).map_err(|error| NetworkError::NotJson {
            what: error.to_string(),
        })?;
    let answer = compute_network(&question)?;
    cosmwasm_std::to_json_string(&answer).map_err(|error| NetworkError::NotJson {
        what: error.to_string(),
    })
}

/// What the page calls for a plan without a vault: `SpreadQuestion` as JSON in, `SpreadAnswer` as JSON out.
pub fn answer_spread(question: &str) -> Result<String, SpreadError> {
    let not_json = |error: cosmwasm_std::StdError| SpreadError::NotJson {
        what: error.to_string(),
    };
    let question: SpreadQuestion = cosmwasm_std::from_json(question).map_err(not_json)?;
    cosmwasm_std::to_json_string(&compute_answer(question)?).map_err(not_json)
}

/// Of an account's past: `HistoryQuestion` in, `HistoryAnswer` out.
pub fn history(question: &str) -> Result<String, NetworkError> {
    through(question, account::tell_history)
}

/// Of what to search a node for: `Side` in, `Searches` out.
pub fn searches(side: &str) -> Result<String, NetworkError> {
    through(side, account::tell_searches)
}

/// Of the rate: `RateQuestion` in, `RateAnswer` out.
pub fn rate_changes(question: &str) -> Result<String, NetworkError> {
    through(question, account::tell_rate_changes)
}

fn through<Q, A>(question: &str, compute: impl FnOnce(&Q) -> A) -> Result<String, NetworkError>
where
    Q: serde::de::DeserializeOwned,
    A: serde::Serialize,
{
    let not_json = |error: cosmwasm_std::StdError| NetworkError::NotJson {
        what: error.to_string(),
    };
    let question = cosmwasm_std::from_json(question).map_err(not_json)?;
    cosmwasm_std::to_json_string(&compute(&question)).map_err(not_json)
}

/// The module's doors.
#[cfg(target_arch = "wasm32")]
mod door {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`crate::answer`], its error as text.
    #[wasm_bindgen]
    pub fn network(question: &str) -> Result<String, String> {
        crate::answer(question).map_err(|error| error.to_string())
    }

    /// [`crate::answer_spread`], its error as text.
    #[wasm_bindgen]
    pub fn spread(question: &str) -> Result<String, String> {
        crate::answer_spread(question).map_err(|error| error.to_string())
    }

    /// [`crate::history`], its error as text.
    #[wasm_bindgen]
    pub fn history(question: &str) -> Result<String, String> {
        crate::history(question).map_err(|error| error.to_string())
    }

    /// [`crate::searches`], its error as text.
    #[wasm_bindgen]
    pub fn searches(side: &str) -> Result<String, String> {
        crate::searches(side).map_err(|error| error.to_string())
    }

    /// [`crate::rate_changes`], its error as text.
    #[wasm_bindgen]
    pub fn rate_changes(question: &str) -> Result<String, String> {
        crate::rate_changes(question).map_err(|error| error.to_string())
    }
}
