//! What goes to standard error: for a person, and with `--json` as JSON, a line each.

use serde_json::{Value, json};

use crate::program::{self, File};
use crate::readme;

/// Standard error with `--json`, which must be one line of JSON.
fn told(arguments: &[&str], status: i32) -> Value {
    let output = program::run(&[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors.lines().count(), 1, "{errors}");
    serde_json::from_str(&errors).unwrap()
}

#[test]
fn errors_of_files_and_arguments_are_json() {
    let missing = "/no/such/file";
    for command in [
        &["targets", "--input", missing][..],
        &["plan", "--input", missing],
        &["concentration", "--validators", missing],
        &["simulate", "--validators", missing],
        &["propose", missing],
        &["inspect", missing],
        &["inspect", "-", "--config", missing],
    ] {
        assert_eq!(
            told(command, 2),
            json!({ "error": {
                "status": 2,
                "kind": "file",
                "file": missing,
                "message": "cannot be read: No such file or directory (os error 2)",
            }})
        );
    }
    for (command, said) in [
        (&["targets"][..], "--input <FILE>"),
        (
            &["simulate", "--days", "0"],
            "invalid value '0' for '--days",
        ),
        (&["nonsense"], "unrecognized subcommand 'nonsense'"),
        (
            &["concentration", "--set", "nowhere"],
            "invalid value 'nowhere' for '--set",
        ),
    ] {
        let error = &told(command, 2)["error"];
        assert_eq!(error["status"], 2);
        assert_eq!(error["kind"], "arguments");
        assert_eq!(error["file"], Value::Null);
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(said) && !message.contains('\u{1b}'),
            "{message}"
        );
        assert!(!message.starts_with("error"), "{message}");
    }
    let most = u128::MAX.to_string();
    let deposit = [
        "concentration",
        "--set",
        "osmosis-2021-07",
        "--deposit",
        &most,
    ];
    assert_eq!(told(&deposit, 2)["error"]["kind"], "arguments");
}

/// The example of the README, changed.
fn changed(example: &str, change: impl FnOnce(&mut Value)) -> File {
    let mut file: Value = serde_json::from_str(example).unwrap();
    change(&mut file);
    File::new(file.to_string())
}

#[test]
fn everything_unplaced_is_a_warning() {
    let (targets, _) = readme::example();
    let file = changed(targets, |file| {
        file["policy"]["vault_share_cap"] = json!("0")
    });
    assert_eq!(
        told(&["targets", "--input", file.path()], 0),
        json!({ "warning": { "message":
            "everything is unplaced, all of the total of 1001: 5 bound by vault_share, 1 bound by \
             ineligible" }})
    );
    let (plan, _) = readme::plan_example();
    let file = changed(plan, |file| file["policy"]["vault_share_cap"] = json!("0"));
    assert_eq!(
        told(&["plan", "--input", file.path()], 0),
        json!({ "warning": { "message": "everything is unplaced, all of the total of 1000" }})
    );
    let set = crate::sets::bonded(&[("a", 30), ("b", 20), ("c", 10)]);
    let policy = File::new(r#"{"vault_share_cap":"0","floor":"0"}"#);
    let arguments = [
        "concentration",
        "--validators",
        set.path(),
        "--deposit",
        "5",
    ];
    let arguments = [&arguments[..], &["--policy", policy.path()]].concat();
    let message = "the caps leave no place for anything that the vault has";
    assert_eq!(
        told(&arguments, 0),
        json!({ "warning": { "message": message }})
    );
    let output = program::run(&arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors, format!("warning: {message}\n"));
}

#[test]
fn bonded_stake_that_cannot_be_is_a_warning_where_a_cap_needs_it() {
    let (targets, _) = readme::example();
    let file = changed(targets, |file| file["total_bonded"] = json!("3000"));
    let warning = &told(&["targets", "--input", file.path()], 0)["warning"]["message"];
    assert_eq!(
        *warning,
        "5 eligible validators have together 3450 external tokens, more than the total_bonded of \
         3000"
    );
}

#[test]
fn more_held_than_there_is_is_refused() {
    let (plan, _) = readme::plan_example();
    let file = changed(plan, |file| file["total"] = json!("999"));
    let said = program::refusal(&["plan", "--input", file.path()]);
    assert_eq!(
        said,
        format!(
            "error: {}: validators: together 1000 tokens are held, more than the total of 999\n",
            file.path()
        )
    );
    // of `targets` it is not asked at all
    let (plan, _) = readme::plan_example();
    let file = File::new(plan);
    let said = program::refusal(&["targets", "--input", file.path()]);
    assert!(said.contains("unknown field"), "{said}");
}
