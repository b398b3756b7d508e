//! The checks of `defenders verify`.

use defenders_client::checksums::Checksums;
use defenders_client::verify::{
    Contract, Facts, Release, Report, Subject, compute_all, compute_dumb,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::json::{read, write};

/// A list of checksums.
#[derive(Deserialize)]
struct List {
    /// How it is called.
    name: String,
    /// What is in it.
    text: String,
}

#[derive(Deserialize)]
struct VerifyQuestion {
    /// The vault, whatever it answers.
    vault: Contract,
    chain_id: String,
    height: u64,
    /// All that was read, as `Facts`; null where the vault does not answer as one.
    facts: Option<Value>,
    /// Why it does not.
    reason: Option<String>,
    checksums: Option<List>,
    /// Who should own it.
    owner: Option<String>,
}

/// The checks of `defenders verify`: JSON in, JSON out. `report` is what `defenders verify --json` prints, `words` its
/// verdict.
pub fn verify(question: &str) -> Result<String, ClientError> {
    let question: VerifyQuestion = read(question)?;
    let list = question.checksums.as_ref();
    let checksums = list
        .map(|list| Checksums::parse(&list.text).ok_or(ClientError::NoChecksums))
        .transpose()?;
    let checksums = checksums.as_ref();
    let facts = match question.facts {
        Some(facts) => serde_json::from_value::<Facts>(facts).map_err(|error| error.to_string()),
        None => Err(question.reason.unwrap_or_default()),
    };
    let checks = match &facts {
        Ok(facts) => compute_all(facts, checksums, question.owner.as_deref()),
        Err(reason) => compute_dumb(&question.vault, reason, checksums),
    };
    let release = list.zip(checksums);
    let report = Report::new(
        Subject {
            vault: question.vault.address,
            chain_id: question.chain_id,
            height: question.height,
        },
        release.map(|(list, checksums)| Release::new(list.name.clone(), checksums)),
        checks,
    );
    write(&json!({ "report": report, "words": report.tell_verdict() }))
}
