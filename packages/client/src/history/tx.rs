//! Transactions as they are read, and whose side they are seen from.

use serde::Deserialize;

/// Whose side, and of what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// The account.
    pub account: String,
    /// The vault.
    pub vault: String,
    /// The bond denom.
    pub denom: String,
    /// The denom of shares that are coins; `None`: the vault is their cw20.
    pub share_denom: Option<String>,
}

/// A transaction in a block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tx {
    /// SHA-256 of its bytes, upper case hex.
    pub hash: String,
    /// Of its block.
    pub height: u64,
    /// Its place among those of the same block.
    pub index: u32,
    /// Whether the chain carried it out.
    pub is_done: bool,
    /// Of its block, seconds, where it was read with it.
    pub time: Option<u64>,
    /// What it told.
    pub events: Vec<Event>,
}

/// What a transaction told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Keys and values.
    pub attributes: Vec<(String, String)>,
}

impl Event {
    /// The first value of a key.
    pub fn value(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }
}
