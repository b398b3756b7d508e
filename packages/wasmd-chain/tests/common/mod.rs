//! A small chain, and contracts to run on it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use wasmd_chain::{Chain, Genesis, Params, Validator, coin};

pub const STAKE: &str = "ustake";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Built by `scripts/build-wasm.sh`.
pub fn group_wasm() -> PathBuf {
    root().join("target/wasm/cw4_group.wasm")
}

/// A contract that sends what it is given; wasmd ships it.
pub fn reflect_wasm() -> PathBuf {
    let go = Command::new("go")
        .args(["list", "-m", "-f", "{{.Dir}}", "github.com/CosmWasm/wasmd"])
        .current_dir(root().join("tests/wasmd"))
        .env("GOTOOLCHAIN", "local")
        .output()
        .unwrap();
    let folder = String::from_utf8(go.stdout).unwrap();
    Path::new(folder.trim()).join("x/wasm/keeper/testdata/reflect_2_0.wasm")
}

/// `val-0` of 1 000 units of power, `val-1` of 900, alice with 1 000 million; nothing is minted.
pub fn genesis() -> Genesis {
    Genesis::new()
        .account(
            "alice",
            &[coin(1_000_000_000, STAKE), coin(1_000_000, "ufee")],
        )
        .validator(Validator::new("val-0", 1_000_000_000))
        .validator(Validator::new("val-1", 900_000_000).commission("0.1"))
        .params(Params {
            unbonding_seconds: Some(3_600),
            inflation: Some("0".into()),
            community_tax: Some("0".into()),
            ..Params::default()
        })
}

pub fn chain() -> Chain {
    genesis().begin().unwrap()
}

/// The contract that sends what it is given, with coins.
pub fn reflect(chain: &mut Chain) -> String {
    let code_id = chain.store("alice", reflect_wasm()).unwrap();
    let funds = [coin(10_000_000, STAKE)];
    chain
        .instantiate("alice", code_id, &json!({}), &funds)
        .unwrap()
}

/// What it is told to send.
pub fn sending(msgs: &[Value]) -> Value {
    json!({"reflect_msg": {"msgs": msgs}})
}

/// A contract's delegation.
pub fn delegation(validator: &str, amount: u128) -> Value {
    let amount = json!({"denom": STAKE, "amount": amount.to_string()});
    json!({"staking": {"delegate": {"validator": validator, "amount": amount}}})
}
