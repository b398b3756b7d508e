#![doc = include_str!("../README.md")]

mod error;
mod json;
mod proposals;
mod settings;
mod spread;
#[cfg(test)]
mod spread_tests;
#[cfg(test)]
mod tests;
mod verify;

pub use error::{ClientError, SpreadError};
pub use proposals::proposals;
pub use settings::settings;
pub use spread::{
    BlockedStake, Delegated, ListOf, Redelegated, SpreadAnswer, SpreadQuestion, SpreadRow, spread,
};
pub use verify::verify;

/// The module's doors.
#[cfg(target_arch = "wasm32")]
mod door {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`crate::verify`], its error as text.
    #[wasm_bindgen]
    pub fn verify(question: &str) -> Result<String, String> {
        crate::verify(question).map_err(|error| error.to_string())
    }

    /// [`crate::proposals`], its error as text.
    #[wasm_bindgen]
    pub fn proposals(question: &str) -> Result<String, String> {
        crate::proposals(question).map_err(|error| error.to_string())
    }

    /// [`crate::spread`], its error as text.
    #[wasm_bindgen]
    pub fn spread(question: &str) -> Result<String, String> {
        crate::spread(question).map_err(|error| error.to_string())
    }

    /// [`crate::settings`], its error as text.
    #[wasm_bindgen]
    pub fn settings(question: &str) -> Result<String, String> {
        crate::settings(question).map_err(|error| error.to_string())
    }
}
