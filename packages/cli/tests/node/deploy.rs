//! A deployment that is broken off again and again makes one of everything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::devnet::{Devnet, get};

/// What the notes say.
fn notes(home: &Path) -> Value {
    let text = fs::read_to_string(home.join("deploy.state.json")).unwrap_or("{}".to_string());
    serde_json::from_str(&text).unwrap()
}

#[test]
fn broken_off_after_every_moment_and_resumed() {
    let devnet = Devnet::bare();
    let home = devnet.home();
    let mut kills = 0;
    let mut steps = BTreeMap::new();
    // each try lives a little longer than the one before
    for millis in (50..).step_by(70) {
        let mut child = devnet.spawn(&[
            "deploy",
            "--config",
            "deploy.toml",
            "--from",
            "op-1",
            "--yes",
        ]);
        let mut left: i64 = millis;
        while left > 0 && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(10));
            left -= 10;
        }
        match child.try_wait().unwrap() {
            Some(status) if status.success() => break,
            Some(status) => panic!("{status}: {}", read(child.stderr.take())),
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
                *steps.entry(notes(&home).to_string()).or_insert(0) += 1;
            }
        }
        assert!(kills < 200, "it comes to no end: {steps:#?}");
    }
    assert!(kills >= 5, "{kills} kills only");
    // the notes name one of each, and the chain has no other
    let state = notes(&home);
    assert_eq!(state["codes"].as_object().unwrap().len(), 4);
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let codes = get(&format!("{rest}/cosmwasm/wasm/v1/code"));
    assert_eq!(codes["code_infos"].as_array().unwrap().len(), 4, "{codes}");
    let mut contracts = 0;
    for code in 1..=4 {
        let of_code = get(&format!("{rest}/cosmwasm/wasm/v1/code/{code}/contracts"));
        contracts += of_code["contracts"].as_array().unwrap().len();
    }
    assert_eq!(contracts, 4, "group, multisig, vault and pot");
    assert_eq!(state["is_deposited"], true);
    let [vault, multisig] = ["vault", "multisig"].map(|field| state[field].as_str().unwrap());
    devnet
        .defenders(&["verify", vault, "--owner", multisig])
        .ok();
    let proposals = devnet
        .defenders(&["proposals", "--all", "--json", "--multisig", multisig])
        .ok()
        .json();
    assert_eq!(
        proposals["proposals"].as_array().unwrap().len(),
        1,
        "{proposals}"
    );
    // once more is no more
    let again = devnet
        .defenders(&[
            "deploy",
            "--config",
            "deploy.toml",
            "--from",
            "op-1",
            "--yes",
            "--json",
        ])
        .ok();
    assert_eq!(again.json()["left"], Value::Null);
}

fn read(pipe: Option<std::process::ChildStderr>) -> String {
    let mut text = String::new();
    if let Some(mut pipe) = pipe {
        use std::io::Read;
        let _ = pipe.read_to_string(&mut text);
    }
    text
}
