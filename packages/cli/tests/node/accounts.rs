//! What accounts have and have sent, read from the chain itself.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use defenders_node::{Endpoints, Node};

use crate::devnet::{Devnet, PROGRAM, Ran};

/// Alice's deposit.
pub const DEPOSIT: [&str; 6] = ["deposit", "7STAKE", "--from", "alice", "--yes", "--json"];

/// The chain over an address.
pub fn connect(url: &str) -> Node {
    let endpoints = Endpoints {
        nodes: vec![url.to_string()],
        chain_id: None,
    };
    Node::connect(&endpoints).unwrap()
}

/// An account's coins, base units.
pub fn coins(devnet: &Devnet, name: &str) -> u128 {
    let address = devnet.account(name);
    connect(&devnet.url()).balance(&address, "ustake").unwrap()
}

/// How many transactions an account has sent.
pub fn sequence(devnet: &Devnet, name: &str) -> u64 {
    let address = devnet.account(name);
    connect(&devnet.url()).account(&address).unwrap().sequence
}

/// The latest block.
pub fn height(devnet: &Devnet) -> u64 {
    connect(&devnet.url()).status().unwrap().height
}

/// Waits for a block.
pub fn wait_for(devnet: &Devnet, height: u64) {
    let node = connect(&devnet.url());
    for _ in 0..1_000 {
        if node.status().unwrap().height >= height {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no block {height}");
}

/// Alice's deposit over another address.
pub fn deposit_over(devnet: &Devnet, url: &str) -> Ran {
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", url]);
    devnet.defenders(&arguments)
}

/// What Alice paid beside fees, in whole deposits of 7 STAKE.
#[track_caller]
pub fn assert_deposited(devnet: &Devnet, before: u128, times: u128) {
    let paid = before - coins(devnet, "alice");
    let deposits = paid / 7_000_000;
    assert_eq!(deposits, times, "{paid} were paid");
    assert!(
        paid % 7_000_000 < 1_000_000,
        "{paid} were paid: more than deposits and fees"
    );
}

/// Starts the program as if on another machine, with notes of its own.
pub fn spawn_with_state(devnet: &Devnet, state: &Path, arguments: &[&str]) -> Child {
    Command::new(PROGRAM)
        .args(arguments)
        .current_dir(devnet.home())
        .env("DEFENDERS_STATE", state)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts a deposit of Alice's, and breaks it off when it is about to broadcast: it is signed, noted, and no node has
/// heard of it.
pub fn break_off_before_broadcast(devnet: &Devnet, arguments: &[&str]) {
    let proxy = crate::proxy::Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", crate::proxy::Fate::LoseRequest);
    let arguments = [arguments, &["--node", &proxy.url]].concat();
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(proxy.sent(), 0);
}
