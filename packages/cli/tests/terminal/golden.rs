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
    for command in [
        "simulate",
        "targets",
        "plan",
        "concentration",
        "propose",
        "inspect",
        "keys",
        "config",
        "deposit",
        "withdraw",
        "claim",
        "cancel",
        "position",
        "status",
        "explain",
        "export",
        "broadcast",
        "pending",
        "spread",
        "vote",
        "execute",
        "proposals",
        "deploy",
        "devnet",
        "verify",
        "keep",
        "watch",
    ] {
        ensure_golden(
            &format!("help-{command}"),
            80,
            &shown(80, &[command, "--help"], ""),
        );
    }
    for action in ["add", "list", "show", "delete"] {
        let shown = shown(80, &["keys", action, "--help"], "");
        ensure_golden(&format!("help-keys-{action}"), 80, &shown);
    }
    ensure_golden("help", 80, &shown(80, &["--help"], ""));
}

/// The JSON that stands in a command's help.
fn example_of_help(command: &str) -> String {
    let help = shown(120, &[command, "--help"], "");
    let lines = help
        .lines()
        .skip_while(|line| !line.trim_start().starts_with('{'));
    let lines: Vec<&str> = lines.take_while(|line| line.starts_with("  ")).collect();
    lines.join("\n")
}

#[test]
fn examples_of_the_help_can_be_used_as_they_are() {
    for command in ["targets", "plan"] {
        let text = shown(80, &[command, "--input", "-"], &example_of_help(command));
        assert!(!text.is_empty());
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let (cw3, dao_dao) = (file("a"), file("b"));
    let propose = ["propose", "-", "--cw3", &cw3, "--dao-dao", &dao_dao];
    let text = shown(80, &propose, &example_of_help("propose"));
    assert!(text.contains("vault_share_cap  -> 0.08"), "{text}");
    let set = [
        "simulate",
        "--set",
        "osmosis-2021-07",
        "--days",
        "1",
        "--policy",
        "-",
    ];
    let text = shown(80, &set, &example_of_help("simulate"));
    assert!(text.contains("96 of 100 validators are listed"), "{text}");
}
