//! No transaction is sent twice for one intention: the program or the node broken off at every moment.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::accounts::{DEPOSIT, assert_deposited, coins, deposit_over, spawn_with_state};
use crate::devnet::Devnet;
use crate::proxy::{Fate, Proxy};

const SIMULATE: &str = "/cosmos.tx.v1beta1.Service/Simulate";

/// The program is killed when it is about to broadcast: the node never had the transaction. The same command again
/// sends the bytes that were signed.
#[test]
fn broken_off_before_broadcast() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
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
    let before = coins(&devnet, "alice");
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
    let before = coins(&devnet, "alice");
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
    let before = coins(&devnet, "alice");
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
fn lesson_2_what_is_lost_with_a_mempool_is_sent_again() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
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
fn lesson_1_a_second_program_with_one_key_is_refused() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::Hang);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    let told = devnet.defenders(&["pending", "--json"]).ok().json();
    assert_eq!(told["pending"][0]["state"], "being_sent");
    devnet
        .defenders(&["pending", "--forget", "AB"])
        .fails(2, "another program sends with the key");
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

/// The lock and the notes are the account's, whatever keyring its key comes from.
#[test]
fn lesson_1_another_keyring_makes_no_second_sender() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let copied = std::process::Command::new("cp")
        .args(["-a", "keyring", "elsewhere"])
        .current_dir(devnet.home())
        .status();
    assert!(copied.unwrap().success());
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::Hang);
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &proxy.url]);
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--keyring", "elsewhere"]);
    let other = devnet.defenders(&arguments);
    other.fails(1, "another program sends with the key");
    child.kill().unwrap();
    child.wait().unwrap();
    let ran = devnet.defenders(&arguments).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
}

/// Another transaction of the account, sent from another machine, waits in the mempool: the next one is signed anew
/// once that one is in a block.
#[test]
fn lesson_1_code_32_waits_for_what_is_before_it() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let state = tempfile::tempdir().unwrap();
    pause(&devnet);
    let first = Proxy::of(&devnet.url());
    let arguments = [&DEPOSIT[..], &["--node", &first.url]].concat();
    let mut other = spawn_with_state(&devnet, state.path(), &arguments);
    first.wait_until_sent(1);
    let second = Proxy::of(&devnet.url());
    let mut arguments = vec!["deposit", "14STAKE", "--from", "alice", "--yes", "--json"];
    arguments.extend(["--node", &second.url]);
    let mut own = devnet.spawn(&arguments);
    for _ in 0..1_000 {
        if second.count(SIMULATE) > 0 {
            break;
        }
        sleep(Duration::from_millis(10));
    }
    sleep(Duration::from_millis(300));
    assert!(second.answers(SIMULATE)[0].contains("account sequence mismatch"));
    assert_eq!(second.sent(), 0);
    go_on(&devnet);
    assert!(own.wait().unwrap().success());
    assert!(other.wait().unwrap().success());
    assert_deposited(&devnet, before, 3);
}

/// The same, where the node says so at the door only: what was refused there is nowhere, so it is signed anew.
#[test]
fn lesson_1_code_32_at_the_door_signs_anew() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    let refusal = json!({
        "code": 32, "data": "", "codespace": "sdk",
        "log": "account sequence mismatch, expected 2, got 1: incorrect account sequence",
        "hash": "0000000000000000000000000000000000000000000000000000000000000000",
    });
    proxy.set_times("broadcast_tx_sync", Fate::Answer("result", refusal), 2);
    deposit_over(&devnet, &proxy.url).ok();
    assert_eq!((proxy.met(), proxy.sent()), (2, 1));
    assert_deposited(&devnet, before, 1);
}

/// The answer is lost while no block is made: the same bytes again are in the node's cache already, which means that
/// it has them.
#[test]
fn lesson_2_already_in_cache_means_submitted() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::LoseAnswer);
    pause(&devnet);
    let arguments = [&DEPOSIT[..], &["--node", &proxy.url]].concat();
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_sent(1);
    proxy.set("broadcast_tx_sync", Fate::Pass);
    proxy.wait_until_sent(2);
    sleep(Duration::from_millis(300));
    assert!(
        proxy
            .answers("broadcast_tx_sync")
            .iter()
            .any(|answer| answer.contains("already exists in cache")),
        "{:?}",
        proxy.answers("broadcast_tx_sync")
    );
    go_on(&devnet);
    assert!(child.wait().unwrap().success());
    assert_deposited(&devnet, before, 1);
}

/// One hash in two blocks, first carried out, then failing on its sequence: an index shows the failure. That is no
/// failure.
#[test]
fn lesson_3_code_32_of_the_index_is_checked_against_the_blocks() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let proxy = Proxy::of(&devnet.url());
    let pair = |from: &str, to: &str| (from.to_string(), to.to_string());
    let replaced = Fate::Replace(vec![
        pair(r#""tx_result":{"code":0"#, r#""tx_result":{"code":32"#),
        pair(r#""codespace":"""#, r#""codespace":"sdk""#),
    ]);
    proxy.set("\"method\": \"tx\"", replaced.clone());
    // nor does the index know by account and sequence: the second result took the place of the first
    proxy.set("\"method\": \"tx_search\"", replaced);
    let ran = deposit_over(&devnet, &proxy.url).ok();
    assert!(proxy.met() >= 1);
    assert!(!ran.json()["height"].is_null());
    assert_deposited(&devnet, before, 1);
    // told as done, it is forgotten
    let pending = devnet.defenders(&["pending", "--json"]).ok();
    assert_eq!(pending.json()["pending"].as_array().unwrap().len(), 0);
}

fn pause(devnet: &Devnet) {
    let names: Vec<String> = devnet
        .validators()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut arguments = vec!["devnet", "absent", "--home", "."];
    arguments.extend(names.iter().map(String::as_str));
    devnet.defenders(&arguments).ok();
}

fn go_on(devnet: &Devnet) {
    devnet.defenders(&["devnet", "absent", "--home", "."]).ok();
}

/// Standard output does not take the result: nobody was told, and the same command tells instead of sending anew.
#[test]
fn a_result_that_nobody_took_is_told_by_the_next_call() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let status = std::process::Command::new(crate::devnet::PROGRAM)
        .args(DEPOSIT)
        .current_dir(devnet.home())
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .stdout(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    assert_deposited(&devnet, before, 1);
    let again = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(again.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
    devnet.defenders(&DEPOSIT).ok();
    assert_deposited(&devnet, before, 2);
}
