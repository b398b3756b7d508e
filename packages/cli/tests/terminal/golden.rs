//! Whole outputs. That of `simulate` changes with the vault: its tables are tested where they are made, on
//! a report that does not.

use std::path::Path;

use crate::program::shown;

/// The first code block of the README's section on a command.
fn example(command: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let (_, section) = readme
        .split_once(&format!("\n## `defenders {command}`\n"))
        .unwrap();
    let (_, block) = section.split_once("\n```json\n").unwrap();
    block.split_once("```").unwrap().0
}

#[track_caller]
fn ensure_golden(name: &str, columns: usize, shown: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/terminal/golden/{name}-{columns}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, shown).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        shown == golden,
        "{} differs; found:\n{shown}",
        file.display()
    );
}

#[test]
fn targets_and_plan() {
    for command in ["targets", "plan"] {
        for columns in [80, 120] {
            let arguments = [command, "--input", "-"];
            let shown = shown(columns, &arguments, example(command));
            ensure_golden(command, columns, &shown);
        }
    }
}

#[test]
fn concentration() {
    for columns in [80, 120] {
        let arguments = [
            "concentration",
            "--set",
            "cosmoshub-2022-10",
            "--deposit",
            "60000000000000",
            "--threshold",
            "5000",
        ];
        ensure_golden("concentration", columns, &shown(columns, &arguments, ""));
    }
}

#[test]
fn help() {
    for command in ["simulate", "targets", "plan", "concentration"] {
        ensure_golden(
            &format!("help-{command}"),
            80,
            &shown(80, &[command, "--help"], ""),
        );
    }
    ensure_golden("help", 80, &shown(80, &["--help"], ""));
}
