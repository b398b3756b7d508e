//! The operators' watch, by the built program: what becomes of validators on a chain where it becomes of them.

use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::devnet::Devnet;
use crate::operator::{edit, undelegate, unjail};

/// Looks once: what is told, and what was seen at the end.
pub fn look(devnet: &Devnet, names: &[&str], more: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["watch", "--once"];
    for name in names {
        arguments.extend(["--validator", name]);
    }
    arguments.extend(more);
    lines_of(&devnet.defenders(&arguments).ok().stdout)
}

/// Lines of JSON.
pub fn lines_of(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Alerts by name and standing, in their order.
pub fn alerts(lines: &[Value]) -> Vec<(&str, &str)> {
    let alerts = lines.iter().filter(|line| line["event"] == "alert");
    alerts
        .map(|line| {
            (
                line["alert"].as_str().unwrap(),
                line["standing"].as_str().unwrap(),
            )
        })
        .collect()
}

/// Changes by name and message, in their order.
pub fn changes(lines: &[Value]) -> Vec<(&str, &str)> {
    let changes = lines.iter().filter(|line| line["event"] == "change");
    changes
        .map(|line| {
            (
                line["change"].as_str().unwrap(),
                line["message"].as_str().unwrap(),
            )
        })
        .collect()
}

fn message<'a>(lines: &'a [Value], alert: &str) -> &'a str {
    let found = lines.iter().find(|line| line["alert"] == alert);
    found.unwrap()["message"].as_str().unwrap()
}

fn looked(lines: &[Value]) -> &Value {
    lines.iter().find(|line| line["event"] == "looked").unwrap()
}

/// The operator address of a validator.
pub fn operator_of(devnet: &Devnet, name: &str) -> String {
    let mut all = devnet.validators().into_iter();
    all.find(|(known, _)| known == name).unwrap().1
}

/// Some blocks go by, however slow the machine is.
fn wait_for_blocks(devnet: &Devnet, count: u64) {
    let height = || devnet.status()["height"].as_u64().unwrap();
    let last = height() + count;
    while height() < last {
        sleep(Duration::from_millis(100));
    }
}

fn absent(devnet: &Devnet, names: &[&str]) {
    devnet
        .defenders(&[&["devnet", "absent", "--home", "."], names].concat())
        .ok();
}

#[test]
fn lesson_30_blocks_missed_long_ago_are_no_alert_and_an_increase_is() {
    let devnet = Devnet::with_vault();
    absent(&devnet, &["wave"]);
    wait_for_blocks(&devnet, 6);
    let first = look(&devnet, &["wave"], &[]);
    assert!(alerts(&first).is_empty(), "{first:#?}");
    let missed = looked(&first)["validators"][0]["missed_blocks"].as_u64();
    assert!(missed.unwrap() >= 3, "{first:#?}");
    wait_for_blocks(&devnet, 6);
    let second = look(&devnet, &["wave"], &[]);
    assert_eq!(alerts(&second), [("missing_blocks", "firing")]);
    absent(&devnet, &[]);
    devnet.advance(660);
    let third = look(&devnet, &["wave"], &[]);
    assert_eq!(alerts(&third), [("missing_blocks", "resolved")]);
}

#[test]
fn lesson_31_how_many_others_missed_the_same_block_is_told() {
    let devnet = Devnet::with_vault();
    let names = ["wave", "tuzem"];
    look(&devnet, &names, &[]);
    absent(&devnet, &["wave"]);
    wait_for_blocks(&devnet, 6);
    let alone = look(&devnet, &names, &[]);
    assert_eq!(alerts(&alone), [("missing_blocks", "firing")]);
    assert!(message(&alone, "missing_blocks").contains("was missed by 0 of 19 others"));

    let many: Vec<String> = devnet.validators().into_iter().map(|it| it.0).collect();
    let many: Vec<&str> = many[8..].iter().map(String::as_str).collect();
    absent(&devnet, &many);
    wait_for_blocks(&devnet, 6);
    let all = look(&devnet, &names, &[]);
    let told = message(&all, "missing_blocks");
    assert!(told.starts_with("tuzem missed"), "{told}");
    assert!(told.contains("was missed by 11 of 19 others"), "{told}");
    assert!(
        told.ends_with("the network rather than this validator"),
        "{told}"
    );
}

#[test]
fn jailed_out_of_the_set_and_banned_are_told_and_end() {
    let devnet = Devnet::with_vault();
    let (wave, stakelab) = (
        operator_of(&devnet, "wave"),
        operator_of(&devnet, "stakelab"),
    );
    let names = ["wave", "stakelab", "tuzem"];
    assert!(alerts(&look(&devnet, &names, &[])).is_empty());

    devnet.jail("wave");
    let lines = look(&devnet, &names, &[]);
    assert_eq!(alerts(&lines), [("jailed", "firing")]);
    assert!(
        lines
            .iter()
            .any(|line| { line["validator"] == wave.as_str() && line["severity"] == "critical" })
    );
    assert!(alerts(&look(&devnet, &names, &[])).is_empty());
    unjail(&devnet, "wave", &wave);
    assert_eq!(
        alerts(&look(&devnet, &names, &[])),
        [("jailed", "resolved")]
    );

    // too little stake for a vote, and not jailed
    let own = devnet.defenders(&["explain", "stakelab", "--json"]).ok();
    let own: u128 = own.json()["on_chain"]["tokens"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    undelegate(&devnet, "stakelab", &stakelab, own - 1_000);
    wait_for_blocks(&devnet, 2);
    let lines = look(&devnet, &names, &[]);
    assert_eq!(alerts(&lines), [("not_bonded", "firing")]);
    assert!(message(&lines, "not_bonded").contains("it has 1000 base units"));

    // a double sign: out for ever, and nothing clears what the vault says of it
    devnet
        .defenders(&["devnet", "double-sign", "tuzem", "--home", "."])
        .ok();
    devnet.advance(86_400);
    devnet.keep_once("900000000ustake", &[]).ok();
    let lines = look(&devnet, &names, &[]);
    assert_eq!(
        alerts(&lines),
        [("tombstoned", "firing"), ("excluded", "firing")]
    );
    let told = message(&lines, "excluded");
    assert!(
        told.ends_with("nothing: its key is banned for ever"),
        "{told}"
    );
    assert!(
        !lines
            .iter()
            .any(|line| line.to_string().contains("unjails"))
    );
}

#[test]
fn lesson_32_a_change_of_commission_is_told_with_maximum_and_daily_change() {
    let devnet = Devnet::with_vault();
    let wave = operator_of(&devnet, "wave");
    let first = look(&devnet, &["wave"], &[]);
    assert!(changes(&first).is_empty());
    let seen = &looked(&first)["validators"][0];
    assert_eq!(
        (
            &seen["commission"],
            &seen["max_commission"],
            &seen["max_daily_change"]
        ),
        (&json!("10 %"), &json!("100 %"), &json!("100 %"))
    );
    edit(&devnet, "wave", &wave, "wave", Some(125 * 10u128.pow(15)));
    let lines = look(&devnet, &["wave"], &[]);
    let told = "wave charges 12.50 % (before: 10 %), may charge 100 % at most, and may change by 100 % a day";
    assert_eq!(changes(&lines), [("commission", told)]);
    assert!(changes(&look(&devnet, &["wave"], &[])).is_empty());
}

#[test]
fn lesson_33_names_are_clean_and_stand_beside_the_operators_address() {
    let devnet = Devnet::with_vault();
    let (wave, tuzem) = (operator_of(&devnet, "wave"), operator_of(&devnet, "tuzem"));
    edit(&devnet, "wave", &wave, "w\u{200b}a\u{202e}v\u{7}e\n2", None);
    devnet.jail("wave");
    let lines = look(&devnet, &[&wave], &[]);
    let alert = lines.iter().find(|line| line["event"] == "alert").unwrap();
    assert_eq!(
        (alert["name"].as_str(), alert["validator"].as_str()),
        (Some("wav e 2"), Some(wave.as_str()))
    );
    for line in &lines {
        let text = line.to_string();
        let is_hidden = |letter: char| matches!(letter, '\u{200b}' | '\u{202e}' | '\u{7}');
        assert!(
            !text.contains(is_hidden) && !text.contains("\\u0007"),
            "{text}"
        );
    }

    // a name is enough only where one validator has it, letters that cannot be seen left out
    edit(&devnet, "tuzem", &tuzem, "net\u{200d}", None);
    let ran = devnet.defenders(&["watch", "--once", "--validator", "net"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(
        ran.stderr.contains(&tuzem) && ran.stderr.contains("2 validators"),
        "{ran:?}"
    );
    let lines = look(&devnet, &[&tuzem, "Blitz", "blitz"], &[]);
    let begun = &lines[0];
    assert_eq!(begun["event"], "watching");
    assert_eq!(
        begun["validators"],
        json!([
            { "validator": tuzem, "name": "net" },
            { "validator": operator_of(&devnet, "blitz"), "name": "blitz" },
        ])
    );
    devnet
        .defenders(&["watch", "--once", "--validator", "nobody"])
        .fails(2, "no validator of the chain");
}

#[test]
fn lesson_34_ranks_are_those_of_bonded_tokens() {
    let devnet = Devnet::with_vault();
    let rank = || {
        let lines = look(&devnet, &["wave", "sentinel"], &[]);
        let seen = looked(&lines)["validators"].clone();
        (seen[0]["rank"].as_u64(), seen[1]["rank"].as_u64())
    };
    let all = devnet.validators();
    let place = all.iter().position(|(name, _)| name == "wave").unwrap() as u64;
    assert_eq!(rank(), (Some(place + 1), Some(1)));
    devnet.jail("sentinel");
    // it has the most stake still, and no place
    assert_eq!(rank(), (Some(place), None));
}
