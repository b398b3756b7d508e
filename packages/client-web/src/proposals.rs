//! The proposals of a vault's owner.

use std::collections::BTreeMap;

use cosmwasm_std::{BlockInfo, Timestamp};
use defenders_client::chain::CodeInfo;
use defenders_client::inspect::{
    Codes, Context, Known, Listed, find_proposed_codes, inspect_counted, parse_checksums, shown,
};
use defenders_client::multisig::{Count, Proposal, Setup, Vote};
use defenders_client::settings::to_settings;
use defenders_types::{ChangesResponse, ConfigResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::json::{read, write};

#[derive(Deserialize)]
struct ProposalsQuestion {
    multisig: String,
    chain_id: String,
    height: u64,
    /// Seconds.
    time: u64,
    /// As the multisig answers, each with all its votes.
    proposals: Vec<Voted>,
    /// How the multisig is set up; null where it does not tell.
    setup: Option<Value>,
    vault: VaultKnown,
}

#[derive(Deserialize)]
struct Voted {
    answer: Value,
    votes: Vec<Vote>,
}

/// What a proposal is judged by.
#[derive(Deserialize)]
struct VaultKnown {
    address: String,
    config: ConfigResponse,
    changes: ChangesResponse,
    /// All rows of `validators {}`.
    validators: Vec<Listed>,
    /// The text of a list of checksums.
    checksums: Option<String>,
    code: Option<CodeInfo>,
    pot_code: Option<CodeInfo>,
    /// Codes that proposals name; null where the chain has none of that number.
    proposed: BTreeMap<u64, Option<CodeInfo>>,
}

/// A proposal, or why it cannot be read.
#[derive(Serialize)]
struct Row {
    /// What `defenders inspect --json` says of it; letters that cannot be seen are spelt out.
    report: Option<Value>,
    error: Option<String>,
}

/// Proposals of the owner with their votes counted and their messages in words: JSON in, JSON out. `code_ids` are the
/// codes that they name: asked again with those in `proposed`, upgrades are compared with what the chain keeps.
pub fn proposals(question: &str) -> Result<String, ClientError> {
    let question: ProposalsQuestion = read(question)?;
    let block = BlockInfo {
        height: question.height,
        time: Timestamp::from_seconds(question.time),
        chain_id: question.chain_id,
    };
    let setup: Option<Setup> = question
        .setup
        .and_then(|setup| serde_json::from_value(setup).ok());
    let vault = question.vault;
    let checksums = vault
        .checksums
        .map(|text| parse_checksums(&text).map_err(|_| ClientError::NoChecksums))
        .transpose()?;
    let listed = vault.validators.into_iter();
    let known = Known {
        context: Context {
            settings: Some(to_settings(&vault.config)),
            changes: Some(vault.changes),
            listings: Some(listed.map(|row| (row.validator.clone(), row)).collect()),
            now: question.time,
        },
        vault: Some(vault.address),
        checksums,
        codes: Some(Codes {
            vault: vault.code,
            reward_pot: vault.pot_code,
            proposed: vault.proposed,
        }),
    };
    let mut code_ids = Vec::new();
    let mut rows = Vec::new();
    for Voted { answer, votes } in question.proposals {
        let computed = Proposal::read(answer)
            .map_err(|error| error.to_string())
            .and_then(|proposal| {
                let count = Count::new(&question.multisig, &proposal, &votes, &block);
                let report = inspect_counted(&proposal, &count, setup.as_ref(), &known);
                report.map_err(|error| error.to_string())
            })
            .and_then(|report| {
                code_ids.extend(find_proposed_codes(&report));
                let report = serde_json::to_value(report);
                report.map_err(|error| error.to_string())
            });
        rows.push(match computed {
            Ok(report) => Row {
                report: Some(show_all(report)),
                error: None,
            },
            Err(error) => Row {
                report: None,
                error: Some(shown(&error)),
            },
        });
    }
    let executor = setup.as_ref().map(Setup::tell_executor);
    write(&json!({ "proposals": rows, "code_ids": code_ids, "executor": executor }))
}

/// All texts in it as they can be seen; lines stay lines.
fn show_all(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let lines: Vec<String> = text.split('\n').map(shown).collect();
            Value::String(lines.join("\n"))
        }
        Value::Array(values) => values.into_iter().map(show_all).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            fields.map(|(name, it)| (name, show_all(it))).collect()
        }
        other => other,
    }
}
