//! Wrong arguments and files: status 2, a message that names the thing, and no output.

use crate::program::defenders;
use crate::sets::{self, page, validator};

/// Runs `simulate`, which must refuse, with `--json` and without. Returns what it says to a person.
fn refusal(arguments: &[&str]) -> String {
    let run = |more: &[&str]| {
        let output = defenders(&[&["simulate"], arguments, more].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let said = run(&[]);
    let error: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    let error = &error["error"];
    assert_eq!(error["status"], 2);
    let file = error["file"].as_str();
    let file = file.map_or(String::new(), |file| format!("{file}: "));
    let message = error["message"].as_str().unwrap();
    assert_eq!(said.trim_end(), format!("error: {file}{message}"));
    said
}

fn refusal_of_file(text: &str) -> String {
    let file = sets::file(text);
    let path = file.path().to_str().unwrap();
    let message = refusal(&["--validators", path]);
    assert!(message.contains(path), "{message}");
    message
}

#[test]
fn wrong_arguments_are_named() {
    for (arguments, name) in [
        (["--share", "0"], "--share"),
        (["--share", "0.22"], "--share"),
        (["--share", "1"], "--share"),
        (["--share", "-0.1"], "--share"),
        (["--share", "ten"], "--share"),
        (["--days", "0"], "--days"),
        (["--depositors", "0"], "--depositors"),
        (["--seed", "x"], "--seed"),
        (["--max-commission", "0.21"], "--max-commission"),
        (["--max-commission", "0.04"], "between 0.05 and 0.2"),
        (["--set", "nowhere"], "--set"),
        (["--validators", "/no/such/file"], "/no/such/file"),
    ] {
        let message = refusal(&arguments);
        assert!(message.contains(name), "{message}");
    }
    let message = refusal(&["--share", "0.22"]);
    assert!(message.contains("above 0 and below 0.22"), "{message}");
}

#[test]
fn broken_files_are_named_with_place_and_field() {
    let mut wrong = sets::bonded(&[5, 4]);
    wrong[1]["tokens"] = "4.5".into();
    let good = sets::bonded(&[5, 4]);
    let cut = page(&good);
    for (text, message) in [
        (&cut[..cut.len() - 2], "not valid JSON"),
        ("", "the set is empty"),
        (r#"{"validators":[]}"#, "the set is empty"),
        (r#"{"code":12}"#, "page 1.validators: the field is missing"),
        (
            &page(&wrong),
            "validator xvaloper1b.tokens: expected an amount",
        ),
        (
            &format!("{cut}{cut}"),
            "validator 3: \"xvaloper1a\" is given twice, first at validator 1",
        ),
        (
            &page(&[validator("a", "BOND_STATUS_UNBONDED", false, "5", "0")]),
            "the only validator is not bonded",
        ),
    ] {
        let said = refusal_of_file(text);
        assert!(said.contains(message), "{said}");
    }
}
