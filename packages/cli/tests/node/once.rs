//! No transaction is sent twice for one intention: the program or the node broken off at every moment.

use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

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

/// Signed elsewhere: the unsigned file says all, and a signed one is refused for a later sequence.
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
