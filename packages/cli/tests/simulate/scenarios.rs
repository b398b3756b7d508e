//! The five scenarios, on small sets and few days.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::program::{defenders, simulate, simulate_file};
use crate::report::Report;
use crate::sets::{self, page};
use crate::wishes::file;

const SMALL: [&str; 2] = ["--set", "osmosis-2021-07"];

fn run(scenario: &str, days: &str) -> Report {
    let report = simulate(&[&SMALL[..], &["--scenario", scenario, "--days", days]].concat());
    report.assert_sound();
    assert_eq!(report.text("/scenario"), scenario);
    ensure_epochs_are_their_moves(&report);
    ensure_best_ratio(&report);
    report
}

/// Epochs are days 1 to 5, 6 to 10, …: their sums come from the moves alone, and keep the budgets.
fn ensure_epochs_are_their_moves(report: &Report) {
    let mut sums: BTreeMap<u64, [u128; 2]> = BTreeMap::new();
    let mut first_days: BTreeMap<u64, u64> = BTreeMap::new();
    for row in report.at("/moves").as_array().unwrap() {
        let day = row["day"].as_u64().unwrap();
        let reason = row["reason"].as_str().unwrap();
        let tokens: u128 = row["tokens"].as_str().unwrap().parse().unwrap();
        assert!(tokens > 0, "{row}");
        assert!(row["source"].is_string(), "{row}");
        assert!(row["destination"].is_string() || row["destination"].is_null());
        let epoch = (day - 1) / 5;
        let budget = usize::from(!matches!(reason, "quality" | "own_maximum"));
        sums.entry(epoch).or_default()[budget] += tokens;
        first_days.entry(epoch).or_insert(day);
    }
    let rows = report.at("/epochs").as_array().unwrap();
    assert_eq!(rows.len(), sums.len());
    // the design's budgets where the vault does not tell its own
    let budget = |name: &str, default: u128| match report.at(&format!("/policy/{name}")) {
        Value::Null => default,
        _ => report.atomics(&format!("/policy/{name}")) / 10u128.pow(12),
    };
    let budgets = [
        budget("turnover_quality", 75_000),
        budget("turnover_emergency", 100_000),
    ];
    for (row, ((epoch, sums), day)) in rows.iter().zip(sums.iter().zip(first_days.values())) {
        let tokens = |key: &str| row[key].as_str().unwrap().parse::<u128>().unwrap();
        assert_eq!(row["day"].as_u64(), Some(*day), "epoch {epoch}");
        for ((kind, sum), budget) in ["quality", "emergency"].into_iter().zip(sums).zip(budgets) {
            assert_eq!(tokens(kind), *sum, "{kind} of epoch {epoch}");
            let most = tokens("worth") * budget / 1_000_000;
            assert!(
                *sum <= most,
                "{kind}: {sum} in an epoch, the budget is {most}"
            );
        }
    }
}

/// after / best, in millionths, rounded down.
fn ensure_best_ratio(report: &Report) {
    let [after, best] = ["/after/effective", "/best/effective"].map(|at| report.millionths(at));
    let ratio = report.millionths("/best_ratio");
    assert_eq!(ratio, after * 1_000_000 / best);
    assert!(ratio <= 1_000_000);
}

fn incidents(report: &Report) -> Vec<(u64, &str)> {
    let rows = report.at("/incidents").as_array().unwrap().iter();
    rows.map(|it| (it["day"].as_u64().unwrap(), it["what"].as_str().unwrap()))
        .collect()
}

#[test]
fn join_is_what_happens_unless_another_scenario_is_named() {
    let report = run("join", "8");
    assert_eq!(
        simulate(&[&SMALL[..], &["--days", "8"]].concat()).at(""),
        report.at("")
    );
    // told whether the vault has such a parameter or not
    for name in ["turnover_quality", "turnover_emergency", "max_moves"] {
        report.at(&format!("/policy/{name}"));
    }
    let what: Vec<&str> = incidents(&report)
        .into_iter()
        .map(|(_, what)| what)
        .collect();
    assert_eq!(what, ["jailed", "unjailed", "double_signed", "drained"]);
}

#[test]
fn whale_brings_a_third_to_the_top_three_half_way() {
    let report = run("whale", "8");
    assert_eq!(incidents(&report), [(5, "stake_arrived"); 3]);
    let mut validators = report.validators();
    validators.retain(|row| row.status == "bonded");
    let mut before: Vec<u128> = validators.iter().map(|row| row.before).collect();
    before.sort_unstable_by(|a, b| b.cmp(a));
    let mut arrived = 0;
    for row in report.at("/incidents").as_array().unwrap() {
        let tokens: u128 = row["arrived"].as_str().unwrap().parse().unwrap();
        let validator = report.validator(row["validator"].as_str().unwrap());
        assert!(before[..3].contains(&validator.before));
        // what its own delegators kept, and the whale's
        assert_eq!(
            validator.external,
            validator.before - validator.before / 10 + tokens
        );
        arrived += tokens;
    }
    let all: u128 = validators
        .iter()
        .map(|row| row.external + row.delegated)
        .sum();
    // a third of the rest, which grew by rewards since
    let rest = all - arrived;
    assert!(
        arrived * 3 > rest * 98 / 100 && arrived * 3 < rest * 102 / 100,
        "{arrived} of {rest}"
    );
    let [before, after] =
        ["before", "after"].map(|at| report.number(&format!("/{at}/nakamoto_third")));
    assert!(after < before, "a whale is no defender");
}

#[test]
fn churn_jails_removes_raises_and_brings_in() {
    let report = run("churn", "44");
    let incidents = incidents(&report);
    let counted = |what: &str| incidents.iter().filter(|(_, it)| *it == what).count();
    // a tenth of 96 in 30 days is 96 x 44 / 300 = 14.08 in 44, so 15 by turns of four
    for (what, times) in [
        ("jailed", 4),
        ("commission_raised", 4),
        ("double_signed", 4),
        ("drained", 3), // the fourth on the morning after the last day
        ("left", 3),
    ] {
        assert_eq!(counted(what), times, "{what} in {incidents:?}");
    }
    let row = |what: &str| {
        let mut rows = report.at("/incidents").as_array().unwrap().iter();
        let row = rows.find(|it| it["what"] == what).unwrap();
        report.validator(row["validator"].as_str().unwrap())
    };
    assert!(row("double_signed").tombstoned);
    let left = row("left");
    assert!(left.jailed && !left.tombstoned && left.status != "bonded");
    let raised: f64 = row("commission_raised").commission.parse().unwrap();
    assert!(raised >= 0.2, "{raised}");
    // who came 31 days before the end and more is listed by now, the others wait
    let mut came = report.at("/incidents").as_array().unwrap().clone();
    came.retain(|it| it["what"] == "entered");
    let is_early = |it: &Value| it["day"].as_u64().unwrap() <= 44 - 31;
    assert!(came.iter().any(is_early) && !came.iter().all(is_early));
    for row in came {
        let newcomer = report.validator(row["validator"].as_str().unwrap());
        assert!(newcomer.status == "bonded" && !newcomer.jailed);
        let is_early = is_early(&row);
        assert_eq!(newcomer.listed, is_early);
        let waits = newcomer.left_out.as_deref() == Some("waits");
        assert_eq!(waits, !is_early);
        assert_eq!(
            newcomer.delegated > 0,
            is_early,
            "the vault gives to who is listed"
        );
    }
    // who is drained leaves: that is a move
    let moves = report.at("/moves").as_array().unwrap();
    let drained = row("double_signed").validator;
    assert!(
        moves.iter().any(|it| it["source"] == drained.as_str()),
        "{moves:?}"
    );
}

#[test]
fn who_waits_to_be_listed_is_told() {
    let arguments = [&["simulate", "--json"][..], &SMALL].concat();
    let scenario = ["--scenario", "concentrated", "--days", "3"];
    let output = defenders(&[&arguments[..], &scenario].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("86 validators still wait to be listed at the end"),
        "{told}"
    );
    let report = Report::parse(&output.stdout);
    let mut rows = report.validators();
    rows.retain(|row| row.left_out.as_deref() == Some("waits"));
    assert_eq!(rows.len(), 96 - 10);
    assert!(rows.iter().all(|row| !row.listed && row.delegated == 0));
}

#[test]
fn churn_is_the_same_for_the_same_seed() {
    let run = |seed| {
        let arguments = ["simulate", "--json", "--scenario", "churn", "--days", "4"];
        defenders(&[&arguments[..], &SMALL, &["--seed", seed]].concat()).stdout
    };
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
}

#[test]
fn concentrated_begins_on_ten_validators() {
    let folder = tempfile::tempdir().unwrap();
    let html = folder.path().join("page.html");
    let html = html.to_str().unwrap();
    let arguments = [
        "--scenario",
        "concentrated",
        "--days",
        "36",
        "--report",
        html,
    ];
    let report = simulate(&[&SMALL[..], &arguments].concat());
    report.assert_sound();
    ensure_epochs_are_their_moves(&report);
    ensure_best_ratio(&report);
    // the evenings: day, effective number and largest part of the vault's own stake, of the chain
    let page = std::fs::read_to_string(html).unwrap();
    let (_, table) = page.split_once("own stake in the evening").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let evening = |row: usize| -> f64 {
        let cells = table.split("<tr>").nth(row + 1).unwrap();
        let cell = cells.split("<td class=\"n\">").nth(2).unwrap();
        cell.split_once('<').unwrap().0.parse().unwrap()
    };
    // the owner lists the others in the first evening, which is due 30 days later
    for day in 1..=30 {
        let effective = evening(day);
        assert!(effective > 5.0 && effective <= 10.0, "{day}: {effective}");
    }
    assert!(evening(36) > evening(30) + 3.0, "{}", evening(36));
    // what moves then goes elsewhere
    let with_stake = report
        .validators()
        .into_iter()
        .filter(|row| row.delegated > 0);
    assert!(with_stake.count() > 10);
    assert_eq!(report.number("/list/listed"), 96);
    let listed = report.validators().into_iter().filter(|row| row.listed);
    assert!(listed.count() >= 95, "all are listed when that is due");
    // what was moved was deposited at once
    assert!(report.tokens("/not_deposited") * 10 < report.tokens("/flows/deposited"));
}

/// Six validators, of which c to f are listed.
fn small_set() -> String {
    page(&sets::bonded(&[60, 50, 40, 30, 20, 10]))
}

#[test]
fn hosting_knows_who_shares_what() {
    let (_file, groups) = file(
        "validator,operator,hosting,jurisdiction\nxvaloper1c,,big-cloud,de\nxvaloper1d,,big-cloud,\n\
         xvaloper1e,one-op,,de\nxvaloper1a,,,\n",
    );
    let arguments = ["--days", "3", "--scenario", "hosting", "--groups", &groups];
    let report = simulate_file(&small_set(), &arguments);
    report.assert_sound();
    assert_eq!(report.text("/scenario"), "hosting");
    let delegated = |names: &[&str]| -> u128 {
        let rows = names
            .iter()
            .map(|name| report.validator(&format!("xvaloper1{name}")));
        rows.map(|row| row.delegated).sum()
    };
    let all = report.tokens("/vault/bonded").unsigned_abs();
    let expected = [
        ("operator", "one-op", vec!["e"]),
        ("hosting", "big-cloud", vec!["c", "d"]),
        ("jurisdiction", "de", vec!["c", "e"]),
    ];
    let rows = report.at("/groups").as_array().unwrap();
    assert_eq!(rows.len(), expected.len());
    for (index, (kind, group, members)) in expected.into_iter().enumerate() {
        let at = |field: &str| format!("/groups/{index}/{field}");
        assert_eq!(report.text(&at("kind")), kind);
        assert_eq!(report.text(&at("group")), group);
        assert_eq!(report.number(&at("validators")), members.len() as u64);
        let tokens = delegated(&members);
        assert_eq!(report.tokens(&at("delegated")).unsigned_abs(), tokens);
        let share = report.atomics(&at("vault_share")) / 10u128.pow(9);
        assert_eq!(share, tokens * 1_000_000_000 / all);
    }
    // a person sees them too
    let set = sets::file(&small_set());
    let validators = ["simulate", "--validators", set.path().to_str().unwrap()];
    let output = defenders(&[&validators[..], &arguments].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, table) = text.split_once("The vault's stake by group").unwrap();
    assert!(table.contains("hosting") && table.contains("big-cloud"));
    // 1.25 / 3 of hosting: a cloud of two, and two validators that name none
    let most = all * 125 / 100 / 3;
    assert!(
        delegated(&["c", "d"]) <= most,
        "{} of {most}",
        delegated(&["c", "d"])
    );

    // JSON says the same, and any scenario takes groups
    let json = r#"[{"validator":"xvaloper1c","operator":null,"hosting":"big-cloud","jurisdiction":"de"},
        {"validator":"xvaloper1d","hosting":"big-cloud"},
        {"validator":"xvaloper1e","operator":"one-op","jurisdiction":"de"}]"#;
    let (_file, json) = file(json);
    let arguments = ["--days", "3", "--groups", &json];
    let joined = simulate_file(&small_set(), &arguments);
    assert_eq!(joined.at("/groups"), report.at("/groups"));
}

#[test]
fn wrong_groups_are_named_with_their_line() {
    let header = "validator,operator,hosting,jurisdiction\n";
    let set = sets::file(&small_set());
    let set = set.path().to_str().unwrap();
    for (rows, said) in [
        (
            "xvaloper1q,a,b,c\n",
            "line 2.validator: there is no validator in the set \"xvaloper1q\"",
        ),
        (
            "xvaloper1a,a,b,c\nxvaloper1a,a,b,c\n",
            "line 3.validator: \"xvaloper1a\" is given twice, first at line 2.validator",
        ),
        (
            "xvaloper1a,Big Cloud,b,c\n",
            "line 2.operator: expected a name of 1 to 32 of a-z, 0-9 and -, or nothing, found",
        ),
        (
            "\nxvaloper1a,a,b,de_fr\n",
            "line 3.jurisdiction: expected a name",
        ),
        ("xvaloper1a,a\n", "line 2: expected 4 fields, found 2"),
    ] {
        let (_file, path) = file(&format!("{header}{rows}"));
        let output = defenders(&["simulate", "--validators", set, "--groups", &path]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(
            errors.starts_with(&format!("error: {path}: {said}")),
            "{errors}"
        );
    }
    let (_file, path) = file("validator,group\nxvaloper1a,a\n");
    let output = defenders(&["simulate", "--validators", set, "--groups", &path]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("expected the header \"validator,operator,hosting,jurisdiction\""),
        "{errors}"
    );
}

#[test]
fn more_groups_than_a_vault_knows_are_refused() {
    let thousands: Vec<u64> = (10..40).collect();
    let set = sets::file(&page(&sets::bonded(&thousands)));
    let set = set.path().to_str().unwrap();
    let rows = (0..30).map(|row| format!("{},op-{row},host-{row},\n", sets::name(row)));
    let rows: String = rows.collect();
    let (_file, path) = file(&format!("validator,operator,hosting,jurisdiction\n{rows}"));
    let output = defenders(&["simulate", "--validators", set, "--groups", &path]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    // two a line: the 41st stands in the 21st row
    assert!(
        errors.contains("line 22.operator: \"op-20\" is one group more than 40"),
        "{errors}"
    );
}

#[test]
fn unknown_scenario_and_hosting_without_groups_are_refused() {
    let output = defenders(&["simulate", "--scenario", "flood"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    for name in ["flood", "join", "whale", "churn", "concentrated", "hosting"] {
        assert!(errors.contains(name), "{name} in {errors}");
    }
    let output = defenders(&["simulate", "--scenario", "hosting"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors.contains("--groups"), "{errors}");
}
