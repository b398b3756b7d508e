//! `verify` against vaults that are and are not what they say.

use serde_json::Value;

use crate::devnet::Devnet;

fn checksums() -> String {
    let contracts = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../target/wasm/checksums.txt"
    );
    std::env::var("DEFENDERS_WASM").map_or(contracts.to_string(), |folder| {
        format!("{folder}/checksums.txt")
    })
}

fn findings(report: &Value) -> Vec<(String, String)> {
    let checks = report["checks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_string();
    checks
        .map(|check| (text(&check["what"]), text(&check["finding"])))
        .collect()
}

#[test]
fn a_vault_as_deployed_is_ok_in_every_point() {
    let devnet = Devnet::with_vault();
    let ran = devnet
        .defenders(&["verify", "--checksums", &checksums(), "--json"])
        .ok();
    let report = ran.json();
    for (what, finding) in findings(&report) {
        assert_eq!(finding, "ok", "{what}: {report:#}");
    }
    let shown = devnet
        .defenders(&["verify", "--checksums", &checksums()])
        .ok();
    assert!(
        shown.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        shown.stdout
    );
}

#[test]
fn without_a_list_or_an_owner_verify_says_what_it_cannot_tell() {
    let devnet = Devnet::with_vault();
    let report = devnet.defenders(&["verify", "--json"]).ok().json();
    let unknown = findings(&report)
        .into_iter()
        .filter(|(_, finding)| finding == "cannot_tell");
    let unknown: Vec<String> = unknown.map(|(what, _)| what).collect();
    assert_eq!(
        unknown,
        ["vault's code", "pot's code", "owner's code", "group's code"]
    );
}

#[test]
fn another_owner_and_other_code_are_not_ok() {
    let devnet = Devnet::with_vault();
    let alice = devnet.account("alice");
    let ran = devnet.defenders(&[
        "verify",
        "--checksums",
        &checksums(),
        "--owner",
        &alice,
        "--json",
    ]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let wrong: Vec<String> = findings(&ran.json())
        .into_iter()
        .filter(|(_, finding)| finding == "not_ok")
        .map(|(what, _)| what)
        .collect();
    assert_eq!(wrong, ["owner"]);
    let list = devnet.home().join("other.txt");
    let text = std::fs::read_to_string(checksums()).unwrap();
    let tampered: String = text
        .lines()
        .map(|line| match line.contains("  vault.wasm") {
            true => format!("{}  vault.wasm\n", "0".repeat(64)),
            false => format!("{line}\n"),
        })
        .collect();
    std::fs::write(&list, tampered).unwrap();
    let ran = devnet.defenders(&["verify", "--checksums", list.to_str().unwrap(), "--json"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let wrong: Vec<String> = findings(&ran.json())
        .into_iter()
        .filter(|(_, finding)| finding == "not_ok")
        .map(|(what, _)| what)
        .collect();
    assert_eq!(wrong, ["vault's code"]);
    devnet
        .defenders(&["verify", &devnet.multisig()])
        .fails(2, "is no vault");
}
