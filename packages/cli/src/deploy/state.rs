//! What stands already, noted after each step.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use defenders_node::write_whole;
use serde::{Deserialize, Serialize};

use crate::input::InputError;
use crate::output::to_json;
use crate::session::SessionError;

/// What stands already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Where.
    pub chain_id: String,
    /// SHA-256 of what contracts are made with, from the first code on.
    #[serde(default)]
    pub config: Option<String>,
    /// Codes by contract.
    pub codes: BTreeMap<String, u64>,
    /// The group of members.
    pub group: Option<String>,
    /// The multisig.
    pub multisig: Option<String>,
    /// The vault.
    pub vault: Option<String>,
    /// The chain's time from which the first proposal reckons: proposed again it says the same.
    #[serde(default)]
    pub proposed_at: Option<u64>,
    /// The first proposal.
    pub proposal: Option<u64>,
    /// It was carried out.
    pub is_executed: bool,
    /// Powers were read.
    pub is_refreshed: bool,
    /// The first deposit was made.
    pub is_deposited: bool,
}

impl State {
    /// The notes, or empty ones. Those of another chain are refused.
    pub fn load(file: &Path, chain_id: &str) -> Result<Self, SessionError> {
        let refuse = |reason: String| {
            let path = "notes".to_string();
            SessionError::from(InputError::Impossible { path, reason }.in_file(file))
        };
        let text = match fs::read(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let chain_id = chain_id.to_string();
                return Ok(Self {
                    chain_id,
                    ..Self::default()
                });
            }
            Err(error) => return Err(refuse(error.to_string())),
        };
        let state: Self =
            serde_json::from_slice(&text).map_err(|error| refuse(error.to_string()))?;
        match state.chain_id == chain_id {
            true => Ok(state),
            false => Err(refuse(format!(
                "is of a deployment on {}, and the node is of {chain_id}: name another file with --state",
                state.chain_id
            ))),
        }
    }

    /// Notes it, whole or not at all, and on the disk when this returns.
    pub fn save(&self, file: &Path) -> Result<(), SessionError> {
        let unwritable = |error| SessionError::Unwritable {
            file: file.display().to_string(),
            error,
        };
        write_whole(file, to_json(self)?.as_bytes()).map_err(unwritable)
    }

    /// For people.
    pub fn tell(&self, left: Option<&str>) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: Option<&str>| {
            text += &format!("{name:<10}{}\n", value.unwrap_or("-"));
        };
        line("multisig", self.multisig.as_deref());
        line("group", self.group.as_deref());
        line("vault", self.vault.as_deref());
        for (name, code) in &self.codes {
            line("code", Some(&format!("{code} ({name})")));
        }
        match left {
            Some(left) => text += &format!("left      {left}\n"),
            None => {
                let vault = self.vault.as_deref().unwrap_or_default();
                text += "All of it stands. Anybody can check it:\n";
                text += &format!("  defenders verify {vault}\n");
            }
        }
        text
    }
}
