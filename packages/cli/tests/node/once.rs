//! No transaction is sent twice for one intention: the program or the node broken off at every moment.

use std::thread::sleep;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use defenders_node::keys::{Key, PrivateKey};
use defenders_node::send::SignedFile;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::devnet::{Devnet, Ran, get};
use crate::proxy::{Fate, Proxy};

const DEPOSIT: [&str; 6] = ["deposit", "7STAKE", "--from", "alice", "--yes", "--json"];

/// Alice's coins, base units.
fn coins(devnet: &Devnet) -> u128 {
    let address = devnet.account("alice");
    let url = devnet.status()["rest"].as_str().unwrap().to_string();
    let path = format!("{url}/cosmos/bank/v1beta1/balances/{address}/by_denom?denom=ustake");
    let answer = get(&path);
    answer["balance"]["amount"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

fn deposit_over(devnet: &Devnet, url: &str) -> Ran {
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", url]);
    devnet.defenders(&arguments)
}

/// What was paid beside fees, in whole deposits of 7 STAKE.
#[track_caller]
fn assert_deposited(devnet: &Devnet, before: u128, times: u128) {
    let paid = before - coins(devnet);
    let deposits = paid / 7_000_000;
    assert_eq!(deposits, times, "{paid} were paid");
    assert!(
        paid % 7_000_000 < 1_000_000,
        "{paid} were paid: more than deposits and fees"
    );
}

/// The program is killed when it is about to broadcast: the node never had the transaction. The same command again
/// sends the bytes that were signed.
#[test]
fn broken_off_before_broadcast() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::LoseRequest);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    child.kill().unwrap();
    child.wait().unwrap();
    sleep(Duration::from_secs(1));
    assert_eq!(proxy.sent(), 0);
    assert_deposited(&devnet, before, 0);
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
}

/// The program is killed after the node took it and before a block has it.
#[test]
fn broken_off_between_broadcast_and_inclusion() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::Hang);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    child.kill().unwrap();
    child.wait().unwrap();
    sleep(Duration::from_secs(1));
    assert_eq!(proxy.sent(), 1);
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
    // told: the same again is a new intention
    devnet.defenders(&DEPOSIT).ok();
    assert_deposited(&devnet, before, 2);
}

/// The answer to the broadcast is lost: the program goes on by itself, with the same bytes.
#[test]
fn answer_to_broadcast_lost() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::LoseAnswer);
    let ran = deposit_over(&devnet, &proxy.url).ok();
    assert_eq!(ran.json()["was_under_way"], false);
    assert!(proxy.met() >= 1);
    assert_deposited(&devnet, before, 1);
}

/// The program is killed before it hears that a block has it.
#[test]
fn broken_off_before_the_answer_arrives() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let proxy = Proxy::of(&devnet.url());
    proxy.set("\"method\": \"tx\"", Fate::Hang);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    sleep(Duration::from_secs(1));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_deposited(&devnet, before, 1);
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
}

/// The node is killed with the transaction in its mempool, which is lost. The program, alive, sends the same bytes
/// again once the node is back.
#[test]
fn node_broken_off_with_the_transaction_in_its_mempool() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let mut child = devnet.spawn(&DEPOSIT);
    sleep(Duration::from_millis(300));
    devnet.kill_node();
    sleep(Duration::from_millis(300));
    devnet.start();
    let output = child.wait().unwrap();
    if !output.success() {
        // it gave up while the node was away: nothing was sent, or it waits for the next call
        devnet.defenders(&DEPOSIT).ok();
    }
    assert_deposited(&devnet, before, 1);
}

/// A second program with the same key is refused while the first sends.
#[test]
fn two_programs_with_one_key() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::Hang);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    let other = devnet.defenders(&["deposit", "1STAKE", "--from", "alice", "--yes"]);
    other.fails(1, "another program sends with the key");
    child.kill().unwrap();
    child.wait().unwrap();
    // another intention sees the first to its end, then does its own
    sleep(Duration::from_secs(1));
    let ran = devnet
        .defenders(&["deposit", "14STAKE", "--from", "alice", "--yes", "--json"])
        .ok();
    assert!(ran.stderr.contains("an earlier transaction"), "{ran:?}");
    assert_deposited(&devnet, before, 3);
}

/// A trial run and an unsigned file send nothing, and the file says all.
#[test]
fn dry_runs_and_files_send_nothing() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let dry = devnet
        .defenders(&[
            "deposit",
            "7STAKE",
            "--from",
            "alice",
            "--dry-run",
            "--json",
        ])
        .ok();
    assert_eq!(dry.json()["sent"], false);
    let file = devnet.home().join("unsigned.json");
    let written = devnet
        .defenders(&[
            "deposit",
            "7STAKE",
            "--from",
            "alice",
            "--json",
            "--generate-only",
            file.to_str().unwrap(),
        ])
        .ok();
    assert_eq!(written.json()["sent"], false);
    let unsigned: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(
        unsigned["body"]["messages"][0]["@type"],
        "/cosmwasm.wasm.v1.MsgExecuteContract"
    );
    assert_eq!(
        unsigned["body"]["messages"][0]["funds"][0]["amount"],
        "7000000"
    );
    assert_eq!(coins(&devnet), before);
}

/// Signed elsewhere: what was written comes back signed, is compared with the chain, and is sent once.
#[test]
fn a_file_that_was_signed_elsewhere_is_sent_once() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet);
    let alice = devnet.account("alice");
    let home = devnet.home();
    let path = |name: &str| home.join(name).to_str().unwrap().to_string();
    let (unsigned, signed) = (path("unsigned.json"), path("signed.json"));
    let written = [
        "deposit",
        "7STAKE",
        "--from-address",
        &alice,
        "--generate-only",
        &unsigned,
    ];
    devnet.defenders(&written).ok();
    devnet
        .defenders(&["broadcast", &unsigned, "--yes"])
        .fails(2, "is not signed yet");

    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let info = get(&format!("{rest}/cosmos/auth/v1beta1/account_info/{alice}"));
    let number = |field: &str| {
        info["info"][field]
            .as_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let (account, sequence) = (number("account_number"), number("sequence"));
    let mut file: Value =
        serde_json::from_str(&std::fs::read_to_string(&unsigned).unwrap()).unwrap();
    let sign = |file: &mut Value, chain_id: &str, sequence: u64| {
        let key = alice_key();
        let public = STANDARD.encode(key.public_key().to_bytes());
        file["auth_info"]["signer_infos"] = json!([{
            "public_key": { "@type": "/cosmos.crypto.secp256k1.PubKey", "key": public },
            "mode_info": { "single": { "mode": "SIGN_MODE_DIRECT" } },
            "sequence": sequence.to_string(),
        }]);
        file["signatures"] = json!([""]);
        let bytes = SignedFile::read(file)
            .unwrap()
            .sign_bytes(chain_id, account);
        let signature = key.signing_key().sign(&bytes).unwrap();
        file["signatures"] = json!([STANDARD.encode(signature.to_vec())]);
        std::fs::write(&signed, file.to_string()).unwrap();
    };
    sign(&mut file, "cosmoshub-4", sequence);
    devnet
        .defenders(&["broadcast", &signed, "--yes"])
        .fails(2, "was made for another chain");
    sign(&mut file, "defenders-devnet-1", sequence + 1);
    devnet
        .defenders(&["broadcast", &signed, "--yes"])
        .fails(2, "sign it anew with --sequence");
    assert_deposited(&devnet, before, 0);
    sign(&mut file, "defenders-devnet-1", sequence);
    devnet.defenders(&["broadcast", &signed, "--yes"]).ok();
    assert_deposited(&devnet, before, 1);
    devnet
        .defenders(&["broadcast", &signed, "--yes"])
        .fails(2, "sign it anew with --sequence");
    assert_deposited(&devnet, before, 1);
}

fn alice_key() -> Key {
    let private = Sha256::digest("account:alice");
    let hex: String = private.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = PrivateKey::from_hex(&hex).unwrap();
    key.into_key("alice".parse().unwrap(), "wasm").unwrap()
}

/// Two nodes: the first refuses everything, the second answers, and the user is told.
#[test]
fn another_node_takes_over() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    proxy.set("POST", Fate::Refuse(503));
    let url = devnet.url();
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url, "--node", &url]);
    let ran = devnet.defenders(&arguments).ok();
    assert!(ran.stderr.contains("HTTP 503 from"), "{ran:?}");
    let alone = deposit_over(&devnet, &proxy.url);
    alone.fails(1, "HTTP 503 from");
}
