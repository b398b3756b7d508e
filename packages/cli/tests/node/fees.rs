//! What sending costs, and what becomes of it where that is not enough: by the built program.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use defenders_node::proto::cosmos::base::abci::v1beta1::GasInfo;
use defenders_node::proto::cosmos::tx::v1beta1::SimulateResponse;
use defenders_node::proto::prost::Message;
use serde_json::{Value, json};

use crate::accounts::{DEPOSIT, assert_deposited, coins, deposit_over, sequence};
use crate::devnet::Devnet;
use crate::proxy::{Fate, Proxy};

const SIMULATE: &str = "/cosmos.tx.v1beta1.Service/Simulate";
const PRICE: &str = "/cosmos.base.node.v1beta1.Service/Config";

/// An answer of the application.
fn query_answer(value: &[u8]) -> Fate {
    let value = STANDARD.encode(value);
    Fate::Answer(
        "result",
        json!({"response": {
            "code": 0, "log": "", "info": "", "index": "0", "key": null, "value": value,
            "proofOps": null, "height": "5", "codespace": "",
        }}),
    )
}

/// A trial run that used so much.
fn trial(gas_used: u64) -> Fate {
    let gas_info = GasInfo {
        gas_wanted: 0,
        gas_used,
    };
    let answer = SimulateResponse {
        gas_info: Some(gas_info),
        result: None,
    };
    query_answer(&answer.encode_to_vec())
}

#[test]
fn out_of_gas_is_told_with_its_numbers_and_can_be_tried_again() {
    let devnet = Devnet::with_vault();
    let (before, sent) = (coins(&devnet, "alice"), sequence(&devnet, "alice"));
    let proxy = Proxy::of(&devnet.url());
    // enough to get in, and too little to be carried out
    proxy.set(SIMULATE, trial(70_000));
    let ran = deposit_over(&devnet, &proxy.url);
    assert_eq!(ran.status, 1, "{ran:?}");
    let told: Value = serde_json::from_str(ran.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(told["error"]["kind"], "failed");
    let said = told["error"]["message"].as_str().unwrap();
    assert!(said.starts_with("out of gas in block "), "{said}");
    assert!(said.contains("the fee is paid"), "{said}");
    assert!(
        said.contains("of 105000 units were not enough; raise --gas-factor"),
        "{said}"
    );
    // 105'000 units at 0.025
    assert_eq!(before - coins(&devnet, "alice"), 2_625);
    assert_eq!(sequence(&devnet, "alice"), sent + 1);
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], false);
    assert_deposited(&devnet, before, 1);
}

/// A mempool that is full is one that has room later.
#[test]
fn a_full_mempool_is_waited_for() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    let by_application = json!({
        "code": 20, "data": "", "log": "mempool is full", "codespace": "sdk",
        "hash": "0000000000000000000000000000000000000000000000000000000000000000",
    });
    proxy.set_times(
        "broadcast_tx_sync",
        Fate::Answer("result", by_application),
        2,
    );
    let ran = deposit_over(&devnet, &proxy.url).ok();
    assert_eq!(ran.json()["was_under_way"], false);
    assert_eq!((proxy.met(), proxy.sent()), (2, 1));
    let waits = "waiting for 10 seconds: mempool is full; the latest block is ";
    assert!(ran.stderr.contains(waits), "{ran:?}");
    assert_deposited(&devnet, before, 1);
    let by_node = json!({
        "code": -32603, "message": "Internal error",
        "data": "mempool is full: number of txs 5000 (max: 5000)",
    });
    proxy.set_times("broadcast_tx_sync", Fate::Answer("error", by_node), 1);
    deposit_over(&devnet, &proxy.url).ok();
    assert_eq!((proxy.met(), proxy.sent()), (3, 2));
    assert_deposited(&devnet, before, 2);
}

#[test]
fn lesson_4_a_failed_trial_run_sends_nothing() {
    let devnet = Devnet::with_vault();
    let (before, sent) = (coins(&devnet, "alice"), sequence(&devnet, "alice"));
    let proxy = Proxy::of(&devnet.url());
    let refusal = json!({"response": {
        "code": 5, "log": "out of room", "info": "", "index": "0", "key": null, "value": null,
        "proofOps": null, "height": "5", "codespace": "vault",
    }});
    proxy.set(SIMULATE, Fate::Answer("result", refusal));
    deposit_over(&devnet, &proxy.url).fails(2, "this would fail, so nothing was sent: out of room");
    // a trial run that was broken off says nothing of the transaction
    let late = json!({"response": {
        "code": 1, "log": "context deadline exceeded", "info": "", "index": "0", "key": null,
        "value": null, "proofOps": null, "height": "5", "codespace": "undefined",
    }});
    proxy.set(SIMULATE, Fate::Answer("result", late));
    let ran = deposit_over(&devnet, &proxy.url);
    assert!(!ran.stderr.contains("this would fail"), "{ran:?}");
    ran.fails(1, "context deadline exceeded");
    proxy.set(SIMULATE, Fate::LoseRequest);
    deposit_over(&devnet, &proxy.url).fails(1, "does not answer");
    assert_eq!((proxy.met(), proxy.sent()), (3, 0));
    assert_eq!(coins(&devnet, "alice"), before);
    assert_eq!(sequence(&devnet, "alice"), sent);
}

#[test]
fn lesson_5_the_price_is_asked_at_each_send_and_capped() {
    let devnet = Devnet::with_vault();
    let (before, sent) = (coins(&devnet, "alice"), sequence(&devnet, "alice"));
    let proxy = Proxy::of(&devnet.url());
    let deposit = |more: &[&str]| {
        let arguments = [&DEPOSIT[..], &["--node", &proxy.url], more].concat();
        devnet.defenders(&arguments)
    };
    let fee = |ran: &crate::devnet::Ran| -> (u128, u128) {
        let told = ran.json();
        let number = |value: &Value| value.to_string().trim_matches('"').parse().unwrap();
        (number(&told["fee"]["amount"]), number(&told["gas_limit"]))
    };
    // less is given than the chain asks, and more is allowed: what it asks is paid
    let allowed = ["--gas-price", "0.001ustake", "--max-gas-price", "0.1ustake"];
    let ran = deposit(&[&allowed[..], &["--dry-run"]].concat()).ok();
    let (paid, gas) = fee(&ran);
    assert_eq!(paid, (gas * 25).div_ceil(1_000));
    // what it asks has risen meanwhile
    let asked = |price: &str| {
        let answer = defenders_node::proto::cosmos::base::node::v1beta1::ConfigResponse {
            minimum_gas_price: price.to_string(),
            ..Default::default()
        };
        query_answer(&answer.encode_to_vec())
    };
    proxy.set(PRICE, asked("0.08ustake"));
    let ran = deposit(&[&allowed[..], &["--dry-run"]].concat()).ok();
    let (paid, gas) = fee(&ran);
    assert_eq!(paid, (gas * 80).div_ceil(1_000));
    proxy.set(PRICE, asked("0.11ustake"));
    deposit(&allowed).fails(
        2,
        "asks for 0.11ustake a unit of gas, above the most that is allowed",
    );
    // a price alone is its own maximum
    deposit(&["--gas-price", "0.1ustake"]).fails(2, "above the most that is allowed, 0.1ustake");
    assert_eq!(proxy.sent(), 0);
    assert_eq!(coins(&devnet, "alice"), before);
    assert_eq!(sequence(&devnet, "alice"), sent);
    proxy.set(PRICE, Fate::Pass);
    let asked = proxy.count(PRICE);
    deposit(&allowed).ok();
    assert!(proxy.count(PRICE) > asked);
    assert_deposited(&devnet, before, 1);
}

/// A value that an answer lacks is an error, and never 0.
#[test]
fn lesson_13_what_is_missing_is_never_0() {
    let devnet = Devnet::with_vault();
    let sent = sequence(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    for (question, missing) in [
        (SIMULATE, "gas_info is missing"),
        (
            "/cosmos.bank.v1beta1.Query/Balance",
            "the amount is missing",
        ),
        (
            "/cosmos.bank.v1beta1.Query/SpendableBalanceByDenom",
            "the amount is missing",
        ),
        (
            "/cosmos.auth.v1beta1.Query/Account",
            "the account is missing",
        ),
    ] {
        proxy.set(question, query_answer(&[]));
        deposit_over(&devnet, &proxy.url).fails(1, missing);
        proxy.set(question, Fate::Pass);
    }
    assert_eq!(proxy.sent(), 0);
    assert_eq!(sequence(&devnet, "alice"), sent);
}
