//! A deployment: judged and shown before anything is paid, and one of everything however often it is broken off.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::devnet::{Devnet, get};

/// What the notes say.
fn notes(home: &Path) -> Value {
    let text = fs::read_to_string(home.join("deploy.state.json")).unwrap_or("{}".to_string());
    serde_json::from_str(&text).unwrap()
}

/// What every call here says.
const DEPLOY: [&str; 5] = ["deploy", "--config", "deploy.toml", "--from", "op-1"];
/// Twice what all else pays.
const UPLOAD: [&str; 3] = ["--upload-gas-price", "0.05ustake", "--yes"];

#[test]
fn lesson_26_broken_off_after_every_moment_and_resumed_there_is_one_of_each() {
    let devnet = Devnet::bare();
    let home = devnet.home();
    let deploy = [&DEPLOY[..], &UPLOAD].concat();
    let mut kills = 0;
    let mut steps = BTreeMap::new();
    // each try lives a little longer than the one before
    for millis in (50..).step_by(70) {
        let mut child = devnet.spawn(&deploy);
        let mut left: i64 = millis;
        while left > 0 && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(10));
            left -= 10;
        }
        match child.try_wait().unwrap() {
            Some(status) if status.success() => break,
            Some(status) => panic!("{status}: {}", read(child.stderr.take())),
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
                *steps.entry(notes(&home).to_string()).or_insert(0) += 1;
            }
        }
        assert!(kills < 200, "it comes to no end: {steps:#?}");
    }
    assert!(kills >= 5, "{kills} kills only");
    // the notes name one of each, and the chain has no other
    let state = notes(&home);
    assert_eq!(state["codes"].as_object().unwrap().len(), 4);
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let codes = get(&format!("{rest}/cosmwasm/wasm/v1/code"));
    assert_eq!(codes["code_infos"].as_array().unwrap().len(), 4, "{codes}");
    let mut contracts = 0;
    for code in 1..=4 {
        let of_code = get(&format!("{rest}/cosmwasm/wasm/v1/code/{code}/contracts"));
        contracts += of_code["contracts"].as_array().unwrap().len();
    }
    assert_eq!(contracts, 4, "group, multisig, vault and pot");
    assert_eq!(state["is_deposited"], true);
    let [vault, multisig] = ["vault", "multisig"].map(|field| state[field].as_str().unwrap());
    devnet
        .defenders(&["verify", vault, "--owner", multisig])
        .ok();
    let proposals = devnet
        .defenders(&["proposals", "--all", "--json", "--multisig", multisig])
        .ok()
        .json();
    assert_eq!(
        proposals["proposals"].as_array().unwrap().len(),
        1,
        "{proposals}"
    );
    // once more is no more
    let again = devnet.defenders(&[&deploy[..], &["--json"]].concat()).ok();
    assert_eq!(again.json()["left"], Value::Null);
    let nothing = devnet.defenders(&[&DEPLOY[..], &["--dry-run"]].concat());
    assert!(
        nothing.ok().stdout.contains("Nothing is left to do."),
        "all of it stands"
    );
    let position = devnet.defenders(&["position", "op-1", "--vault", vault, "--json"]);
    let worth = position.ok().json()["worth"].as_str().unwrap().to_string();
    let worth: u128 = worth.parse().unwrap();
    assert!(
        (999_000_000..1_010_000_000).contains(&worth),
        "one deposit of 1000 STAKE: {worth}"
    );
    ensure_upload_prices(&rest);
}

/// Uploads paid their own price, and nothing else did.
fn ensure_upload_prices(rest: &str) {
    for (message, thousandths) in [("MsgStoreCode", 50), ("MsgInstantiateContract2", 25)] {
        let query = format!("query=message.action=%27/cosmwasm.wasm.v1.{message}%27");
        let found = get(&format!("{rest}/cosmos/tx/v1beta1/txs?{query}"));
        let txs = found["txs"].as_array().unwrap();
        assert!(!txs.is_empty(), "{message}");
        for tx in txs {
            let fee = &tx["auth_info"]["fee"];
            let number = |value: &Value| value.as_str().unwrap().parse::<u128>().unwrap();
            let (paid, gas) = (
                number(&fee["amount"][0]["amount"]),
                number(&fee["gas_limit"]),
            );
            let wanted = (gas * thousandths).div_ceil(1_000);
            assert_eq!(paid, wanted, "{message}");
        }
    }
}

/// A trial shows every step, with what it sends and costs as far as that can be known, and sends nothing. What a later
/// step would be refused for is refused now.
#[test]
fn a_deployment_is_judged_and_shown_before_anything_is_paid() {
    let devnet = Devnet::bare();
    let home = devnet.home();
    let coins = |devnet: &Devnet| {
        let rest = devnet.status()["rest"].as_str().unwrap().to_string();
        let address = devnet.account("op-1");
        let path = format!("{rest}/cosmos/bank/v1beta1/balances/{address}");
        get(&path)["balances"][0]["amount"].to_string()
    };
    let before = coins(&devnet);
    let trial = [&DEPLOY[..], &["--dry-run"]].concat();
    let report = devnet
        .defenders(&[&trial[..], &["--json"]].concat())
        .ok()
        .json();
    assert_eq!(report["sent"], false);
    let steps = report["steps"].as_array().unwrap();
    let whats: Vec<&str> = steps
        .iter()
        .map(|step| step["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        whats,
        [
            "Store the code of cw4_group",
            "Store the code of cw3_flex_multisig",
            "Found a multisig of 5 members",
            "Store the code of reward_pot",
            "Store the code of vault",
            "Found the vault",
            "Propose the first decisions",
            "Vote yes as op-2, while the proposal is open",
            "Vote yes as op-3, while the proposal is open",
            "Carry out the proposal, once it has passed",
            "Let the vault read the powers of validators",
            "Deposit 1000000000ustake",
        ]
    );
    for step in steps {
        let is_upload = step["what"].as_str().unwrap().starts_with("Store");
        assert_eq!(step["fee"].is_null(), !is_upload, "{step}");
        assert_eq!(step["fee_is_known_after"].is_null(), is_upload, "{step}");
    }
    let acts = &steps[6]["messages"][0]["execute"]["msg"]["propose"]["msgs"];
    let listed = &acts[2]["wasm"]["execute"]["msg"]["list_validators"]["validators"];
    assert!(listed.as_array().unwrap().len() > 10, "{acts}");
    let shown = devnet.defenders(&trial).ok().stdout;
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    assert!(shown.contains("Fees that can be told now: "), "{shown}");
    assert!(shown.contains("can be told after steps 1 and 2"), "{shown}");

    let text = fs::read_to_string(home.join("deploy.toml")).unwrap();
    let refuse = |from: &str, to: &str, words: &str| {
        assert!(text.contains(from), "{from}");
        fs::write(home.join("other.toml"), text.replacen(from, to, 1)).unwrap();
        let file = [
            "deploy",
            "--config",
            "other.toml",
            "--from",
            "op-1",
            "--yes",
        ];
        devnet.defenders(&file).fails(2, words);
    };
    let rate = "performance_fee_rate = \"0.05\"";
    let above = "performance_fee_rate = \"0.11\"";
    refuse(rate, above, "performance_fee_rate");
    let bounty = "keeper_bounty_share = \"0.1\"";
    let more = "keeper_bounty_share = \"1.1\"";
    refuse(bounty, more, "keeper_bounty_share");
    refuse("\"DEFEND\"", "\"D3\"", "the symbol");
    refuse(
        "seed = \"1000000ustake\"",
        "seed = \"10ustake\"",
        "minimum_seed",
    );
    refuse(
        "seed = \"1000000ustake\"",
        "seed = \"1000000uatom\"",
        "ustake",
    );
    let treasury = devnet.account("treasury");
    refuse(&treasury, "cosmos1nobody", "is no account");
    refuse("\"op-3\"", "\"alice\"", "is no member of the multisig");
    let twice = devnet.account("op-5");
    refuse(&twice, &devnet.account("op-4"), "comes twice");
    refuse("first.json", "none.json", "none.json");
    fs::write(home.join("odd.json"), "{\"title\": \"t\", \"acts\": []}").unwrap();
    refuse("first.json", "odd.json", "odd.json");
    let own = format!("[multisig]\naddress = \"{}\"", devnet.account("op-1"));
    fs::write(home.join("other.toml"), with_multisig(&text, &own)).unwrap();
    devnet
        .defenders(&[
            "deploy",
            "--config",
            "other.toml",
            "--from",
            "op-1",
            "--yes",
        ])
        .fails(2, "there is no contract there; check multisig.address");
    devnet
        .defenders(&[&trial[..], &["--upload-gas-price", "much"]].concat())
        .fails(2, "--upload-gas-price much");
    devnet
        .defenders(&[&DEPLOY[..], &["--generate-only", "x.json"]].concat())
        .fails(2, "--dry-run shows all of them");
    devnet
        .defenders(&DEPLOY)
        .fails(2, "there is no terminal to ask on");
    assert_eq!(coins(&devnet), before, "nothing was paid");
    assert!(!home.join("deploy.state.json").exists());
}

/// What a trial says that uploads cost, for each unit of gas.
#[test]
fn lesson_5_uploads_have_a_price_of_their_own() {
    let devnet = Devnet::bare();
    let price = |more: &[&str]| {
        let trial = [&DEPLOY[..], &["--dry-run", "--json"], more].concat();
        let report = devnet.defenders(&trial).ok().json();
        let fee = report["steps"][0]["fee"].clone();
        let paid: u64 = fee["amount"].as_str().unwrap().parse().unwrap();
        paid * 1_000 / fee["gas_limit"].as_u64().unwrap()
    };
    assert_eq!(price(&[]), 25);
    assert_eq!(price(&["--upload-gas-price", "0.05ustake"]), 50);
    // both have the bounds that a price has
    let trial = [&DEPLOY[..], &["--dry-run"]].concat();
    let above = [
        "--upload-gas-price",
        "0.05ustake",
        "--max-gas-price",
        "0.03ustake",
    ];
    devnet
        .defenders(&[&trial[..], &above].concat())
        .fails(2, "--upload-gas-price 0.05ustake");
}

/// The same file with another table in place of the multisig's.
fn with_multisig(text: &str, multisig: &str) -> String {
    let begin = text.find("[multisig]").unwrap();
    let end = text.find("[vault]").unwrap();
    format!("{}{multisig}\n\n{}", &text[..begin], &text[end..])
}

fn read(pipe: Option<std::process::ChildStderr>) -> String {
    let mut text = String::new();
    if let Some(mut pipe) = pipe {
        use std::io::Read;
        let _ = pipe.read_to_string(&mut text);
    }
    text
}

/// What stands keeps what it was made with: another configuration would be said to stand, and change nothing.
#[test]
fn a_configuration_that_was_changed_since_is_refused() {
    let devnet = Devnet::with_vault();
    let file = devnet.home().join("deploy.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let deploy = [
        "deploy",
        "--config",
        "deploy.toml",
        "--from",
        "op-1",
        "--yes",
    ];
    for (from, to) in [
        ("threshold = 3", "threshold = 2"),
        (
            "performance_fee_rate = \"0.05\"",
            "performance_fee_rate = \"0.06\"",
        ),
        ("seed = \"1000000", "seed = \"2000000"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        std::fs::write(&file, text.replace(from, to)).unwrap();
        devnet
            .defenders(&deploy)
            .fails(2, "begun with other settings");
    }
    let voters = text.replace("voters = [\"op-2\", \"op-3\"]", "voters = [\"op-2\"]");
    // [first] may go: who was refused once goes on without it
    let without = voters.split("[first]").next().unwrap();
    std::fs::write(&file, format!("# a remark\n{without}")).unwrap();
    devnet.defenders(&deploy).ok();
    std::fs::write(&file, format!("# a remark\n{voters}")).unwrap();
    let told = devnet.defenders(&deploy).ok().stdout;
    assert!(
        told.contains(&format!("defenders verify {}", devnet.vault())),
        "{told}"
    );
}
