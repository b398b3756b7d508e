//! Nodes that no longer have what they are asked for.

use defenders_node::NodeError;
use serde_json::{Value, json};

use crate::accounts::{
    DEPOSIT, assert_deposited, break_off_before_broadcast, coins, connect, height, sequence,
    spawn_with_state, wait_for,
};
use crate::devnet::{Devnet, Ran};
use crate::proxy::{Fate, Proxy};

/// Starts the chain anew, with few blocks kept and fast ones.
fn prune(devnet: &Devnet) {
    devnet.defenders(&["devnet", "stop", "--home", "."]).ok();
    let mut arguments = vec!["devnet", "start", "--home", ".", "--block-time", "50ms"];
    arguments.extend(["--keep-blocks", "10"]);
    devnet.defenders(&arguments).ok();
}

#[test]
fn lesson_8_a_height_that_is_gone_is_never_an_empty_answer() {
    let devnet = Devnet::with_vault();
    prune(&devnet);
    wait_for(&devnet, height(&devnet) + 30);
    let node = connect(&devnet.url());
    let is_history = |error: Option<NodeError>, of: u64| {
        let said = error.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(
            matches!(error, Some(NodeError::History { height, .. }) if height == of),
            "{error:?}"
        );
        assert!(said.starts_with("history unavailable: "), "{said}");
        said
    };
    let said = is_history(node.block(3).err(), 3);
    assert!(said.contains("(it begins at "), "{said}");
    is_history(node.block_results(3).err(), 3);
    let vault = devnet.vault();
    let config = json!({"config": {}});
    let latest = node.status().unwrap().height;
    assert!(
        node.smart_at::<Value>(&vault, &config, Some(latest))
            .is_ok()
    );
    // states are kept longer than blocks; that of a height to come is there as little as one that is gone
    let later = latest + 10_000;
    is_history(
        node.smart_at::<Value>(&vault, &config, Some(later)).err(),
        later,
    );
}

/// Of the latest block the state comes a moment after the node has told of it.
#[test]
fn state_of_the_latest_block_is_waited_for() {
    let devnet = Devnet::with_vault();
    devnet.defenders(&["devnet", "stop", "--home", "."]).ok();
    // so that the latest one stays it for a while
    let slowly = ["devnet", "start", "--home", ".", "--block-time", "3s"];
    devnet.defenders(&slowly).ok();
    let proxy = Proxy::of(&devnet.url());
    let later = json!({"response": {
        "code": 18, "log": "cannot query with height in the future; please provide a valid height",
        "info": "", "index": "0", "key": null, "value": null, "proofOps": null, "height": "0",
        "codespace": "sdk",
    }});
    let latest = connect(&devnet.url()).status().unwrap().height;
    let node = connect(&proxy.url);
    proxy.set_times("abci_query", Fate::Answer("result", later.clone()), 2);
    let config = json!({"config": {}});
    let asked = node.smart_at::<Value>(&devnet.vault(), &config, Some(latest));
    assert!(asked.is_ok(), "{asked:?}");
    assert_eq!(proxy.met(), 2);
    // one that was told of long ago is gone, and nobody waits for it
    wait_for(&devnet, latest + 3);
    proxy.set_times("abci_query", Fate::Answer("result", later), 1);
    let asked = node.smart_at::<Value>(&devnet.vault(), &config, Some(latest));
    assert!(matches!(asked, Err(NodeError::History { .. })), "{asked:?}");
    assert_eq!(proxy.met(), 3);
}

/// What is under way is told, whatever the blocks: a transaction that was sent is in the index, and one that was not
/// can get into no block any more.
#[test]
fn lesson_8_what_is_under_way_ends_although_its_blocks_are_gone() {
    let devnet = Devnet::with_vault();
    prune(&devnet);
    let before = coins(&devnet, "alice");
    // sent, and broken off before that was heard
    let proxy = Proxy::of(&devnet.url());
    proxy.set("broadcast_tx_sync", Fate::Hang);
    let arguments = [&DEPOSIT[..], &["--node", &proxy.url]].concat();
    let mut child = devnet.spawn(&arguments);
    proxy.wait_until_met();
    child.kill().unwrap();
    child.wait().unwrap();
    wait_for(&devnet, height(&devnet) + 30);
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
    // never sent, and its last height has passed
    break_off_before_broadcast(&devnet, &DEPOSIT);
    let row = only(&devnet.defenders(&["pending", "--json"]));
    assert_eq!(row["state"], "may_get_in");
    let last = row["last_height"].as_u64().unwrap();
    devnet
        .defenders(&["pending", "--forget", row["hash"].as_str().unwrap()])
        .fails(2, "it may get into a block up to");
    wait_for(&devnet, last + 2);
    let row = only(&devnet.defenders(&["pending", "--json"]));
    assert_eq!(row["state"], "never");
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert!(
        ran.stderr.contains("and cannot any more: nothing was done"),
        "{ran:?}"
    );
    assert_eq!(ran.json()["was_under_way"], false);
    assert_deposited(&devnet, before, 2);
}

/// The account's place is used, by this transaction or another, and the node has neither the blocks nor an index: then
/// that is said, with what to do, and nothing is sent.
#[test]
fn lesson_8_what_no_node_can_tell_is_said_and_can_be_forgotten() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    break_off_before_broadcast(&devnet, &DEPOSIT);
    // another machine with the same key takes its place
    let state = tempfile::tempdir().unwrap();
    let other = ["deposit", "14STAKE", "--from", "alice", "--yes", "--json"];
    let mut child = spawn_with_state(&devnet, state.path(), &other);
    assert!(child.wait().unwrap().success());
    let sent = sequence(&devnet, "alice");
    prune(&devnet);
    wait_for(&devnet, height(&devnet) + 30);

    let proxy = Proxy::of(&devnet.url());
    let no_index = json!({
        "code": -32603, "message": "Internal error", "data": "transaction indexing is disabled",
    });
    proxy.set(
        "\"method\": \"tx\"",
        Fate::Answer("error", no_index.clone()),
    );
    proxy.set("\"method\": \"tx_search\"", Fate::Answer("error", no_index));
    let over = [&DEPOSIT[..], &["--node", &proxy.url]].concat();
    let ran = devnet.defenders(&over);
    assert_eq!(ran.status, 1, "{ran:?}");
    let told: Value = serde_json::from_str(ran.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(told["error"]["kind"], "undecided");
    let said = told["error"]["message"].as_str().unwrap();
    let row = only(&devnet.defenders(&["pending", "--json", "--node", &proxy.url]));
    assert_eq!(row["state"], "cannot_be_told");
    let hash = row["hash"].as_str().unwrap();
    for part in [
        hash,
        "they lack",
        "--node",
        &format!("`defenders pending --forget {hash}`"),
        row["file"].as_str().unwrap(),
    ] {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    assert_eq!(proxy.sent(), 0);
    assert_eq!(sequence(&devnet, "alice"), sent);

    // another node's index or blocks can: another transaction took the place
    let row = only(&devnet.defenders(&["pending", "--json"]));
    assert_eq!(row["state"], "never");
    let both = [
        "pending",
        "--json",
        "--node",
        &proxy.url,
        "--node",
        &devnet.url(),
    ];
    assert_eq!(only(&devnet.defenders(&both))["state"], "never");
    assert!(
        row["because"]
            .as_str()
            .unwrap()
            .contains("took the place of"),
        "{row}"
    );

    // on wish it is forgotten, and the same is a new intention
    let forget = ["pending", "--forget", hash, "--node", &proxy.url];
    let ran = devnet.defenders(&forget).ok();
    assert!(
        ran.stdout.starts_with("Forgotten on defenders-devnet-1:"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("they lack"), "{ran:?}");
    let widest = ran.stdout.lines().filter(|line| !line.contains("noted in"));
    assert!(
        widest.map(|line| line.chars().count()).max() <= Some(80),
        "{ran:?}"
    );
    devnet
        .defenders(&forget)
        .fails(2, "is under way on defenders-devnet-1");
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert_eq!(ran.json()["was_under_way"], false);
    assert_deposited(&devnet, before, 3);
}

/// Blocks and index that the first node lacks are asked of the second: it has blocks only.
#[test]
fn what_one_node_lacks_another_is_asked_for() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let sent = Proxy::of(&devnet.url());
    sent.set("broadcast_tx_sync", Fate::Hang);
    let mut child = devnet.spawn(&[&DEPOSIT[..], &["--node", &sent.url]].concat());
    sent.wait_until_met();
    child.kill().unwrap();
    child.wait().unwrap();
    wait_for(&devnet, height(&devnet) + 3);
    let (pruned, archive) = (Proxy::of(&devnet.url()), Proxy::of(&devnet.url()));
    let refusal = |words: &str| {
        Fate::Answer(
            "error",
            json!({"code": -32603, "message": "Internal error", "data": words}),
        )
    };
    for node in [&pruned, &archive] {
        for method in ["tx", "tx_search"] {
            let method = format!("\"method\": \"{method}\"");
            node.set(&method, refusal("transaction indexing is disabled"));
        }
    }
    let gone = "height 1 is not available, lowest height is 900000";
    pruned.set("\"method\": \"block\"", refusal(gone));
    let ask = |urls: &[&str]| {
        let mut arguments = vec!["pending", "--json"];
        for url in urls {
            arguments.extend(["--node", *url]);
        }
        only(&devnet.defenders(&arguments).ok())
    };
    assert_eq!(ask(&[&pruned.url])["state"], "cannot_be_told");
    assert_eq!(ask(&[&pruned.url, &archive.url])["state"], "carried_out");
    let mut arguments = DEPOSIT.to_vec();
    arguments.extend(["--node", &pruned.url, "--node", &archive.url]);
    let ran = devnet.defenders(&arguments).ok();
    assert_eq!(ran.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
}

/// The only row.
#[track_caller]
fn only(ran: &Ran) -> Value {
    let told = ran.json();
    let rows = told["pending"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{told}");
    rows[0].clone()
}
