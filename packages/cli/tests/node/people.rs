//! What people and operators do with a vault, by the built program.

use serde_json::Value;

use crate::devnet::Devnet;

/// 1 STAKE, base units.
const STAKE: u128 = 1_000_000;

/// The answer to a command that must succeed.
fn ask(devnet: &Devnet, arguments: &[&str]) -> Value {
    let ran = devnet.defenders(&[arguments, &["--json"]].concat());
    assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
    ran.json()
}

/// What a command says that must be refused before anything is sent.
fn refuse(devnet: &Devnet, arguments: &[&str]) -> String {
    let ran = devnet.defenders(&[arguments, &["--json"]].concat());
    assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.stderr);
    assert_eq!(ran.stdout, "", "{arguments:?}");
    ran.stderr
}

fn amount(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

fn shares_of(devnet: &Devnet, account: &str) -> u128 {
    amount(&ask(devnet, &["position", account])["shares"])
}

#[test]
fn deposit_gives_shares_to_the_recipient_and_export_tells_both_sides() {
    let devnet = Devnet::with_vault();
    let before = shares_of(&devnet, "carol");
    let deposit = ["deposit", "2STAKE", "--from", "bob", "--recipient", "carol"];
    let dry = ask(&devnet, &[&deposit[..], &["--dry-run"]].concat());
    assert_eq!(dry["sent"], false);
    assert_eq!(shares_of(&devnet, "carol"), before);
    let sent = ask(&devnet, &[&deposit[..], &["--yes"]].concat());
    assert_eq!(sent["sent"], true);
    assert_eq!(amount(&sent["tokens"]), 2 * STAKE);
    let shares = amount(&sent["shares"]);
    assert_eq!(shares_of(&devnet, "carol"), before + shares);

    for (account, tokens, shares) in [
        ("bob", format!("-{}", 2 * STAKE), "0".to_string()),
        ("carol", "0".to_string(), shares.to_string()),
    ] {
        let export = ask(&devnet, &["export", account]);
        assert_eq!(export["is_complete"], true, "{export}");
        let rows = export["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["tx"] == sent["hash"]).unwrap();
        assert_eq!(row["kind"], "deposit");
        assert_eq!(row["tokens"], tokens);
        assert_eq!(row["shares"], shares);
    }
    let csv = devnet.defenders(&["export", "bob", "--csv"]);
    assert_eq!(csv.status, 0, "{}", csv.stderr);
    let line = csv.stdout.lines().find(|line| line.contains(",deposit,"));
    let time = line.unwrap().split(',').next().unwrap();
    assert!(time.ends_with('Z'), "{time}");
}

#[test]
fn deposits_that_cannot_be_are_refused_with_the_reason() {
    let devnet = Devnet::with_vault();
    let deposit = |amount: &str| refuse(&devnet, &["deposit", amount, "--from", "bob", "--yes"]);
    let full = deposit("900000000STAKE");
    assert!(full.contains("listed validators"), "{full}");
    assert!(deposit("1ATOM").contains("another coin"));
    assert!(deposit("0").contains("is nothing"));
    let few = refuse(
        &devnet,
        &[
            "deposit",
            "1STAKE",
            "--min-shares",
            "999999999999",
            "--from",
            "bob",
            "--yes",
        ],
    );
    assert!(few.contains("--min-shares"), "{few}");
}

#[test]
fn withdrawal_can_be_cancelled_while_its_batch_is_open() {
    let devnet = Devnet::with_vault();
    ask(&devnet, &["deposit", "3STAKE", "--from", "alice", "--yes"]);
    let before = shares_of(&devnet, "alice");
    let sent = ask(
        &devnet,
        &["withdraw", "1000000", "--from", "alice", "--yes"],
    );
    assert_eq!(amount(&sent["shares"]), 1_000_000);
    let batch = sent["batch_id"].to_string();
    let position = ask(&devnet, &["position", "alice"]);
    assert_eq!(amount(&position["shares"]), before - 1_000_000);
    let rows = position["withdrawals"].as_array().unwrap();
    let row = rows.iter().find(|row| row["batch_id"] == sent["batch_id"]);
    let row = row.unwrap();
    assert_eq!(
        (&row["state"], &row["is_final"]),
        (&"open".into(), &false.into())
    );
    assert!(row["pays_latest"].as_u64() >= row["pays_earliest"].as_u64());

    let early = refuse(&devnet, &["claim", &batch, "--from", "alice", "--yes"]);
    assert!(early.contains("does not pay yet"), "{early}");
    let stranger = refuse(&devnet, &["cancel", &batch, "--from", "carol", "--yes"]);
    assert!(stranger.contains("no withdrawal"), "{stranger}");
    ask(&devnet, &["cancel", &batch, "--from", "alice", "--yes"]);
    assert_eq!(shares_of(&devnet, "alice"), before);
    let more = refuse(
        &devnet,
        &["withdraw", "99999999999999", "--from", "alice", "--yes"],
    );
    assert!(more.contains("and not"), "{more}");
}

#[test]
fn nothing_to_claim_sends_nothing_and_is_no_error() {
    let devnet = Devnet::with_vault();
    let claim = ask(&devnet, &["claim", "--from", "keeper", "--yes"]);
    assert_eq!(claim["sent"], false);
    assert_eq!(claim["claims"], serde_json::json!([]));
}

#[test]
fn status_fits_80_columns_and_says_what_is_wrong() {
    let devnet = Devnet::with_vault();
    let status = ask(&devnet, &["status"]);
    assert!(amount(&status["total_assets"]) > 0);
    assert!(status["validators"]["listed"].as_u64().unwrap() > 0);
    assert!(status["concentration"]["without"]["effective"].is_string());
    for command in [
        &["status"][..],
        &["plan"],
        &["position", "alice"],
        &["concentration", "--deposit", "1000000"],
    ] {
        let shown = devnet.defenders(command);
        assert_eq!(shown.status, 0, "{command:?}: {}", shown.stderr);
        let widest = shown.stdout.lines().map(|line| line.chars().count()).max();
        // an address is never broken
        assert!(widest.unwrap() <= 80, "{command:?}: {}", shown.stdout);
    }
}

/// The vault reads validators once a day: what happened since is the chain's to tell.
#[test]
fn what_the_vault_has_not_read_yet_is_told_from_the_chain() {
    let devnet = Devnet::with_vault();
    let status = ask(&devnet, &["status"]);
    assert_eq!(status["unseen"], serde_json::json!([]));
    let known = status["validators"]["listed"].as_u64().unwrap();
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, operator) in devnet.validators().into_iter().rev() {
        let explain = ask(&devnet, &["explain", &operator]);
        if explain["listed"] == true && explain["status"] == "eligible" {
            names.push((name, operator));
        }
        if names.len() == 2 {
            break;
        }
    }
    let [(jailed, of_jailed), (dead, of_dead)] = names.as_slice() else {
        panic!("fewer than two of {known} are eligible");
    };
    devnet.jail(jailed);
    devnet
        .defenders(&["devnet", "double-sign", dead, "--home", "."])
        .ok();

    let status = ask(&devnet, &["status"]);
    let rows = status["unseen"].as_array().unwrap();
    let fate_of = |operator: &str| {
        let row = rows.iter().find(|row| row["validator"] == operator);
        row.map(|row| row["fate"].clone())
    };
    assert_eq!(fate_of(of_jailed), Some("jailed".into()), "{status:#}");
    assert_eq!(fate_of(of_dead), Some("tombstoned".into()), "{status:#}");
    assert_eq!(rows.len(), 2);
    let shown = devnet.defenders(&["status"]).ok().stdout;
    assert_eq!(shown.matches("NOT READ").count(), 2, "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    let explain = devnet.defenders(&["explain", of_dead]).ok().stdout;
    assert!(explain.contains("never comes back"), "{explain}");
    assert!(explain.contains("cannot be unjailed"), "{explain}");
    assert!(explain.contains("the chain says now"), "{explain}");
    assert!(!explain.contains("operator unjails"), "{explain}");
}

#[test]
fn explain_tries_acts_by_the_vaults_own_rule() {
    let devnet = Devnet::with_vault();
    let plan = ask(&devnet, &["concentration"]);
    assert!(plan["by_validator"]["without"].is_object());
    let status = ask(&devnet, &["status"]);
    let listed = &status["health"]["least_slack"]["validator"];
    let listed = listed.as_str().unwrap().to_string();
    let explain = ask(&devnet, &["explain", &listed]);
    assert_eq!(explain["listed"], true);
    assert_eq!(explain["is_exact"], true, "{explain}");
    let acts = explain["what_if"].as_array().unwrap();
    let zero = acts
        .iter()
        .find(|row| row["act"] == "own_maximum" && row["value"] == "0");
    assert_eq!(zero.unwrap()["target"], "0");
    let asked = ask(&devnet, &["explain", &listed, "--commission", "0.9"]);
    let first = &asked["what_if"][0];
    assert_eq!(
        (&first["act"], &first["target"]),
        (&"asked".into(), &"0".into())
    );
    let unknown = refuse(&devnet, &["explain", "nobody at all"]);
    assert!(unknown.contains("nobody at all"), "{unknown}");
}

#[test]
fn a_deposit_into_the_vault_makes_the_chain_evener_than_at_the_top() {
    let devnet = Devnet::with_vault();
    let deposit = (100 * STAKE).to_string();
    let report = ask(&devnet, &["concentration", "--deposit", &deposit]);
    let states = &report["by_validator"];
    let hhi = |state: &str| {
        let text = states[state]["hhi"].as_str().unwrap();
        text.parse::<cosmwasm_std::Decimal>().unwrap()
    };
    assert!(hhi("after") < hhi("at_top"), "{states}");
    assert!(hhi("with") < hhi("at_top"), "{states}");
    assert!(report["deposit"]["top_validator"].is_string());
    let same = ask(&devnet, &["concentration", "--deposit", "100STAKE"]);
    assert_eq!(same["deposit"], report["deposit"]);
    let wrong = refuse(&devnet, &["concentration", "--deposit", "100ATOM"]);
    assert!(wrong.contains("1.5STAKE"), "{wrong}");
}
