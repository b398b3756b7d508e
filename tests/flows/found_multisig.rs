//! `found-multisig`: one command founds a governor and the vault that it owns.
//!
//! Succeeds when no person is left that could choose members, replace code, or speak to the vault.
//!
//! Fails for a threshold that no vote can reach.

use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_found-multisig"))
        .args(arguments.split_whitespace())
        .output()
        .unwrap()
}

#[test]
fn founds_group_multisig_and_vault_and_no_person_is_an_admin() {
    let output = run("--members alice,bob,carol --threshold 2 --voting-days 4 --json");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    let contracts = shown["contracts"].as_array().unwrap();
    let address = |name: &str| {
        let mut rows = contracts.iter();
        rows.find(|row| row["name"] == name).unwrap()["address"].clone()
    };
    let names = ["cw4-group", "cw3-flex", "vault", "reward pot"];
    let [group, multisig, vault, _] = names.map(address);
    let told = |field: &str| contracts.iter().map(|row| row[field].clone()).collect();
    let admins: Vec<Value> = told("wasm_admin");
    assert_eq!(
        admins,
        [&multisig, &multisig, &vault, &vault].map(Value::clone)
    );
    let decides: Vec<Value> = told("decides");
    assert_eq!(
        decides,
        [&multisig, &group, &multisig, &vault].map(Value::clone)
    );
    let checksums: Vec<Value> = told("checksum");
    let is_checksum = |it: &Value| it.as_str().is_some_and(|text| text.len() == 64);
    assert!(checksums.iter().all(is_checksum), "{checksums:?}");
    let members = shown["members"].as_array().unwrap().iter();
    let mut members: Vec<_> = members
        .map(|it| (it["name"].as_str().unwrap(), it["weight"].as_u64().unwrap()))
        .collect();
    members.sort_unstable();
    assert_eq!(members, [("alice", 1), ("bob", 1), ("carol", 1)]);
    let terms = ["threshold", "total_weight", "voting_period", "executes"];
    assert_eq!(
        json!(terms.map(|field| shown[field].clone())),
        json!([2, 3, 4 * 86_400, "members"])
    );
}

#[test]
fn shows_it_as_tables() {
    let output = run("--members alice --threshold 1");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    for said in [
        "1 of 1 must say yes, within 3 days; members execute what has passed.",
        "cw3-flex",
        "who decides",
        "SHA-256",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn threshold_that_no_vote_reaches_is_refused() {
    let output = run("--members alice,bob --threshold 3");
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.starts_with("3 of 2 members can never agree\n"),
        "{errors}"
    );
    assert!(output.stdout.is_empty());
}
