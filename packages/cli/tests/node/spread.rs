//! `spread`: own coins and stake with the own keys, by the built program.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::devnet::{Devnet, get};
use crate::no_wasm::NoWasm;

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

fn rows<'a>(report: &'a Value, name: &str) -> &'a [Value] {
    report[name].as_array().unwrap()
}

fn sum(rows: &[Value], field: &str) -> u128 {
    rows.iter().map(|row| amount(&row[field])).sum()
}

/// The list of the vault as a file of one's own.
fn write_list(report: &Value) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut text = "validator\n".to_string();
    for row in rows(report, "validators") {
        if row["exclusion"].is_null() {
            text += &format!("{}\n", row["validator"].as_str().unwrap());
        }
    }
    fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn own_coins_go_over_the_list_of_a_vault_and_stake_follows() {
    let devnet = Devnet::with_vault();
    let spread = ["spread", "--amount", "20STAKE", "--from", "carol"];
    let dry = ask(&devnet, &[&spread[..], &["--dry-run"]].concat());
    assert_eq!(sum(rows(&dry, "moves"), "tokens"), 20 * STAKE);
    let transactions = rows(&dry, "transactions");
    assert!(!transactions.is_empty() && transactions.iter().all(|it| it["sent"] == false));
    let before = sum(rows(&dry, "validators"), "before");

    let sent = ask(&devnet, &[&spread[..], &["--yes"]].concat());
    assert!(
        rows(&sent, "transactions")
            .iter()
            .all(|it| it["sent"] == true)
    );
    let again = ask(&devnet, &[&spread[..], &["--dry-run"]].concat());
    // the chain takes at most a unit from each delegation that it rounds
    let after = sum(rows(&again, "validators"), "before");
    assert!(after + 100 > before + 20 * STAKE, "{before} {after}");
    for (metric, is_better) in [("gini", true), ("effective", false)] {
        let of = |state: &str| {
            sent["network"][state][metric]
                .as_str()
                .unwrap()
                .parse::<cosmwasm_std::Decimal>()
        };
        let (now, then) = (of("before").unwrap(), of("after").unwrap());
        assert_eq!(
            then <= now,
            is_better || then == now,
            "{metric}: {now} {then}"
        );
    }

    // all on one validator, then spread over the others; moved again it is bound, and told with its date
    let redelegate = ["spread", "--redelegate", "--from", "carol"];
    let moved = ask(&devnet, &[&redelegate[..], &["--yes"]].concat());
    assert!(
        rows(&moved, "moves")
            .iter()
            .all(|it| it["kind"] == "redelegate")
    );
}

#[test]
fn a_list_from_a_file_needs_no_contract() {
    let devnet = Devnet::with_vault();
    let plan = ask(
        &devnet,
        &["spread", "--amount", "5STAKE", "--from", "bob", "--dry-run"],
    );
    let list = write_list(&plan);
    let list = list.path().to_str().unwrap();
    let proxy = NoWasm::before(&devnet.url());
    let vault = devnet.defenders(&[
        "spread",
        "--amount",
        "5STAKE",
        "--from",
        "bob",
        "--dry-run",
        "--node",
        proxy.url(),
        "--json",
    ]);
    assert_ne!(vault.status, 0, "a list from a vault needs its contract");
    let refused = proxy.refused();
    assert!(refused > 0);
    let sent = ask(
        &devnet,
        &[
            "spread",
            "--amount",
            "5STAKE",
            "--from",
            "bob",
            "--yes",
            "--list",
            list,
            "--node",
            proxy.url(),
        ],
    );
    assert_eq!(sum(rows(&sent, "moves"), "tokens"), 5 * STAKE);
    assert!(
        rows(&sent, "transactions")
            .iter()
            .all(|it| it["sent"] == true)
    );
    assert_eq!(proxy.refused(), refused, "a contract was asked");
}

#[test]
fn lesson_6_what_was_moved_lately_is_told_with_its_date_and_moves_when_that_is_over() {
    let devnet = Devnet::with_vault();
    let plan = ask(
        &devnet,
        &[
            "spread",
            "--amount",
            "1STAKE",
            "--from",
            "keeper",
            "--dry-run",
        ],
    );
    let fit: Vec<&str> = rows(&plan, "validators")
        .iter()
        .filter(|row| row["exclusion"].is_null() && row["cap"] != "0")
        .map(|row| row["validator"].as_str().unwrap())
        .collect();
    let list = |validators: &[&str]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(
            file.path(),
            format!("validator\n{}\n", validators.join("\n")),
        )
        .unwrap();
        file
    };
    let (one, other) = (list(&fit[..1]), list(&fit[1..2]));
    let [one, other] = [&one, &other].map(|file| file.path().to_str().unwrap());
    let send = |arguments: &[&str]| {
        let whole = [&["spread", "--from", "keeper", "--yes"], arguments].concat();
        ask(&devnet, &whole)
    };
    send(&["--amount", "1STAKE", "--list", one]);
    let moved = send(&["--redelegate", "--list", other]);
    assert_eq!(rows(&moved, "moves").len(), 1);
    // back is blocked: it is bound to where it is
    let blocked = send(&["--redelegate", "--list", one]);
    assert!(rows(&blocked, "moves").is_empty() && rows(&blocked, "transactions").is_empty());
    let row = &rows(&blocked, "blocked")[0];
    assert_eq!(row["why"], "redelegation_locked");
    assert!(row["free_at"].as_u64().unwrap() > 0);
    devnet.advance(22 * 86_400);
    let free = send(&["--redelegate", "--list", one]);
    assert_eq!(rows(&free, "moves").len(), 1);
    assert!(rows(&free, "blocked").is_empty());
}

/// How many transactions an account has sent, asked often: what does not change is asked once.
fn sequence_of(devnet: &Devnet, name: &str) -> impl Fn() -> u64 {
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    let address = devnet.account(name);
    let url = format!("{rest}/cosmos/auth/v1beta1/account_info/{address}");
    move || {
        let info = get(&url);
        let sequence = info["info"]["sequence"].as_str();
        sequence.map_or(0, |it| it.parse().unwrap())
    }
}

/// Coins and stake together are two transactions. The program is killed once the first is in a block, again while it
/// sees to that, and then left alone: nothing is delegated twice, and nothing is left out.
#[test]
fn broken_off_between_two_transactions_it_goes_on_with_the_second() {
    let devnet = Devnet::with_vault();
    let plan = ask(
        &devnet,
        &[
            "spread",
            "--amount",
            "1STAKE",
            "--from",
            "carol",
            "--dry-run",
        ],
    );
    let mut listed = rows(&plan, "validators").iter();
    let first = listed.find(|row| row["exclusion"].is_null()).unwrap()["validator"].as_str();
    let first = first.unwrap();
    let one = tempfile::NamedTempFile::new().unwrap();
    fs::write(one.path(), format!("validator\n{first}\n")).unwrap();
    let one = one.path().to_str().unwrap();
    let policy = |text: &str| {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    };
    let free = policy(r#"{"vault_share_cap":"1","floor":"0"}"#);
    let equal = policy(r#"{"vault_share_cap":"1","floor":"1"}"#);
    let concentrate = [
        "spread",
        "--amount",
        "40STAKE",
        "--from",
        "carol",
        "--list",
        one,
        "--policy",
        free.path().to_str().unwrap(),
        "--yes",
    ];
    ask(&devnet, &concentrate);
    let all = [
        "spread",
        "--policy",
        equal.path().to_str().unwrap(),
        "--amount",
        "20STAKE",
        "--redelegate",
        "--from",
        "carol",
    ];
    let plan = ask(&devnet, &[&all[..], &["--dry-run"]].concat());
    assert_eq!(rows(&plan, "transactions").len(), 2, "{plan:#}");
    let before = sum(rows(&plan, "validators"), "before");
    let sequence = sequence_of(&devnet, "carol");
    let sent_before = sequence();

    let yes = [&all[..], &["--yes", "--json"]].concat();
    let mut child = devnet.spawn(&yes);
    while sequence() == sent_before {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"", "it was killed too late");
    let mut child = devnet.spawn(&yes);
    sleep(Duration::from_millis(150));
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"", "it was killed too late");

    let ran = devnet.defenders(&yes).ok();
    assert!(ran.stderr.contains("broken off"), "{ran:?}");
    assert_eq!(sequence(), sent_before + 2);
    let after = ask(&devnet, &[&all[..], &["--dry-run"]].concat());
    let staked = sum(rows(&after, "validators"), "before");
    // the chain takes at most a unit from each delegation that it rounds
    assert!(staked <= before + 20 * STAKE, "{before} {staked}");
    assert!(staked + 100 > before + 20 * STAKE, "{before} {staked}");
    let sources = rows(&after, "validators").iter();
    let largest = sources.map(|row| amount(&row["before"])).max().unwrap();
    assert!(largest < 20 * STAKE, "the stake did not move: {largest}");
}

#[test]
fn lesson_16_files_for_other_signers_are_split() {
    let devnet = Devnet::with_vault();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tx.json");
    let report = ask(
        &devnet,
        &[
            "spread",
            "--amount",
            "20STAKE",
            "--from",
            "alice",
            "--generate-only",
            file.to_str().unwrap(),
        ],
    );
    let transactions = rows(&report, "transactions");
    let count = rows(&report, "moves").len();
    assert_eq!(transactions.len(), count.div_ceil(5));
    let mut messages = 0;
    for transaction in transactions {
        let text = fs::read_to_string(transaction["file"].as_str().unwrap()).unwrap();
        let unsigned: Value = serde_json::from_str(&text).unwrap();
        let all = unsigned["body"]["messages"].as_array().unwrap().len();
        assert!((1..=5).contains(&all));
        messages += all;
    }
    assert_eq!(messages, count);
}

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    let devnet = Devnet::with_vault();
    let nothing = refuse(&devnet, &["spread", "--from", "alice", "--yes"]);
    assert!(nothing.contains("--amount"), "{nothing}");
    let much = refuse(
        &devnet,
        &[
            "spread",
            "--amount",
            "999999999999STAKE",
            "--from",
            "alice",
            "--yes",
        ],
    );
    assert!(much.contains("can be spent"), "{much}");
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "validator\nwasmvaloper1nobody\n").unwrap();
    let list = file.path().to_str().unwrap();
    let typo = refuse(
        &devnet,
        &[
            "spread", "--amount", "1STAKE", "--list", list, "--from", "alice", "--yes",
        ],
    );
    assert!(typo.contains("line 2"), "{typo}");
}
