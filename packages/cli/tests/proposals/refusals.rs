//! Files that `propose` refuses: their form, and what they name.

use serde_json::{Value, json};

use crate::world::*;

/// What is said of a file with one act, without and with all that is known.
#[track_caller]
pub fn ensure_refused(act: Value, said: &str) {
    for known in [&[][..], &KNOWN] {
        let found = World::new().refusal(&file(json!([act])).to_string(), known);
        assert_eq!(found, said, "{act}");
    }
}

/// The same of a file with another field.
#[track_caller]
fn ensure_refused_with(field: &str, value: Value, said: &str) {
    let mut file = file(json!([{ "act": "arm_brake" }]));
    file[field] = value;
    assert_eq!(World::new().refusal(&file.to_string(), &[]), said);
}

#[test]
fn fields_of_the_file() {
    ensure_refused_with(
        "titel",
        json!("x"),
        "titel: unknown field, known here are vault, title, description, valid_days, valid_until, \
         voting_ends_at, acts",
    );
    for (field, value, said) in [
        (
            "vault",
            Value::Null,
            "vault: expected a string that is not empty, without control characters, found null",
        ),
        (
            "title",
            json!(""),
            "title: expected a string that is not empty, without control characters, found \"\"",
        ),
        (
            "description",
            json!(" "),
            "description: expected a text that is not empty, found \" \"",
        ),
        (
            "acts",
            json!([]),
            "acts: expected at least one act, found an array",
        ),
        (
            "acts",
            json!({}),
            "acts: expected an array, found an object",
        ),
        (
            "acts",
            json!(["drain"]),
            "acts[0]: expected an object, found \"drain\"",
        ),
        ("acts", json!([{}]), "acts[0].act: the field is missing"),
    ] {
        ensure_refused_with(field, value, said);
    }
    let mut file = file(json!([]));
    file.as_object_mut().unwrap().remove("vault");
    let said = World::new().refusal(&file.to_string(), &[]);
    assert_eq!(said, "vault: the field is missing");
}

#[test]
fn times_of_the_file() {
    for (field, value, said) in [
        ("valid_days", json!(0), "valid_days: 0 days are not 1 to 90"),
        (
            "valid_days",
            json!(91),
            "valid_days: 91 days are not 1 to 90",
        ),
        (
            "valid_days",
            json!("30"),
            "valid_days: expected an integer from 0 to 2^64 - 1, written as a number, found \"30\"",
        ),
        (
            "valid_until",
            json!(NOW),
            "valid_until: 1700000000 is not within 90 days from 1700000000 (2023-11-14T22:13:20Z): times \
             are seconds since 1970",
        ),
        (
            "valid_until",
            json!(1_700_086_400_000u64),
            "valid_until: 1700086400000 is not within 90 days from 1700000000 (2023-11-14T22:13:20Z): \
             times are seconds since 1970",
        ),
        (
            "voting_ends_at",
            json!(VALID_UNTIL),
            "voting_ends_at: voting until 2023-12-14T22:13:20Z leaves no time to carry it out: the messages \
             are refused from 2023-12-14T22:13:20Z on",
        ),
    ] {
        ensure_refused_with(field, value, said);
    }
    let mut file = file(json!([{ "act": "arm_brake" }]));
    file["valid_days"] = json!(5);
    file["valid_until"] = json!(NOW + 5);
    let said = World::new().refusal(&file.to_string(), &[]);
    assert_eq!(said, "valid_days: give valid_days or valid_until, not both");
}

#[test]
fn acts_that_there_are_not() {
    ensure_refused(
        json!({ "act": "drian" }),
        r#"acts[0].act: there is no act "drian", do you mean "drain"?"#,
    );
    ensure_refused(
        json!({ "act": "pay_me" }),
        "acts[0].act: there is no act \"pay_me\", known are list, drain, reaffirm, settings, fee, guardian, \
         transfer_ownership, accept_ownership, cancel_ownership_transfer, cancel_change, apply_change, \
         upgrade, arm_brake, take_brake_off, accept_snapshot",
    );
    ensure_refused(
        json!({ "act": "upgrde" }),
        r#"acts[0].act: there is no act "upgrde", do you mean "upgrade"?"#,
    );
}

#[test]
fn upgrades_that_cannot_be() {
    let checksum = "ab".repeat(32);
    let right =
        json!({ "act": "upgrade", "contract": "vault", "code_id": 7, "checksum": checksum });
    for (field, value, said) in [
        (
            "contract",
            json!("pot"),
            "acts[0].contract: expected the contract whose code is replaced: \"vault\" or \"reward_pot\", \
             found \"pot\"",
        ),
        (
            "code_id",
            json!(0),
            "acts[0].code_id: expected the number of a code, from 1 on, found the number 0",
        ),
        (
            "checksum",
            json!("AB".repeat(32)),
            "acts[0].checksum: expected a SHA-256 checksum: 64 digits of 0-9 and a-f, found \"ABAB",
        ),
        (
            "msg",
            json!("e30="),
            "acts[0].msg: expected an object, which the new code is called with, found",
        ),
    ] {
        let mut act = right.clone();
        act[field] = value;
        let said_then = World::new().refusal(&file(json!([act])).to_string(), &[]);
        assert!(said_then.starts_with(said), "{said_then}");
    }
    let mut pot = right.clone();
    pot["contract"] = json!("reward_pot");
    World::new().propose(&file(json!([right, pot])));
    let twice = file(json!([right, right])).to_string();
    assert_eq!(
        World::new().refusal(&twice, &[]),
        "acts[1].contract: \"vault\" is given twice, first at acts[0].contract"
    );
}

#[test]
fn fields_of_an_act() {
    for (act, said) in [
        (
            json!({ "act": "drain", "validator": operator(1) }),
            "acts[0].validator: unknown field, known here are act, validators",
        ),
        (
            json!({ "act": "drain" }),
            "acts[0].validators: the field is missing",
        ),
        (
            json!({ "act": "drain", "validators": [] }),
            "acts[0].validators: expected 1 to 100 validators, found an array",
        ),
        (
            json!({ "act": "settings" }),
            "acts[0].set: the field is missing",
        ),
        (
            json!({ "act": "settings", "set": {} }),
            "acts[0].set: expected 1 to 20 settings, found an object",
        ),
        (
            json!({ "act": "fee" }),
            "acts[0]: rate, bounty or recipient: the field is missing",
        ),
        (
            json!({ "act": "guardian" }),
            "acts[0].account: the field is missing",
        ),
        (
            json!({ "act": "cancel_change" }),
            "acts[0].id: the field is missing",
        ),
        (
            json!({ "act": "transfer_ownership" }),
            "acts[0].to: the field is missing",
        ),
        (
            json!({ "act": "transfer_ownership", "to": account(1), "expires_at": NOW + 5, "expires_in_days": 1 }),
            "acts[0].expires_in_days: give expires_at or expires_in_days, not both",
        ),
        (
            json!({ "act": "accept_snapshot" }),
            "acts[0].failed: the field is missing",
        ),
    ] {
        ensure_refused(act, said);
    }
}

#[test]
fn what_is_named_twice() {
    let drain = json!({ "act": "drain", "validators": [operator(1)] });
    let acts = json!([drain, drain]);
    let said = World::new().refusal(&file(acts).to_string(), &[]);
    assert_eq!(
        said,
        format!(
            "acts[1].validators[0]: {:?} is given twice, first at acts[0].validators[0]",
            operator(1)
        )
    );
    let acts = json!([
        { "act": "fee", "rate": "0.01" },
        { "act": "settings", "set": { "performance_fee_rate": "0.02" } },
    ]);
    let said = World::new().refusal(&file(acts).to_string(), &[]);
    assert_eq!(
        said,
        "acts[1].set.performance_fee_rate: \"performance_fee_rate\" is given twice, first at acts[0].rate"
    );
    let text = file(json!([])).to_string().replace(
        "[]",
        r#"[{"act":"settings","set":{"floor":"0","floor":"1"}}]"#,
    );
    let said = World::new().refusal(&text, &[]);
    assert_eq!(said, "acts[0].set.floor: the field is given twice");
    let twice = json!({ "act": "accept_snapshot", "failed": [operator(1), operator(1)] });
    ensure_refused(
        twice,
        &format!("acts[0].failed[1]: {:?} is given twice", operator(1)),
    );
}

#[test]
fn standard_input_has_no_name_for_the_results() {
    let world = World::new();
    world.write("in.json", &file(json!([{ "act": "arm_brake" }])));
    let input = std::fs::File::open(world.path("in.json")).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_defenders"))
        .args(["propose", "-"])
        .stdin(input)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said,
        "error: standard input: top level: standard input has no name to call the results by: give --cw3 \
         and --dao-dao\n"
    );
}
