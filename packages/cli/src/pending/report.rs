//! What is under way, told.

use std::fmt::Write;
use std::path::Path;

use defenders_node::send::{JournalError, Pending};
use serde::Serialize;

use crate::terminal::count;

/// What is known of a transaction that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A block has it.
    CarriedOut,
    /// A block has it, and it failed there.
    Failed,
    /// No block has it yet.
    MayGetIn,
    /// No block has it, and none will.
    Never,
    /// The nodes lack the blocks that would tell.
    CannotBeTold,
    /// The nodes could not be asked.
    NotLookedUp,
    /// Another program is at it.
    BeingSent,
}

/// A transaction that was signed, and is not forgotten.
#[derive(Debug, Serialize)]
pub struct Row {
    pub account: String,
    /// Empty while another program is at it.
    pub hash: String,
    pub what: String,
    pub sequence: Option<u64>,
    pub signed_at_height: Option<u64>,
    /// None: it has no last height, or another program is at it.
    pub last_height: Option<u64>,
    pub state: State,
    pub because: String,
    pub file: Option<String>,
}

impl Row {
    pub fn new(
        pending: &Pending,
        address: &str,
        file: &Path,
        state: State,
        because: String,
    ) -> Self {
        Self {
            account: address.to_string(),
            hash: pending.hash.clone(),
            what: pending.what.clone(),
            sequence: Some(pending.sequence),
            signed_at_height: Some(pending.height),
            last_height: pending.last_height,
            state,
            because,
            file: Some(file.display().to_string()),
        }
    }

    pub fn of_busy(account: String, error: &JournalError) -> Self {
        Self {
            account,
            hash: String::new(),
            what: "a transaction that another program sends".to_string(),
            sequence: None,
            signed_at_height: None,
            last_height: None,
            state: State::BeingSent,
            because: error.to_string(),
            file: None,
        }
    }
}

/// All of them, or the one that was forgotten.
#[derive(Debug, Serialize)]
pub struct Report {
    pub chain_id: String,
    /// The hash of what was forgotten.
    pub forgotten: Option<String>,
    pub pending: Vec<Row>,
}

impl Report {
    /// For people.
    pub fn render(&self) -> String {
        let mut text = match (&self.forgotten, self.pending.len()) {
            (Some(_), _) => format!("Forgotten on {}:\n", self.chain_id),
            (None, 0) => format!("Nothing is under way on {}.\n", self.chain_id),
            (None, found) => format!(
                "{} under way on {}:\n",
                count(found, "transaction", "transactions"),
                self.chain_id
            ),
        };
        for row in &self.pending {
            let what = textwrap::wrap(&row.what, 78).join("\n  ");
            let _ = writeln!(text, "\n{what}");
            let _ = writeln!(text, "  account   {}", row.account);
            if !row.hash.is_empty() {
                let _ = writeln!(text, "  hash      {}", row.hash);
            }
            if let (Some(sequence), Some(height)) = (row.sequence, row.signed_at_height) {
                let _ = writeln!(text, "  sequence  {sequence}, signed at height {height}");
            }
            let words = textwrap::wrap(&row.because, 68).join("\n            ");
            let _ = writeln!(text, "  state     {words}");
            if let Some(file) = &row.file {
                let _ = writeln!(text, "  noted in  {file}");
            }
        }
        text
    }
}
