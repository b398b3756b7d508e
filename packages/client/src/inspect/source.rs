//! Where messages come from.

use serde_json::Value;

/// The messages of a proposal, and what is said beside them.
#[derive(Debug, Default)]
pub struct Source {
    /// In words.
    pub form: &'static str,
    /// For those who vote.
    pub title: Option<String>,
    /// For those who vote.
    pub description: Option<String>,
    /// As a multisig answered it.
    pub status: Option<String>,
    /// Messages of cosmwasm-std, with their places.
    pub messages: Vec<(String, Value)>,
}

/// Each with its place.
pub fn number(path: &str, messages: &[Value]) -> Vec<(String, Value)> {
    let messages = messages.iter().enumerate();
    messages
        .map(|(index, message)| (format!("{path}[{index}]"), message.clone()))
        .collect()
}
