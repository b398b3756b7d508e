//! What users of other keepers reported: the keeper at a node that fails it in a certain way.

use defenders_node::keys::{HdPath, Mnemonic, PrivateKey};
use serde_json::Value;

use crate::devnet::{Devnet, Ran};
use crate::operator::send_coins;
use crate::proxy::{Fate, Proxy};
use crate::running::Running;

const LIMIT: &str = "500000000ustake";

fn lines_of(ran: &Ran) -> Vec<Value> {
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of_event<'a>(lines: &'a [Value], event: &str) -> Vec<&'a Value> {
    let found = lines.iter().filter(|line| line["event"] == event);
    found.collect()
}

/// As it stands in a query's bytes.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

/// One validator makes every trial run of a job fail, whatever else is in it: the vault's `skip` passes it, and that is
/// found by trials alone.
#[test]
fn lesson_18_the_one_validator_at_fault_is_isolated_and_failures_are_counted() {
    let devnet = Devnet::with_vault();
    let culprit = listed_with_stake(&devnet);
    let proxy = Proxy::of(&devnet.url());
    // a trial run that does not pass the culprit fails; all else is the node's own
    proxy.set(&hex(&culprit), Fate::Pass);
    proxy.set(
        &hex("\"job\":\"harvest\""),
        Fate::Garble("Service/Simulate", "Service/Stimulat"),
    );
    let keep = || devnet.keep_once(LIMIT, &["--node", &proxy.url]);
    // not due for a day yet: it fails, others have their turn, and the end says so
    devnet.advance(86_400 + 3_600);
    let ran = keep();
    assert_eq!(ran.status, 1, "{ran:?}");
    let lines = lines_of(&ran);
    let failed = of_event(&lines, "job_failed");
    assert!(!failed.is_empty() && failed.iter().all(|line| line["job"] == "harvest"));
    assert_eq!(failed[0]["failures_in_row"], 1);
    assert!(!of_event(&lines, "sent").is_empty(), "{lines:#?}");

    devnet.advance(2 * 86_400);
    std::thread::sleep(std::time::Duration::from_secs(8)); // it is left alone for a while
    let lines = lines_of(&keep().ok());
    let isolated = of_event(&lines, "isolated");
    assert_eq!(isolated[0]["job"], "harvest");
    assert_eq!(isolated[0]["skip"], serde_json::json!([culprit]));
    let is_harvest = |line: &&&Value| line["job"] == "harvest";
    assert!(
        of_event(&lines, "sent")
            .iter()
            .any(|line| is_harvest(&line))
    );
}

/// A listed validator with stake of the vault.
fn listed_with_stake(devnet: &Devnet) -> String {
    let held: Vec<String> = devnet
        .validators()
        .into_iter()
        .map(|(_, operator)| operator)
        .filter(|operator| {
            let shown = devnet.defenders(&["explain", operator, "--json"]);
            let explain = shown.json()["explain"]["delegated"].clone();
            explain.as_str().is_some_and(|tokens| tokens != "0")
        })
        .collect();
    held.last().unwrap().clone()
}

#[test]
fn lesson_19_an_empty_wallet_ends_the_loop_with_one_alert_about_the_balance() {
    let devnet = Devnet::with_vault();
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let key = PrivateKey::from_mnemonic(&Mnemonic::parse(words).unwrap(), HdPath::COSMOS);
    let key = key.unwrap().into_key("poor".parse().unwrap(), "wasm");
    let address = key.unwrap().address().to_string();
    std::fs::write(devnet.home().join("words"), words).unwrap();
    devnet.advance(2 * 86_400);
    let keep = |balance: &str| {
        let keeper = Running::start(
            &devnet,
            &[
                "keep",
                "--mnemonic-file",
                "words",
                "--daily-fee-limit",
                LIMIT,
                "--every",
                "1",
                "--spread",
                "0",
            ],
        );
        let (status, lines) = keeper.wait();
        assert_eq!(status, 2, "{lines:#?}");
        let alerts = of_event(&lines, "alert");
        assert_eq!(alerts.len(), 1, "{lines:#?}");
        assert_eq!(alerts[0]["alert"], "empty_wallet");
        let text = alerts[0].to_string();
        assert!(text.contains(&address) && text.contains(balance), "{text}");
        assert_eq!(of_event(&lines, "ended").len(), 1);
        assert!(of_event(&lines, "sent").is_empty() && of_event(&lines, "broken_off").is_empty());
    };
    keep("has never received anything");
    send_coins(&devnet, "alice", &address, 1_234);
    keep("1234");
}

/// A source that fails shows it: its time stands still while that of others goes on.
#[test]
fn lesson_21_each_source_says_when_it_last_succeeded() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let keeper = Running::start(
        &devnet,
        &[
            "keep",
            "--from",
            "keeper",
            "--daily-fee-limit",
            LIMIT,
            "--every",
            "1",
            "--spread",
            "0",
            "--serve",
            "127.0.0.1:0",
            "--node",
            &proxy.url,
        ],
    );
    let since = |source: &str| {
        let name =
            format!("defenders_source_last_success_timestamp_seconds{{source=\"{source}\"}}");
        keeper
            .metric(&name)
            .map(|value| value.parse::<u64>().unwrap())
    };
    let sources = ["node", "jobs", "vault", "staking", "keeper"];
    keeper.wait_until("a source is not read", || {
        sources.iter().all(|source| since(source).is_some())
    });
    proxy.set(&hex("\"health\""), Fate::Refuse(500));
    let told = keeper.wait_for(|line| line["event"] == "not_read");
    assert_eq!(told["source"], "vault");
    assert!(
        told["reason"].as_str().unwrap().contains("HTTP 500"),
        "{told}"
    );
    let (vault, jobs) = (since("vault").unwrap(), since("jobs").unwrap());
    keeper.wait_until("others do not go on", || since("jobs").unwrap() > jobs + 2);
    assert!(since("vault").unwrap() <= vault);
    assert!(since("vault").unwrap() < since("jobs").unwrap());
    // the keeper works all the same
    assert_eq!(keeper.get("/readyz", "*/*").status, 200);
    devnet.advance(2 * 86_400);
    keeper.wait_for(|line| line["event"] == "sent");
    proxy.clear();
    keeper.wait_until("it is not read again", || since("vault").unwrap() > vault);
}
