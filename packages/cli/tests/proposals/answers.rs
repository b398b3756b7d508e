//! The forms in which people have a proposal, and what is none.

use serde_json::{Value, json};

use crate::world::*;

fn message() -> Value {
    call(&json!({ "arm_brake": { "valid_until": VALID_UNTIL } }))
}

#[test]
fn each_form_is_read() {
    let world = World::new();
    let answer = json!({
        "id": 7, "title": "t", "description": "d", "msgs": [message()], "status": "open",
        "expires": { "at_time": "1700100000000000000" }, "proposer": account(1), "deposit": null,
        "threshold": { "absolute_count": { "weight": 2, "total_weight": 3 } },
    });
    let inner = json!({ "arm_brake": { "valid_until": VALID_UNTIL } });
    let text = |json: Value| json.to_string();
    for (file, form) in [
        (proposal(&[message()]), "a message to a cw3 multisig"),
        (answer.clone(), "an answer of a cw3 multisig"),
        (json!({ "data": answer }), "an answer of a cw3 multisig"),
        (
            json!({ "data": { "id": 7, "proposal": {
                "title": "t", "description": "d", "msgs": [message()], "status": "open",
                "start_height": 5, "votes": {}, "total_power": "3", "allow_revoting": false,
            }}}),
            "an answer of DAO DAO",
        ),
        (
            json!({ "propose": { "msg": { "propose": {
                "title": "t", "description": "d", "msgs": [message()],
            }}}}),
            "a message to a pre-propose module of DAO DAO",
        ),
        (
            json!({ "actions": [{ "key": "custom", "data": { "message": text(message()) } }] }),
            "a file that DAO DAO imports",
        ),
        (
            json!({ "actions": [{ "key": "execute", "data": {
                "address": vault(), "message": text(inner), "funds": [], "cw20": false,
            }}]}),
            "a file that DAO DAO imports",
        ),
        (json!([message()]), "messages alone"),
        (message(), "a message alone"),
    ] {
        world.write("in.json", &file);
        let (report, status) = world.inspect("in.json");
        assert_eq!(report["warnings"], json!([]), "{form}");
        assert_eq!(status, 0);
        assert_eq!(report["form"], form);
        assert_eq!(
            report["messages"][0]["effects"][0]["what"], "the brake",
            "{form}"
        );
    }
}

#[test]
fn a_passed_proposal_is_warned_of() {
    let world = World::new();
    let answer = |status: Value| json!({ "id": 7, "msgs": [message()], "status": status });
    world.write("in.json", &answer(json!("passed")));
    let (report, status) = world.inspect("in.json");
    assert_eq!(status, 3);
    assert_eq!(report["status"], "passed");
    assert_eq!(report["warnings"][0]["kind"], "passed");
    world.write("in.json", &answer(json!({ "veto_timelock": {} })));
    assert_eq!(world.inspect("in.json").0["status"], "veto_timelock");
}

#[test]
fn actions_that_are_not_decoded_are_shown_and_warned_of() {
    let world = World::new();
    let action = |key: &str, data: Value| json!({ "actions": [{ "key": key, "data": data }] });
    for (file, said) in [
        (
            action("spend", json!({ "to": account(1), "amount": "5" })),
            "actions \"spend\" are not decoded: read the 2 values below",
        ),
        (
            action("custom", json!({ "message": "{broken" })),
            "its message cannot be decoded: read it by yourself",
        ),
        (
            action(
                "execute",
                json!({ "address": vault(), "message": "{}", "funds": [], "cw20": true }),
            ),
            "its message cannot be decoded: read it by yourself",
        ),
    ] {
        world.write("in.json", &file);
        let (report, status) = world.inspect("in.json");
        assert_eq!(status, 3);
        assert_eq!(report["warnings"][0]["message"], said);
        let fields = report["messages"][0]["fields"].to_string();
        assert!(fields.contains("data."), "{fields}");
    }
}

/// What `inspect` says when it refuses.
fn refusal(text: &str, arguments: &[&str]) -> String {
    let world = World::new();
    world.write_text("in.json", text);
    let output = world.run(&[&["inspect", "in.json"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    said.trim_end().to_string()
}

#[test]
fn what_is_no_proposal_is_refused() {
    let none = "top level: there is no proposal here: expected `propose`, an answer with `msgs`, \
                `actions` of DAO DAO, or an array of messages";
    for (text, said) in [
        ("{}", none),
        ("5", none),
        (
            r#"{"propose": {"title": "t"}}"#,
            "propose.msgs: the field is missing",
        ),
        (
            r#"{"acts": [], "vault": "x"}"#,
            "this is the input of `defenders propose`: run that first, and inspect what it writes",
        ),
        (
            r#"{"data": {"proposals": []}}"#,
            "this is a list of proposals: give one of them, with `jq .data.proposals[0] FILE`",
        ),
        (
            r#"{"body": {"messages": []}}"#,
            "this is a transaction: give the contract's message in it, with `jq .body.messages[0].msg FILE`",
        ),
    ] {
        assert_eq!(refusal(text, &[]), format!("error: in.json: {said}"));
    }
    assert!(refusal("<html>", &[]).contains("this is a web page"));
}

#[test]
fn answers_that_are_others_are_refused() {
    for (argument, file, query) in [
        ("--config", "changes.json", "config"),
        ("--changes", "config.json", "changes"),
        ("--listings", "config.json", "validators"),
    ] {
        let said = refusal("[]", &[argument, file]);
        let beginning = format!(
            "error: {file}: top level: this is not what a vault answers to {{\"{query}\": {{}}}}: "
        );
        assert!(said.starts_with(&beginning), "{said}");
    }
    assert_eq!(
        refusal("[]", &["--checksums", "config.json"])
            .split(", found")
            .next()
            .unwrap(),
        "error: config.json: line 1: expected a SHA-256 checksum of 64 hexadecimal digits, then a file name"
    );
    let said = refusal("[]", &["--vault", "cosmos1nobody"]);
    assert!(said.contains("its checksum is wrong"), "{said}");
}
