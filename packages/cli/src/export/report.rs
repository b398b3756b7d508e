//! The report of `defenders export`, in the shape of its JSON.

use cosmwasm_std::Uint128;
use defenders_client::history::Row;
use serde::{Serialize, Serializer};

use crate::terminal::Denom;

/// Amounts are strings in base units, with a sign where they went.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// Its chain.
    pub chain_id: String,
    /// Whose it is.
    pub account: String,
    /// The denom of all tokens.
    pub denom: String,
    /// How it is shown; null when nobody knows.
    #[serde(serialize_with = "as_text")]
    pub display: Option<Denom>,
    /// Height of the latest block before anything was asked.
    pub height: u64,
    /// Shares that the account has now.
    pub shares: Uint128,
    /// Whether nothing is unexplained.
    pub is_complete: bool,
    /// Oldest first.
    pub rows: Vec<Row>,
}

fn as_text<S: Serializer>(denom: &Option<Denom>, serializer: S) -> Result<S::Ok, S::Error> {
    match denom {
        Some(denom) => serializer.collect_str(&format_args!("{}:{}", denom.symbol, denom.exponent)),
        None => serializer.serialize_none(),
    }
}
