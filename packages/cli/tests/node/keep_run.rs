//! A keeper that runs for some hundred blocks, with everything going wrong that may: a jailing, a double sign, the node
//! killed; scraped all the while; and an upgrade ahead of which it claims for others.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::devnet::{Devnet, get};
use crate::governance::{pass, propose};
use crate::running::{Running, documented, keep_scrape, names_of};

const DAY: u64 = 86_400;

fn ask(devnet: &Devnet, arguments: &[&str]) -> Value {
    let ran = devnet.defenders(&[arguments, &["--json"]].concat());
    ran.ok().json()
}

fn jobs_due(devnet: &Devnet) -> usize {
    ask(devnet, &["status"])["jobs_due"]
        .as_array()
        .unwrap()
        .len()
}

/// Listed validators with stake of the vault, by name.
fn held(devnet: &Devnet) -> Vec<String> {
    let all = devnet.validators().into_iter();
    all.filter(|(_, operator)| {
        let told = devnet.defenders(&["explain", operator, "--json"]).ok();
        let delegated = told.json()["explain"]["delegated"].clone();
        delegated.as_str().is_some_and(|tokens| tokens != "0")
    })
    .map(|(name, _)| name)
    .collect()
}

/// Schedules other code for the pot.
fn schedule_upgrade(devnet: &Devnet) {
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let codes = get(&format!("{rest}/cosmwasm/wasm/v1/code"));
    let code = &codes["code_infos"][0];
    let acts = json!([{
        "act": "upgrade",
        "contract": "reward_pot",
        "code_id": code["code_id"].as_str().unwrap().parse::<u64>().unwrap(),
        "checksum": code["data_hash"].as_str().unwrap().to_lowercase(),
    }]);
    let id = propose(devnet, "Other code for the pot", acts);
    pass(devnet, &id);
    devnet
        .defenders(&["execute", &id, "--from", "op-1", "--yes"])
        .ok();
}

#[test]
fn scraped_keeper_of_some_hundred_blocks() {
    let devnet = Devnet::with_vault();
    let height = |devnet: &Devnet| devnet.status()["height"].as_u64().unwrap();
    let first = height(&devnet);
    let keeper = Running::start(
        &devnet,
        &[
            "keep",
            "--from",
            "keeper",
            "--daily-fee-limit",
            "2000000000ustake",
            "--every",
            "1",
            "--spread",
            "0",
            "--serve",
            "127.0.0.1:0",
        ],
    );
    let rest = |devnet: &Devnet| {
        keeper.wait_until("jobs stay due", || jobs_due(devnet) == 0);
    };
    schedule_upgrade(&devnet);
    // what the keeper does between trial and block makes these dearer
    let bold = ["--yes", "--gas-factor", "3"];
    let withdraw = ["withdraw", "100000000", "--from", "alice"];
    devnet.defenders(&[&withdraw[..], &bold[..]].concat()).ok();
    let deposit = ["deposit", "300STAKE", "--from", "bob"];
    devnet.defenders(&[&deposit[..], &bold[..]].concat()).ok();

    // a jailing is seen on the chain at once, and by the vault at its next snapshot
    let names = held(&devnet);
    let (jailed, banned) = (&names[names.len() - 1], &names[names.len() - 2]);
    keeper.wait_for_metric("defenders_vault_jailed_validators", "0");
    devnet.jail(jailed);
    keeper.wait_for_metric("defenders_vault_jailed_validators", "1");
    let by_snapshot = "defenders_vault_jailed_by_snapshot_validators";
    assert_eq!(keeper.metric(by_snapshot).as_deref(), Some("0"));
    devnet.advance(DAY);
    rest(&devnet);
    keeper.wait_for_metric(by_snapshot, "1");

    // the batch is served by now; everything that is documented is answered
    devnet.advance(DAY);
    rest(&devnet);
    let wanted = documented(&[
        "defenders_vault",
        "defenders_keeper",
        "defenders_node",
        "defenders_source",
    ]);
    let mut text = String::new();
    keeper.wait_until("a documented metric is not answered", || {
        text = keeper.scrape();
        names_of(&text).is_superset(&wanted)
    });
    let more: BTreeSet<String> = &names_of(&text) - &wanted;
    assert!(more.is_empty(), "not documented: {more:?}");
    keep_scrape("keep.metrics", &text);
    assert_sane(&devnet, &keeper);

    // both formats, by what is asked for
    let open = keeper.get(
        "/metrics",
        "application/openmetrics-text;version=1.0.0,text/plain;q=0.5",
    );
    assert_eq!(
        open.kind,
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    assert!(open.text.ends_with("# EOF\n"));
    assert!(
        open.text
            .contains("# UNIT defenders_vault_worth_tokens tokens\n")
    );

    // a double sign, and the node killed: not ready, and alive
    devnet
        .defenders(&["devnet", "double-sign", banned, "--home", "."])
        .ok();
    keeper.wait_for_metric("defenders_vault_jailed_validators", "2");
    assert_eq!(keeper.get("/readyz", "*/*").status, 200);
    devnet.kill_node();
    keeper.wait_until("it stays ready without a node", || {
        keeper.get("/readyz", "*/*").status == 503
    });
    assert_eq!(keeper.get("/healthz", "*/*").status, 200);
    devnet.start();
    keeper.wait_until("it is not ready again", || {
        keeper.get("/readyz", "*/*").status == 200
    });

    // until the upgrade is due in two days: then whoever has not claimed is paid
    let of_alice = || ask(&devnet, &["position", "alice"])["withdrawals"].clone();
    assert_eq!(of_alice().as_array().map(Vec::len), Some(1));
    let upgrade_due = || {
        let due = keeper.metric("defenders_vault_upgrade_due_seconds");
        due.unwrap().parse::<u64>().unwrap()
    };
    while upgrade_due() > 2 * DAY {
        let before = upgrade_due();
        devnet.advance((before - DAY).min(16 * DAY));
        rest(&devnet);
        keeper.wait_until("time does not pass", || upgrade_due() < before - DAY / 2);
    }
    keeper.wait_until("nobody claims for alice", || {
        let claims = keeper.of_event("sent");
        claims.iter().any(|line| line["job"] == "claim")
    });
    assert_eq!(of_alice().as_array().map(Vec::len), Some(0));

    let troubles = devnet.defenders(&["status", "--json"]).json()["troubles"].to_string();
    assert!(
        troubles.contains("its code is replaced by code"),
        "{troubles}"
    );

    assert!(height(&devnet) - first > 100, "blocks");
    assert_eq!(keeper.of_event("not_sent").len(), 0);
    assert_eq!(keeper.of_event("ended").len(), 0);
    // all is as it should be, but for the other code that waits
    let report = devnet.defenders(&["verify", "--json"]).json();
    let checks = report["checks"].as_array().unwrap().iter();
    let wrong: Vec<&Value> = checks
        .filter(|check| check["finding"] == "not_ok")
        .map(|check| &check["what"])
        .collect();
    assert_eq!(wrong, ["scheduled changes"], "{report:#}");
}

/// Values are what the chain and other commands say.
fn assert_sane(devnet: &Devnet, keeper: &Running) {
    let number = |name: &str| -> u128 {
        let value = keeper.metric(name);
        let value = value.unwrap_or_else(|| panic!("{name} is missing"));
        value.parse().unwrap()
    };
    let status = ask(devnet, &["status"]);
    let worth = number("defenders_vault_worth_tokens{denom=\"ustake\"}");
    let told: u128 = status["total_assets"].as_str().unwrap().parse().unwrap();
    assert!(worth.abs_diff(told) < told / 100, "{worth}, {told}");
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let address = devnet.account("keeper");
    let path = format!("{rest}/cosmos/bank/v1beta1/balances/{address}/by_denom?denom=ustake");
    let balance = get(&path)["balance"]["amount"]
        .as_str()
        .unwrap()
        .to_string();
    keeper.wait_for_metric(
        "defenders_keeper_balance_tokens{denom=\"ustake\"}",
        &balance,
    );
    let listed = status["validators"]["listed"].as_u64().unwrap();
    assert_eq!(
        number("defenders_vault_listed_validators"),
        u128::from(listed)
    );
    assert_eq!(number("defenders_vault_foreign_admin"), 0);
    assert_eq!(number("defenders_node_behind"), 0);
    assert_eq!(
        number("defenders_vault_deficit_tokens{denom=\"ustake\"}"),
        0
    );
    assert_eq!(number("defenders_vault_changes{kind=\"upgrade\"}"), 1);
    let ratio = keeper.metric("defenders_vault_rate_ratio").unwrap();
    assert!(ratio.starts_with("1.") || ratio == "1", "{ratio}");
    let sent = keeper.of_event("sent").len();
    let counted: u64 = keeper
        .scrape()
        .lines()
        .filter(|line| line.starts_with("defenders_keeper_transactions_total{"))
        .map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(counted, sent as u64);
}
