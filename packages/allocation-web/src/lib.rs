#![doc = include_str!("../README.md")]

mod network;
#[cfg(test)]
mod tests;

pub use network::{Answer, Metrics, NetworkError, Question, VaultAnswers, compute_network};

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

/// The module's only door.
#[cfg(target_arch = "wasm32")]
mod door {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`crate::answer`], its error as text.
    #[wasm_bindgen]
    pub fn network(question: &str) -> Result<String, String> {
        crate::answer(question).map_err(|error| error.to_string())
    }
}
