//! What a proposal says, in the shape of its JSON.

use serde::Serialize;

use super::effects::EffectRow;
use super::fields::FieldRow;
use super::warnings::Warning;
use crate::multisig::Count;

/// A proposal.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What to look at, first.
    pub warnings: Vec<Warning>,
    /// What the file is.
    pub form: &'static str,
    /// For those who vote.
    pub title: Option<String>,
    /// For those who vote.
    pub description: Option<String>,
    /// As the multisig answered it; of a proposal by its number, as its votes say.
    pub status: Option<String>,
    /// Its votes at the latest block: of a proposal by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,
    /// In their order.
    pub messages: Vec<MessageRow>,
}

/// One message.
#[derive(Debug, Serialize)]
pub struct MessageRow {
    /// Where in the file.
    pub place: String,
    /// Which contract is called; null: none.
    pub contract: Option<String>,
    /// Its name, as `drain_validators` or `bank.send`.
    pub name: String,
    /// The vault refuses it from then on, seconds.
    pub valid_until: Option<u64>,
    /// What is sent along.
    pub funds: Vec<String>,
    /// What it changes; empty when it is no message to the vault.
    pub effects: Vec<EffectRow>,
    /// All that it says.
    pub fields: Vec<FieldRow>,
}
