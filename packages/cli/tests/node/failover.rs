//! Several nodes, and nodes that are out of order: by the built program, through somebody in between.

use serde_json::json;

use crate::accounts::{DEPOSIT, assert_deposited, coins, connect, deposit_over};
use crate::devnet::Devnet;
use crate::proxy::{Fate, Proxy};

/// Alice's deposit over several nodes, in this order.
fn deposit_over_all(devnet: &Devnet, urls: &[&str]) -> crate::devnet::Ran {
    let mut arguments = DEPOSIT.to_vec();
    for url in urls {
        arguments.extend(["--node", *url]);
    }
    devnet.defenders(&arguments)
}

#[test]
fn another_node_takes_over() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let url = devnet.url();
    // the first is dead
    let ran = deposit_over_all(&devnet, &["http://127.0.0.1:1", &url]).ok();
    assert!(
        ran.stderr.contains("127.0.0.1:1 does not answer"),
        "{ran:?}"
    );
    let host = url.trim_start_matches("http://");
    assert!(ran.stderr.contains(&format!("asking {host} from here on")));
    assert_deposited(&devnet, before, 1);
    // the first refuses everything
    let proxy = Proxy::of(&url);
    proxy.set("POST", Fate::Refuse(503));
    let ran = deposit_over_all(&devnet, &[&proxy.url, &url]).ok();
    assert!(ran.stderr.contains("HTTP 503 from"), "{ran:?}");
    assert_deposited(&devnet, before, 2);
    deposit_over(&devnet, &proxy.url).fails(1, "HTTP 503 from");
    // the first is of another chain
    let other = Proxy::of(&url);
    let named = |id: &str| format!(r#""network":"{id}""#);
    other.set(
        "\"status\"",
        Fate::replace(&named("defenders-devnet-1"), &named("cosmoshub-4")),
    );
    let mut arguments = vec!["status", "--chain-id", "defenders-devnet-1", "--json"];
    arguments.extend(["--node", &other.url, "--node", &url]);
    let ran = devnet.defenders(&arguments).ok();
    assert!(
        ran.stderr.contains("is a node of cosmoshub-4, not of"),
        "{ran:?}"
    );
}

/// Addresses hold passwords, and keys of providers: what is said of a node is its host.
#[test]
fn secrets_in_addresses_are_told_by_no_command() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let with_secrets =
        |host: &str| format!("http://anna:sesame@{host}/v1/opensesame?key=opensesame");
    for (host, rule) in [
        ("127.0.0.1:1", None),
        (proxy.host(), Some(Fate::Refuse(503))),
        (proxy.host(), Some(Fate::LoseRequest)),
        (proxy.host(), Some(Fate::Answer("result", json!({})))),
    ] {
        if let Some(rule) = rule {
            proxy.set("POST", rule);
        }
        for command in [&["status"][..], &DEPOSIT] {
            let url = with_secrets(host);
            let ran = devnet.defenders(&[command, &["--node", &url]].concat());
            assert_ne!(ran.status, 0, "{ran:?}");
            assert!(ran.stderr.contains(host), "{ran:?}");
            assert!(!ran.stderr.contains("sesame"), "{ran:?}");
        }
    }
}

/// The first node takes the transaction, and nobody hears of it. The second, healthy, is told the same bytes.
#[test]
fn an_answer_lost_on_one_node_makes_no_second_transaction_over_another() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let (first, second) = (Proxy::of(&devnet.url()), Proxy::of(&devnet.url()));
    first.set("broadcast_tx_sync", Fate::LoseAnswer);
    let ran = deposit_over_all(&devnet, &[&first.url, &second.url]).ok();
    assert_eq!(ran.json()["was_under_way"], false);
    assert_eq!(first.sent(), 1);
    assert_deposited(&devnet, before, 1);
    // it never heard of it, so the second one sends it
    first.set("broadcast_tx_sync", Fate::LoseRequest);
    let sent = second.sent();
    deposit_over_all(&devnet, &[&first.url, &second.url]).ok();
    assert_eq!((first.sent(), second.sent()), (1, sent + 1));
    assert_deposited(&devnet, before, 2);
}

#[test]
fn lesson_10_429_backs_off_and_every_call_says_who_asks() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    proxy.set_times("abci_query", Fate::Refuse(429), 2);
    let read = ["position", "alice", "--json", "--node", &proxy.url];
    let began = std::time::Instant::now();
    devnet.defenders(&read).ok();
    assert_eq!(proxy.met(), 2);
    assert!(began.elapsed().as_millis() >= 2_500, "it did not wait");
    let requests = proxy.requests();
    assert!(requests.len() > 5);
    for request in requests {
        let head = request.to_lowercase();
        assert!(head.contains("user-agent: defenders/"), "{request}");
    }
    proxy.set("POST", Fate::Refuse(403));
    let ran = devnet.defenders(&read);
    assert_eq!(ran.status, 1);
    let told: serde_json::Value = serde_json::from_str(ran.stderr.trim()).unwrap();
    let said = told["error"]["message"].as_str().unwrap();
    let begins = format!("HTTP 403 from {}: ", proxy.host());
    assert!(said.starts_with(&begins), "{said}");
}

#[test]
fn a_node_that_is_behind_is_warned_of() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let moniker = |name: &str| format!(r#""moniker":"{name}""#);
    // it no longer calls itself a devnet; its latest block is young
    proxy.set(
        "\"status\"",
        Fate::replace(&moniker("devnet"), &moniker("node")),
    );
    let ran = devnet.defenders(&["status", "--node", &proxy.url]).ok();
    assert!(!ran.stderr.contains("is behind"), "{ran:?}");
    proxy.set(
        "\"status\"",
        Fate::replace(r#""catching_up":false"#, r#""catching_up":true"#),
    );
    let ran = devnet.defenders(&["status", "--node", &proxy.url]).ok();
    let told = format!("warning: {} is behind: its latest block", proxy.host());
    assert_eq!(ran.stderr.matches(&told).count(), 1, "{ran:?}");
    // one that takes over is looked at as well
    let mut arguments = vec!["status", "--node", "http://127.0.0.1:1"];
    arguments.extend(["--node", &proxy.url]);
    let ran = devnet.defenders(&arguments).ok();
    assert!(ran.stderr.contains(&told), "{ran:?}");
}

/// The node is replaced by one of another version while the program runs.
#[test]
fn lesson_11_another_version_is_learnt_without_a_restart() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    connect(&proxy.url);
    let status = proxy.answers("\"status\"").pop().unwrap();
    let (_, rest) = status.split_once(r#""version":"0."#).unwrap();
    let (minor, _) = rest.split_once('"').unwrap();
    let version = |minor: &str| format!(r#""version":"0.{minor}""#);
    let older = || Fate::replace(&version(minor), &version("34.24"));
    proxy.set("\"status\"", older());
    let node = connect(&proxy.url);
    proxy.set("\"status\"", Fate::Pass);
    let asked = proxy.count("\"status\"");
    // what it answers cannot be read as the old version's
    let found = node.search("tx.height>0").unwrap();
    assert!(
        found
            .iter()
            .any(|tx| tx.value("message", "sender").is_some())
    );
    assert_eq!(proxy.count("\"status\""), asked + 1);
    // it knows the version from here on
    assert_eq!(node.search("tx.height>0").unwrap(), found);
    assert_eq!(proxy.count("\"status\""), asked + 1);
    // replaced and replaced again: whoever looks at the status knows
    proxy.set("\"status\"", older());
    node.status().unwrap();
    proxy.set("\"status\"", Fate::Pass);
    node.status().unwrap();
    let asked = proxy.count("\"status\"");
    assert_eq!(node.search("tx.height>0").unwrap(), found);
    assert_eq!(proxy.count("\"status\""), asked);
}

/// What a node that is out of order answers is told in words, beginning with which node.
#[test]
fn errors_are_words() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let ask = |proxy: &Proxy| {
        let ran = devnet.defenders(&["position", "alice", "--node", &proxy.url]);
        assert_eq!(ran.status, 1, "{ran:?}");
        for part in ["Tracer", "Error(", "Detail", "\\n"] {
            assert!(!ran.stderr.contains(part), "{part}: {}", ran.stderr);
        }
        let begins = format!("error: {}", proxy.host());
        assert!(ran.stderr.starts_with(&begins), "{}", ran.stderr);
        ran.stderr
    };
    proxy.set("POST", Fate::LoseRequest);
    assert!(ask(&proxy).contains("does not answer"));
    proxy.set("POST", Fate::replace("\"jsonrpc\"", "<html>"));
    assert!(ask(&proxy).contains("with something else"));
    proxy.set("POST", Fate::Answer("result", json!({"strange": true})));
    assert!(ask(&proxy).contains("with something else"));
    let refusal = json!({"code": -32603, "message": "Internal error", "data": "out of order"});
    proxy.set("POST", Fate::Answer("error", refusal));
    assert!(ask(&proxy).contains("refused status: out of order"));
}

/// A node that is down, or a question that ran out of time, says nothing of the vault.
#[test]
fn a_node_that_is_out_of_order_does_not_make_the_vault_none() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    let read = ["position", "alice", "--json", "--node", &proxy.url];
    let late = json!({"response": {
        "code": 1, "log": "context deadline exceeded", "info": "", "index": "0", "key": null,
        "value": null, "proofOps": null, "height": "5", "codespace": "sdk",
    }});
    for question in [
        "/cosmwasm.wasm.v1.Query/ContractInfo",
        "/cosmwasm.wasm.v1.Query/RawContractState",
        "/cosmwasm.wasm.v1.Query/SmartContractState",
    ] {
        for fate in [Fate::Answer("result", late.clone()), Fate::LoseRequest] {
            proxy.set(question, fate);
            let ran = devnet.defenders(&read);
            assert_eq!(ran.status, 1, "{question}: {ran:?}");
            assert!(!ran.stderr.contains("is no vault"), "{question}: {ran:?}");
        }
        proxy.set(question, Fate::Pass);
    }
    devnet.defenders(&read).ok();
    devnet
        .defenders(&["status", &devnet.multisig()])
        .fails(2, "is no vault of the Defenders");
}
