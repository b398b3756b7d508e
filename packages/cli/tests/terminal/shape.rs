//! What holds of all tables.

use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::program::shown;

#[track_caller]
fn ensure_fits(columns: usize, text: &str) {
    for line in text.lines() {
        assert!(line.width() <= columns, "{} columns: {line}", line.width());
    }
}

/// A set of a chain with 18 decimals, long addresses, long and wide names.
fn wide_set() -> String {
    let row = |index: usize| {
        let tokens = format!(
            "{}{}",
            9_876_543_210u64 - 77_777_777 * index as u64,
            "1".repeat(18)
        );
        let name = "日本のバリデータ & validators of the world, united ".repeat(2);
        format!(
            "evmosvaloper1{index:03}{},bonded,false,{tokens},0.05,{name}\n",
            "q".repeat(36)
        )
    };
    (0..60).map(row).collect()
}

#[test]
fn widest_sets_fit_80_and_120_columns() {
    let set = wide_set();
    for columns in [80, 120, 200] {
        let simulated = shown(
            columns,
            &[
                "simulate",
                "--validators",
                "-",
                "--days",
                "3",
                "--depositors",
                "8",
            ],
            &set,
        );
        ensure_fits(columns, &simulated);
        let aevmos = [
            "simulate",
            "--validators",
            "-",
            "--days",
            "3",
            "--denom",
            "EVMOS:18",
        ];
        let in_unit = shown(columns, &aevmos, &set);
        ensure_fits(columns, &in_unit);
        assert!(in_unit.contains("EVMOS"), "{in_unit}");
        ensure_fits(
            columns,
            &shown(columns, &["concentration", "--validators", "-"], &set),
        );
    }
}

#[test]
fn widest_plans_fit_80_columns() {
    let most = 10u128.pow(33);
    let name = |index: usize| format!("evmosvaloper1{index:03}{}", "q".repeat(36));
    let validators: Vec<_> = (0..30)
        .map(|index| {
            json!({
                "validator": name(index),
                "external": (most / 30 + index as u128).to_string(),
                "eligible": index > 2,
                "held": (most / 40).to_string(),
                "groups": ["a group with a rather long name"],
            })
        })
        .collect();
    let mut file = json!({
        "total": most.to_string(),
        "total_bonded": (most * 2).to_string(),
        "policy": { "vault_share_cap": "0.2", "floor": "0" },
        "groups": [{ "group": "a group with a rather long name", "cap": "0.9" }],
        "validators": validators,
        "now": 0,
        "budgets": { "quality": "0.2", "emergency": "0.2" },
        "max_moves": 100,
    });
    let plan = shown(80, &["plan", "--input", "-"], &file.to_string());
    ensure_fits(80, &plan);
    for field in ["now", "budgets", "max_moves"] {
        file.as_object_mut().unwrap().remove(field);
    }
    for row in file["validators"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("held");
    }
    let targets = shown(80, &["targets", "--input", "-"], &file.to_string());
    ensure_fits(80, &targets);
    assert!(targets.contains("evmos"), "{targets}");
}

#[test]
fn names_stand_first_and_full_shows_whole_addresses() {
    let address = "osmovaloper1083svrca4t350mphfv9x45wq9asrs60cdmrflj";
    let run = |more: &[&str]| {
        let set = [
            "simulate",
            "--set",
            "osmosis-2021-07",
            "--days",
            "3",
            "--top",
            "0",
        ];
        shown(80, &[&set[..], more].concat(), "")
    };
    let short = run(&[]);
    let line = |text: &str| {
        let line = text.lines().find(|line| line.contains("Notional"));
        line.map(str::to_string)
    };
    assert!(!short.contains(address));
    assert!(short.contains('…'), "{short}");
    let full = run(&["--full"]);
    assert!(
        full.lines()
            .any(|line| line.contains("osmovaloper1") && !line.contains('…'))
    );
    if let Some(line) = line(&short) {
        assert!(line.trim_start().starts_with("Notional"), "{line}");
    }
}

#[test]
fn top_cuts_the_longest_tables_and_says_so() {
    let run = |top: &str| {
        let set = [
            "simulate",
            "--set",
            "osmosis-2021-07",
            "--days",
            "3",
            "--top",
            top,
        ];
        shown(80, &set, "")
    };
    let gainers = |text: &str| {
        let (_, rest) = text.split_once("\nGained most, OSMO\n").unwrap();
        rest.lines()
            .skip(2)
            .take_while(|line| line.contains('…'))
            .count()
    };
    assert_eq!(gainers(&run("3")), 3);
    assert!(run("3").contains("--top 0 shows all"));
    let all = run("0");
    assert!(gainers(&all) > 50, "{all}");
    assert!(!all.contains("shows all"));
}

/// Without a terminal.
#[test]
fn width_is_that_of_columns_or_else_80() {
    let run = |columns: Option<&str>| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_defenders"));
        program.args([
            "concentration",
            "--set",
            "cosmoshub-2022-10",
            "--deposit",
            "60000000000000",
        ]);
        match columns {
            Some(columns) => program.env("COLUMNS", columns),
            None => program.env_remove("COLUMNS"),
        };
        String::from_utf8(program.output().unwrap().stdout).unwrap()
    };
    let usual = run(None);
    assert_eq!(usual, run(Some("80")));
    for odd in ["", "0", "wide", "-5"] {
        assert_eq!(usual, run(Some(odd)), "{odd}");
    }
    assert_ne!(usual, run(Some("120")));
}

#[test]
fn one_is_no_plural() {
    let file = json!({
        "total": "1",
        "total_bonded": "10",
        "policy": { "vault_share_cap": "1", "floor": "0" },
        "validators": [{ "validator": "a", "external": "7", "eligible": true }],
    });
    let targets = shown(80, &["targets", "--input", "-"], &file.to_string());
    let first = targets.lines().next().unwrap();
    assert_eq!(
        first,
        "1 base unit, 1 placed on 1 of 1 validator, 0 unplaced"
    );
    let day = ["simulate", "--set", "osmosis-2021-07", "--days", "1"];
    assert!(shown(80, &day, "").contains("into the vault, 1 day, seed 7"));
}

#[test]
fn reader_that_stops_reading_ends_the_program_without_a_word() {
    for arguments in [
        &[
            "simulate",
            "--set",
            "osmosis-2021-07",
            "--days",
            "1",
            "--json",
        ][..],
        &["concentration", "--set", "osmosis-2021-07"],
        &["--help"],
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_defenders"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(program.stdout.take());
        let mut errors = String::new();
        let mut stderr = program.stderr.take().unwrap();
        stderr.read_to_string(&mut errors).unwrap();
        let status = program.wait().unwrap();
        assert!(status.success(), "{arguments:?}: {status}, {errors}");
        assert_eq!(errors, "", "{arguments:?}");
    }
}
