//! A keeper that is broken off: what it had sent is sent once, and nothing is done twice.

use std::fs;

use serde_json::Value;

use crate::devnet::Devnet;
use crate::operator::{key_of, sequence_of};
use crate::proxy::{Fate, Proxy};
use crate::running::Running;

/// A day of fees.
const LIMIT: &str = "500000000ustake";

fn keep_once(devnet: &Devnet) -> Vec<Value> {
    let ran = devnet.keep_once(LIMIT, &[]).ok();
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn count(lines: &[Value], event: &str) -> u64 {
    lines.iter().filter(|line| line["event"] == event).count() as u64
}

/// How often the vault has settled, harvested and so on: from the transactions of an account that succeeded.
fn keepers_sequence(devnet: &Devnet) -> u64 {
    sequence_of(devnet, key_of("keeper").address())
}

/// Lets the keeper run into a call that meets its fate, and kills it there.
fn kill_at(devnet: &Devnet, call: &str, fate: Fate) -> Proxy {
    let proxy = Proxy::of(&devnet.url());
    proxy.set(call, fate);
    let once = ["keep", "--once", "--spread", "0", "--from", "keeper"];
    let by_proxy = ["--daily-fee-limit", LIMIT, "--node", &proxy.url];
    let mut keeper = Running::start(devnet, &[&once[..], &by_proxy].concat());
    proxy.wait_until_met();
    keeper.kill();
    proxy
}

#[test]
fn killed_between_broadcast_and_inclusion_it_sends_nothing_twice() {
    let devnet = Devnet::with_vault();
    devnet.advance(2 * 86_400);
    let before = keepers_sequence(&devnet);
    let proxy = kill_at(&devnet, "broadcast_tx_sync", Fate::Hang);
    proxy.wait_until_sent(1);

    let lines = keep_once(&devnet);
    assert_eq!(count(&lines, "resumed"), 1, "{lines:#?}");
    assert_eq!(count(&lines, "not_sent") + count(&lines, "job_failed"), 0);
    // the one that was under way, and those that were sent now: no other is on the chain
    let after = keepers_sequence(&devnet);
    assert_eq!(after - before, 1 + count(&lines, "sent"), "{lines:#?}");
    // the job that was under way is not among them: a job that others have just done is not due
    let under_way = lines[1]["what"].as_str().unwrap_or_default();
    assert!(under_way.contains("tick"), "{lines:#?}");

    // the day's fees count the one that was under way as well
    let notes = devnet.home().join("keep");
    let notes = fs::read_dir(notes).unwrap().next().unwrap().unwrap();
    let notes: Value = serde_json::from_slice(&fs::read(notes.path()).unwrap()).unwrap();
    let taken: u128 = notes["budget"]["taken"].as_str().unwrap().parse().unwrap();
    let sent: u128 = lines
        .iter()
        .filter(|line| line["event"] == "sent")
        .map(|line| {
            line["fee"]["amount"]
                .as_str()
                .unwrap()
                .parse::<u128>()
                .unwrap()
        })
        .sum();
    assert!(taken > sent, "{taken} of which {sent} now");
}

#[test]
fn killed_before_broadcast_it_sends_the_bytes_that_it_had_signed() {
    let devnet = Devnet::with_vault();
    devnet.advance(2 * 86_400);
    let before = keepers_sequence(&devnet);
    let proxy = kill_at(&devnet, "broadcast_tx_sync", Fate::LoseRequest);
    assert_eq!(proxy.sent(), 0);
    let lines = keep_once(&devnet);
    assert_eq!(count(&lines, "resumed"), 1, "{lines:#?}");
    let after = keepers_sequence(&devnet);
    assert_eq!(after - before, 1 + count(&lines, "sent"), "{lines:#?}");
}

/// A keeper that runs keeps the settings that it began with: a file that is changed or gone is no reason to end.
#[test]
fn a_running_keeper_outlives_its_settings_file_and_a_node_that_refuses() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let keeper = Running::start(
        &devnet,
        &[
            "keep",
            "--from",
            "keeper",
            "--daily-fee-limit",
            "500000000ustake",
            "--every",
            "1",
            "--spread",
            "0",
            "--node",
            &proxy.url,
        ],
    );
    keeper.wait_for(|line| line["event"] == "keeping");
    fs::rename(
        devnet.home().join("defenders.toml"),
        devnet.home().join("elsewhere.toml"),
    )
    .unwrap();
    proxy.set("POST", Fate::Refuse(503));
    let told = keeper.wait_for(|line| line["event"] == "broken_off");
    assert!(told["reason"].as_str().unwrap().contains("HTTP 503"));
    proxy.clear();
    keeper.wait_until("it does not go on", || {
        keeper.of_event("keeping").len() == 2
    });
    devnet.advance(2 * 86_400);
    let sent = keeper.wait_for(|line| line["event"] == "sent");
    assert_eq!(sent["job"].as_str().map(str::is_empty), Some(false));
    assert_eq!(keeper.of_event("ended").len(), 0);
}

/// Addresses of nodes hold passwords and keys of providers; lines are read by many.
#[test]
fn addresses_of_nodes_are_told_as_hosts_only() {
    let devnet = Devnet::with_vault();
    let host = devnet.url().trim_start_matches("http://").to_string();
    let secret = format!("http://anna:sesame@{host}");
    let ran = devnet
        .keep_once(LIMIT, &["--dry-run", "--node", &secret])
        .ok();
    assert!(
        ran.stdout.contains(&format!("\"node\":\"{host}\"")),
        "{ran:?}"
    );
    assert!(!ran.stdout.contains("sesame"), "{ran:?}");

    let gone = "http://127.0.0.1:1/v1/0123456789abcdef";
    let ran = devnet.keep_once(LIMIT, &["--node", gone]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(!ran.stdout.contains("0123456789abcdef"), "{ran:?}");
    assert!(ran.stdout.contains("127.0.0.1:1"), "{ran:?}");
}

#[test]
fn a_limit_in_another_denom_than_fees_is_refused_at_the_start() {
    let devnet = Devnet::with_vault();
    let ran = devnet.keep_once("500uother", &[]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(
        ran.stderr.contains("fees are paid in ustake") && ran.stderr.contains("gas_price"),
        "{ran:?}"
    );
    assert!(!ran.stdout.contains("keeping"), "{ran:?}");
    // where the settings name no price, the chain says in what fees are paid
    let file = devnet.home().join("defenders.toml");
    let text = fs::read_to_string(&file).unwrap();
    let without: String = text
        .lines()
        .filter(|line| !line.starts_with("gas_price"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&file, without).unwrap();
    let ran = devnet.keep_once("500uother", &[]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(
        ran.stderr.contains("this chain takes fees in ustake"),
        "{ran:?}"
    );
    assert!(!ran.stdout.contains("keeping"), "{ran:?}");
}
