//! The checks, told.

use serde::Serialize;
use serde_json::{Value, json};

use super::checks::{Check, Finding};
use crate::checksums::Checksums;

/// All that was found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// The chain.
    pub chain_id: String,
    /// At this height.
    pub height: u64,
    /// The worst finding of all.
    pub verdict: Finding,
    /// True: every check is ok. False: one is not. Null: none is not ok, and not all can be told.
    pub is_ok: Option<bool>,
    /// How many checks came to which finding.
    pub counts: Value,
    /// Which release it is held against; null where none was given.
    pub release: Option<Release>,
    /// Each check.
    pub checks: Vec<Check>,
}

/// The release of a list of checksums.
#[derive(Debug, Serialize)]
pub struct Release {
    /// Its list.
    pub checksums: String,
    /// The commit of its source; null where the list does not tell it.
    pub source: Option<String>,
    /// Compiler and tools of the vault; null where the list does not tell them.
    pub builder: Option<String>,
}

impl Release {
    /// Of a list that is called so.
    pub fn new(name: String, list: &Checksums) -> Self {
        let builder = list.of("vault.wasm").map(|line| line.builder.clone());
        Self {
            checksums: name,
            source: list.source.clone(),
            builder: builder.filter(|builder| !builder.is_empty()),
        }
    }
}

/// Of what the report is.
pub struct Subject {
    /// The vault.
    pub vault: String,
    /// The chain.
    pub chain_id: String,
    /// At this height.
    pub height: u64,
}

impl Report {
    /// Of these checks.
    pub fn new(subject: Subject, release: Option<Release>, checks: Vec<Check>) -> Self {
        let number = |finding| count(&checks, finding);
        let (ok, not_ok, unknown) = (
            number(Finding::Ok),
            number(Finding::NotOk),
            number(Finding::CannotTell),
        );
        let (verdict, is_ok) = match (not_ok, unknown) {
            (0, 0) => (Finding::Ok, Some(true)),
            (0, _) => (Finding::CannotTell, None),
            (_, _) => (Finding::NotOk, Some(false)),
        };
        Self {
            vault: subject.vault,
            chain_id: subject.chain_id,
            height: subject.height,
            verdict,
            is_ok,
            counts: json!({ "ok": ok, "not_ok": not_ok, "cannot_tell": unknown }),
            release,
            checks,
        }
    }

    /// The verdict in words.
    pub fn tell_verdict(&self) -> String {
        let all = self.checks.len();
        let not_ok = count(&self.checks, Finding::NotOk);
        let unknown = count(&self.checks, Finding::CannotTell);
        let untold = match unknown {
            0 => String::new(),
            unknown => format!("{unknown} of {all} could not be told"),
        };
        let verdict = match (not_ok, unknown) {
            (0, 0) => format!("All {all} are ok."),
            (0, _) => format!("{untold}: do not take this as ok."),
            (not_ok, 0) => format!("{not_ok} of {all} are not ok: do not deposit."),
            (not_ok, _) => format!("{not_ok} of {all} are not ok, {untold}: do not deposit."),
        };
        format!("{verdict} What released code may do: SECURITY.md.")
    }
}

fn count(checks: &[Check], finding: Finding) -> usize {
    let found = checks.iter().filter(|check| check.finding == finding);
    found.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(findings: &[Finding]) -> Report {
        let subject = Subject {
            vault: "v".to_string(),
            chain_id: "c".to_string(),
            height: 7,
        };
        let check = |finding: &Finding| Check {
            what: "w",
            finding: *finding,
            because: "b".to_string(),
        };
        Report::new(subject, None, findings.iter().map(check).collect())
    }

    #[test]
    fn the_worst_finding_is_the_verdict_and_only_all_ok_is_ok() {
        use Finding::{CannotTell, NotOk, Ok};
        for (findings, verdict, is_ok, words) in [
            (vec![Ok, Ok], Ok, Some(true), "All 2 are ok."),
            (
                vec![Ok, CannotTell],
                CannotTell,
                None,
                "1 of 2 could not be told: do not take this as ok.",
            ),
            (
                vec![Ok, NotOk],
                NotOk,
                Some(false),
                "1 of 2 are not ok: do not deposit.",
            ),
            (
                vec![CannotTell, NotOk],
                NotOk,
                Some(false),
                "1 of 2 are not ok, 1 of 2 could not be told: do not deposit.",
            ),
        ] {
            let report = report(&findings);
            assert_eq!((report.verdict, report.is_ok), (verdict, is_ok));
            assert!(report.tell_verdict().starts_with(words), "{words}");
        }
    }
}
