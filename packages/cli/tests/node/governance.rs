//! A proposal from writing to execution, by the built program.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::devnet::Devnet;

/// The answer to a command that must end with this status.
fn ask(devnet: &Devnet, status: i32, arguments: &[&str]) -> Value {
    let ran = devnet.defenders(&[arguments, &["--json"]].concat());
    assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
    ran.json()
}

/// What a command says that must be refused before anything is sent.
fn refuse(devnet: &Devnet, arguments: &[&str]) -> String {
    let ran = devnet.defenders(&[arguments, &["--json"]].concat());
    assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.stderr);
    assert_eq!(ran.stdout, "", "{arguments:?}");
    ran.stderr
}

/// A file in words, and its folder.
fn write(devnet: &Devnet, title: &str, acts: Value) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.json");
    let text = json!({
        "vault": devnet.vault(), "title": title, "description": "As agreed.", "acts": acts,
    });
    fs::write(&file, text.to_string()).unwrap();
    (folder, file)
}

/// Proposes acts to the multisig: the proposal's number.
pub fn propose(devnet: &Devnet, title: &str, acts: Value) -> String {
    let (_folder, file) = write(devnet, title, acts);
    let file = file.to_str().unwrap();
    let sent = ask(
        devnet,
        0,
        &["propose", file, "--send", "--from", "op-1", "--yes"],
    );
    assert_eq!(sent["sent"], true);
    assert_eq!(sent["multisig"], devnet.multisig());
    sent["proposal_id"].to_string()
}

/// Votes until it has passed.
pub fn pass(devnet: &Devnet, id: &str) {
    for operator in ["op-2", "op-3", "op-4", "op-5"] {
        let shown = devnet.defenders(&["inspect", id, "--json"]).json();
        if shown["count"]["status"] == "passed" {
            return;
        }
        let voted = ask(devnet, 0, &["vote", id, "yes", "--from", operator, "--yes"]);
        assert_eq!(voted["sent"], true);
    }
}

#[test]
fn a_proposal_goes_from_writing_to_execution() {
    let devnet = Devnet::with_vault();
    let acts = json!([{ "act": "settings", "set": { "match_cap": "0.45" } }]);
    let id = propose(&devnet, "Lower the match cap", acts);
    let shown = ask(&devnet, 0, &["inspect", &id]);
    assert_eq!(shown["status"], "open");
    assert_eq!(shown["count"]["votes"]["yes"], 1);
    let effect = &shown["messages"][0]["effects"][0];
    assert_eq!(
        (&effect["now"], &effect["then"]),
        (&json!("0.5"), &json!("0.45"))
    );
    assert_eq!(effect["effect"], "tightens");

    let list = ask(&devnet, 0, &["proposals"]);
    let rows = list["proposals"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| row["id"].as_u64() == id.parse().ok() && row["status"] == "open")
    );
    let early = refuse(&devnet, &["execute", &id, "--from", "op-1", "--yes"]);
    assert!(early.contains("is open still"), "{early}");
    let twice = refuse(&devnet, &["vote", &id, "no", "--from", "op-1", "--yes"]);
    assert!(twice.contains("voted yes already"), "{twice}");
    let stranger = refuse(&devnet, &["vote", &id, "no", "--from", "alice", "--yes"]);
    assert!(stranger.contains("has no vote"), "{stranger}");

    pass(&devnet, &id);
    let passed = ask(&devnet, 3, &["inspect", &id]);
    assert_eq!(passed["warnings"][0]["kind"], "passed");
    // as the multisig has it: not anybody
    let told = passed["warnings"][0]["message"].as_str().unwrap();
    assert!(told.contains("every member can do so"), "{told}");
    let stranger = refuse(&devnet, &["execute", &id, "--from", "alice", "--yes"]);
    assert!(
        stranger.contains("is no member, and only members may carry out"),
        "{stranger}"
    );
    let shown = devnet.defenders(&["inspect", &id]).stdout;
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    let done = ask(&devnet, 0, &["execute", &id, "--from", "op-1", "--yes"]);
    assert_eq!(done["sent"], true);
    assert!(done["passed_seconds_ago"].as_u64().unwrap() < 3_600);
    let again = refuse(&devnet, &["execute", &id, "--from", "op-1", "--yes"]);
    assert!(again.contains("was carried out already"), "{again}");
    let table = devnet.defenders(&["proposals", "--all"]);
    assert!(
        table.stdout.contains("Lower the match cap"),
        "{}",
        table.stdout
    );
    assert!(
        table.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        table.stdout
    );
}

#[test]
fn lesson_23_what_passed_long_ago_is_asked_about_once_more() {
    let devnet = Devnet::with_vault();
    let acts = json!([{ "act": "cancel_ownership_transfer" }]);
    let id = propose(&devnet, "An old one", acts);
    pass(&devnet, &id);
    devnet.advance(8 * 86_400);
    let old = refuse(&devnet, &["execute", &id, "--from", "op-1", "--yes"]);
    assert!(
        old.contains("it passed 8 days ago") && old.contains("--yes-old"),
        "{old}"
    );
    // a valid_until that is past is refused by the vault: tried first, and not sent
    devnet.advance(40 * 86_400);
    let late = refuse(&devnet, &["execute", &id, "--from", "op-1", "--yes"]);
    assert!(late.contains("which is past"), "{late}");
    let tried = refuse(
        &devnet,
        &["execute", &id, "--from", "op-1", "--yes", "--yes-old"],
    );
    assert!(tried.contains("would fail"), "{tried}");
}

#[test]
fn what_cannot_be_proposed_is_refused_and_nothing_is_sent() {
    let devnet = Devnet::with_vault();
    let acts = json!([{ "act": "settings", "set": { "match_cap": "0.4" } }]);
    let (_folder, file) = write(&devnet, "t", acts);
    let file = file.to_str().unwrap();
    let stranger = refuse(
        &devnet,
        &["propose", file, "--send", "--from", "alice", "--yes"],
    );
    assert!(stranger.contains("is no member"), "{stranger}");
    let unsent = refuse(&devnet, &["propose", file, "--yes"]);
    assert!(unsent.contains("--send"), "{unsent}");
    let none = refuse(&devnet, &["inspect", "999999"]);
    assert!(none.contains("there is no proposal 999999"), "{none}");
    let vault = devnet.vault().to_string();
    let wrong = refuse(&devnet, &["proposals", "--multisig", &vault]);
    assert!(wrong.contains("is no cw3 multisig"), "{wrong}");
}

#[test]
fn code_that_is_not_on_the_chain_is_warned_of() {
    let devnet = Devnet::with_vault();
    let acts = json!([{
        "act": "upgrade", "contract": "vault", "code_id": 999_999, "checksum": "ab".repeat(32),
    }]);
    let (_folder, file) = write(&devnet, "t", acts);
    ask(&devnet, 0, &["propose", file.to_str().unwrap()]);
    let cw3 = file.with_extension("cw3.json");
    let shown = ask(&devnet, 3, &["inspect", cw3.to_str().unwrap()]);
    let warnings = shown["warnings"].as_array().unwrap();
    let told = |kind: &str, words: &str| {
        warnings
            .iter()
            .any(|it| it["kind"] == kind && it["message"].as_str().unwrap().contains(words))
    };
    assert!(
        told("refused", "the chain has none of that number"),
        "{shown}"
    );
    assert!(told("upgrade", "CODE"));
    let effect = &shown["messages"][0]["effects"][0];
    assert!(
        effect["now"].as_str().unwrap().starts_with("code "),
        "{effect}"
    );
}
