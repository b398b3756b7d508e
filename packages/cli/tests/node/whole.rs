//! A vault's life on a node, by the program alone: depositors, a keeper, a jailing and a slash, withdrawals to claims
//! across a time jump, the node killed in the middle, and `verify` at both ends.

use serde_json::Value;

use crate::devnet::Devnet;

const DAY: u64 = 86_400;

fn ask(devnet: &Devnet, arguments: &[&str]) -> Value {
    devnet
        .defenders(&[arguments, &["--json"]].concat())
        .ok()
        .json()
}

/// Lets the keeper do all that is due.
fn keep(devnet: &Devnet) {
    let limit = "1000000000ustake";
    devnet.keep_once(limit, &[]).ok();
}

fn amount(value: &Value) -> u128 {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no amount"))
        .parse()
        .unwrap()
}

#[test]
fn a_vault_from_its_first_day_to_the_last_claim() {
    let devnet = Devnet::with_vault();
    assert_eq!(ask(&devnet, &["verify"])["is_ok"], true);
    for (name, tokens) in [
        ("alice", "300STAKE"),
        ("bob", "200STAKE"),
        ("carol", "100STAKE"),
    ] {
        devnet
            .defenders(&["deposit", tokens, "--from", name, "--yes"])
            .ok();
    }
    keep(&devnet);
    let before = amount(&ask(&devnet, &["position", "alice"])["worth"]);

    // two validators of the vault fail, one of them for ever, and the node is killed between
    let held = ask(&devnet, &["concentration"]);
    assert!(held.is_object());
    let (names, _): (Vec<String>, Vec<String>) =
        devnet.validators().into_iter().rev().take(2).unzip();
    devnet.jail(&names[0]);
    devnet.kill_node();
    devnet.start();
    devnet
        .defenders(&["devnet", "double-sign", &names[1], "--home", "."])
        .ok();
    devnet.advance(DAY);
    keep(&devnet);
    let after = amount(&ask(&devnet, &["position", "alice"])["worth"]);
    assert!(
        after < before + before / 100,
        "{before} -> {after}: a slash makes nobody richer"
    );
    assert!(
        after > before * 9 / 10,
        "{before} -> {after}: a twentieth of one validator is all that can be lost"
    );

    // a third of alice's shares, and all of carol's
    let position = ask(&devnet, &["position", "alice"]);
    let shares = amount(&position["shares"]);
    let third = (shares / 3).to_string();
    devnet
        .defenders(&["withdraw", &third, "--from", "alice", "--yes"])
        .ok();
    devnet
        .defenders(&["withdraw", "all", "--from", "carol", "--yes"])
        .ok();
    for _ in 0..4 {
        devnet.advance(8 * DAY);
        keep(&devnet);
    }
    for name in ["alice", "carol"] {
        let claimed = ask(&devnet, &["claim", "--from", name, "--yes"]);
        assert!(amount(&claimed["tokens"]) > 0, "{name}: {claimed}");
    }
    let left = ask(&devnet, &["position", "carol"]);
    assert_eq!(left["shares"], "0", "{left}");
    let table = devnet.defenders(&["export", "carol", "--csv"]).ok().stdout;
    assert!(table.lines().count() >= 3, "{table}");
    let report = ask(&devnet, &["verify"]);
    assert_eq!(report["is_ok"], true, "{report:#}");
}
