//! What users of comparable programs met, each as a test.

use cosmwasm_std::Binary;
use serde_json::{Value, json};

use crate::world::*;

/// DA0-DA0/dao-contracts#232: a passed proposal that could not run ran long afterwards.
#[test]
fn lesson_23_every_message_that_can_say_until_when_it_is_valid_does() {
    let acts = [
        json!({ "act": "list", "validators": [{ "validator": operator(4) }] }),
        json!({ "act": "drain", "validators": [operator(1)] }),
        json!({ "act": "reaffirm", "validators": [operator(2)], "ends_in_days": 9 }),
        json!({ "act": "settings", "set": { "floor": "0.2" } }),
        json!({ "act": "fee", "rate": "0.01" }),
        json!({ "act": "guardian", "account": null }),
        json!({ "act": "transfer_ownership", "to": account(1) }),
        json!({ "act": "cancel_ownership_transfer" }),
        json!({ "act": "cancel_change", "id": 3 }),
        json!({ "act": "arm_brake" }),
        json!({ "act": "take_brake_off" }),
        json!({ "act": "accept_snapshot", "failed": [operator(1)] }),
    ];
    for (field, value, until) in [
        ("valid_days", Value::Null, VALID_UNTIL),
        ("valid_days", json!(3), NOW + 3 * 86_400),
        ("valid_until", json!(NOW + 5), NOW + 5),
    ] {
        let world = World::new();
        let mut file = file(json!(acts));
        file[field] = value;
        world.propose(&file);
        let (report, _) = world.inspect("p.cw3.json");
        let rows = report["messages"].as_array().unwrap();
        assert_eq!(rows.len(), acts.len());
        for row in rows {
            assert_eq!(row["valid_until"], until, "{row}");
        }
    }
}

/// DA0-DA0/dao-dao-ui#250: a custom message was shown as empty.
#[test]
fn lesson_25_every_value_of_a_message_is_shown() {
    let world = World::new();
    let messages = [
        call_of(
            &account(6),
            &json!({ "unheard": { "of": [{ "deep": "value-1" }, 22], "no": {} } }),
        ),
        json!({ "custom": { "secret": { "thing": "value-3" } } }),
        json!({ "wasm": { "migrate": {
            "contract_addr": "value-4", "new_code_id": 55,
            "msg": Binary::from(br#"{"to":"value-6"}"#),
        }}}),
    ];
    world.write("in.json", &proposal(&messages));
    let output = world.run(&["inspect", "in.json", "--vault", &vault()]);
    let shown = String::from_utf8(output.stdout).unwrap();
    for line in [
        r#"unheard.of[0].deep = "value-1""#,
        "unheard.of[1] = 22",
        "unheard.no = {}",
        r#"custom.secret.thing = "value-3""#,
        r#"wasm.migrate.contract_addr = "value-4""#,
        "wasm.migrate.new_code_id = 55",
        r#"wasm.migrate.msg.to = "value-6""#,
    ] {
        assert!(shown.lines().any(|it| it.trim() == line), "{line}: {shown}");
    }
}

/// DA0-DA0/dao-dao-ui#250, PR#1478: what is imported is encoded by the page.
#[test]
fn lesson_25_what_dao_dao_imports_becomes_the_messages_of_the_multisig() {
    let world = World::new();
    let acts = json!([
        { "act": "settings", "set": { "floor": "0.2", "guardian": null } },
        { "act": "list", "validators": [{ "validator": operator(4), "name": "<é & \"日本\">" }] },
    ]);
    world.propose(&file(acts));
    let imported = world.read("p.dao-dao.json");
    let written = world.read("p.cw3.json");
    for (action, message) in imported["actions"]
        .as_array()
        .unwrap()
        .iter()
        .zip(written["propose"]["msgs"].as_array().unwrap())
    {
        // as the page does: parse the text, and encode what is in `msg`
        let text = action["data"]["message"].as_str().unwrap();
        let mut encoded: Value = serde_json::from_str(text).unwrap();
        let inner = &mut encoded["wasm"]["execute"]["msg"];
        assert!(inner.is_object());
        *inner = json!(Binary::from(inner.to_string().into_bytes()));
        assert_eq!(encoded, *message);
    }
}

/// crypto-com/chain-desktop-wallet#726: names imitated by letters that cannot be seen.
#[test]
fn lesson_33_letters_that_cannot_be_seen_are_spelt_out_and_warned_of() {
    let world = World::new();
    let message = json!({ "list_validators": {
        "validators": [{ "validator": operator(4), "name": "Go\u{200b}od" }],
        "valid_until": VALID_UNTIL,
    }});
    let mut file = proposal(&[call(&message)]);
    file["propose"]["title"] = json!("red \u{1b}[31m");
    world.write("in.json", &file);
    let output = world.run(&["inspect", "in.json", "--vault", &vault()]);
    assert_eq!(output.status.code(), Some(3));
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(!shown.contains(['\u{200b}', '\u{1b}']), "{shown}");
    assert!(shown.starts_with("2 warnings\n"), "{shown}");
    assert!(shown.contains(r"title: red \u{1b}[31m"), "{shown}");
    assert!(
        shown.contains(r"a letter that cannot be seen, \u{200b}"),
        "{shown}"
    );
}

/// hodgerpodger/staketaxcsv#61: UTC mixed with local time.
#[test]
fn times_end_in_z() {
    let world = World::new();
    let shown = world.propose(&file(json!([{ "act": "arm_brake" }])));
    assert!(
        shown.contains("valid until: 2023-12-14T22:13:20Z\n"),
        "{shown}"
    );
}

/// informalsystems/hermes#2381: 10^6 was assumed, and 64 bits overflowed.
#[test]
fn amounts_are_base_units_beyond_64_bits() {
    let most = u128::MAX.to_string();
    let world = World::new();
    let acts = json!([{ "act": "list", "validators": [
        { "validator": operator(4), "max_tokens": most },
    ]}]);
    let shown = world.propose(&file(acts));
    // what is longer than a line stands on one of its own
    assert!(
        shown.contains(&format!("max_tokens =\n      {most:?}\n")),
        "{shown}"
    );
}

/// A person who votes sees warnings first, and whole addresses, however narrow the terminal is.
#[test]
fn warnings_come_first_and_addresses_are_whole() {
    let world = World::new();
    let message = json!({ "transfer_ownership": { "new_owner": account(5) } });
    world.write("in.json", &proposal(&[call(&message)]));
    let output = world.run(&["inspect", "in.json", "--vault", &vault()]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(
        shown.starts_with("2 warnings\n! propose.msgs[0]: "),
        "{shown}"
    );
    assert!(
        shown.contains(&format!("contract: {}\n", vault())),
        "{shown}"
    );
    assert!(
        shown
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(&format!("-> offered to {} for 14 days", account(5))),
        "{shown}"
    );
}

/// What a proposal says cannot look like what is said of it.
#[test]
fn no_text_makes_lines_of_its_own() {
    let world = World::new();
    let forged = "x\n  valid until: 2023-12-14T22:13:20Z";
    let message = json!({ "transfer_ownership": { "new_owner": forged } });
    let mut file = proposal(&[
        call_of(forged, &message),
        json!({ forged: { forged: forged } }),
    ]);
    file["propose"]["title"] = json!(forged);
    file["propose"]["description"] = json!(forged);
    file["propose"][forged] = json!(forged);
    world.write("in.json", &file);
    let output = world.run(&["inspect", "in.json"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let lines = shown.lines().filter(|line| line.contains("valid until"));
    let is_marked =
        |line: &str| line.starts_with("  | ") || line.contains(r"x\u{a}") || line.contains(r"x\n");
    for line in lines {
        assert!(is_marked(line), "{line}: {shown}");
    }
}
