//! Each warning alone: what it says, and status 3.

use serde_json::{Value, json};

use crate::world::*;

/// The warnings of a file, as place, kind and message; status 3 exactly when there are some.
#[track_caller]
pub fn warnings_of(file: &Value) -> Vec<[String; 3]> {
    let world = World::new();
    world.write("in.json", file);
    let (report, status) = world.inspect("in.json");
    let warnings = report["warnings"].as_array().unwrap();
    assert_eq!(status, if warnings.is_empty() { 0 } else { 3 });
    let text = |json: &Value| json.as_str().unwrap().to_string();
    let warnings = warnings.iter();
    warnings
        .map(|it| [text(&it["place"]), text(&it["kind"]), text(&it["message"])])
        .collect()
}

/// The one warning of a message, whose place begins with the message's.
#[track_caller]
pub fn ensure_one(message: Value, kind: &str, said: &str) {
    let found = warnings_of(&proposal(&[message]));
    let [[place, found_kind, found_said]] = &found[..] else {
        panic!("{found:#?}");
    };
    assert!(place.starts_with("propose.msgs[0]"), "{place}");
    assert_eq!((found_kind.as_str(), found_said.as_str()), (kind, said));
}

pub fn settings(name: &str, value: &str) -> Value {
    json!({ "propose_settings": {
        "settings": [{ "name": name, "value": value }], "valid_until": VALID_UNTIL,
    }})
}

#[test]
fn nothing_to_warn_of_is_status_0() {
    let message = json!({ "arm_brake": { "valid_until": VALID_UNTIL } });
    assert!(warnings_of(&proposal(&[call(&message)])).is_empty());
}

#[test]
fn another_contract_than_the_vault() {
    let message = json!({ "update_members": { "add": [], "remove": [account(1)] } });
    ensure_one(
        call_of(&account(6), &message),
        "unknown_contract",
        &format!(
            "it calls {:?}, which is not the vault {}",
            account(6),
            vault()
        ),
    );
}

#[test]
fn a_vault_that_nobody_named() {
    let world = World::new();
    let message = json!({ "arm_brake": { "valid_until": VALID_UNTIL } });
    world.write("in.json", &proposal(&[call(&message)]));
    let (report, status) = world.inspect_with("in.json", &[]);
    assert_eq!(status, 3);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(report["warnings"][0]["kind"], "unknown_contract");
    // it is read as the vault's all the same
    assert_eq!(report["messages"][0]["effects"][0]["what"], "the brake");
}

#[test]
fn funds_along() {
    let mut message = call(&json!({ "arm_brake": { "valid_until": VALID_UNTIL } }));
    message["wasm"]["execute"]["funds"] =
        json!([{ "denom": "uatom", "amount": "1000000000000000000000000" }]);
    ensure_one(
        message,
        "funds",
        "it sends 1000000000000000000000000 uatom along, which the vault does not give back",
    );
}

#[test]
fn admins_and_new_contracts() {
    let (vault, admin) = (vault(), account(6));
    let msg = "e30=";
    for (message, said) in [
        (
            json!({ "update_admin": { "contract_addr": vault, "admin": admin } }),
            "ADMIN: wasm.update_admin: changes who can replace the code of a contract".to_string(),
        ),
        (
            json!({ "clear_admin": { "contract_addr": vault } }),
            "ADMIN: wasm.clear_admin: changes who can replace the code of a contract".to_string(),
        ),
        (
            json!({ "migrate": { "contract_addr": vault, "new_code_id": 7, "msg": msg } }),
            "ADMIN: wasm.migrate: replaces the code of a contract, at once".to_string(),
        ),
        (
            json!({ "instantiate": {
                "admin": admin, "code_id": 7, "msg": msg, "funds": [], "label": "x",
            }}),
            format!(
                "ADMIN: wasm.instantiate: makes a new contract, whose code {admin} can replace"
            ),
        ),
        (
            json!({ "instantiate2": {
                "admin": null, "code_id": 7, "msg": msg, "funds": [], "label": "x", "salt": msg,
            }}),
            "wasm.instantiate2: makes a new contract, without an admin".to_string(),
        ),
    ] {
        ensure_one(json!({ "wasm": message }), "admin", &said);
    }
}

#[test]
fn admins_that_change_deeper_in_a_message() {
    let (vault, admin) = (vault(), account(6));
    let update = json!({ "wasm": { "update_admin": { "contract_addr": vault, "admin": admin } } });
    let passed_on = json!({ "pass_on": { "msgs": [update] } });
    let as_text = json!({ "pass_on": { "text": passed_on.to_string() } });
    let executed = b"\n\x2a/cosmwasm.wasm.v1.MsgMigrateContract\x12\0";
    let said =
        |name| format!("ADMIN: {name} lies in it: who can replace code changes, or code itself");
    for (message, place, name) in [
        (
            call_of(&admin, &passed_on),
            "propose.msgs[0].wasm.execute.msg.pass_on.msgs[0].wasm.update_admin",
            "update_admin",
        ),
        (
            call_of(&admin, &as_text),
            "propose.msgs[0].wasm.execute.msg.pass_on.text.pass_on.msgs[0].wasm.update_admin",
            "update_admin",
        ),
        (
            call_of(&admin, &json!({ "clear_admin": {} })),
            "propose.msgs[0].wasm.execute.msg.clear_admin",
            "clear_admin",
        ),
        (
            json!({ "any": {
                "type_url": "/cosmos.authz.v1beta1.MsgExec", "value": cosmwasm_std::Binary::from(executed),
            }}),
            "propose.msgs[0].any.value",
            "MsgMigrateContract",
        ),
    ] {
        let found = warnings_of(&proposal(&[message]));
        // before all others
        assert_eq!(found[0], [place, "admin", &said(name)], "{found:#?}");
        assert_eq!(found.len(), 2, "{found:#?}");
    }
}

#[test]
fn what_is_no_call_of_a_contract() {
    for (message, kind, said) in [
        (
            json!({ "gov": { "vote": { "proposal_id": 4, "option": "yes" } } }),
            "gov_vote",
            "gov.vote: votes in the chain's governance, for the multisig alone",
        ),
        (
            json!({ "stargate": { "type_url": "/cosmos.gov.v1.MsgVote", "value": "" } }),
            "gov_vote",
            "stargate./cosmos.gov.v1.MsgVote: takes part in the chain's governance, for the multisig alone",
        ),
        (
            json!({ "bank": { "send": { "to_address": "x", "amount": [] } } }),
            "bank",
            "bank.send: moves coins of the multisig",
        ),
        (
            json!({ "any": { "type_url": "/cosmos.bank.v1beta1.MsgSend", "value": "" } }),
            "bank",
            "any./cosmos.bank.v1beta1.MsgSend: moves coins of the multisig",
        ),
        (
            json!({ "staking": { "delegate": { "validator": "x", "amount": {} } } }),
            "staking",
            "staking.delegate: moves stake or rewards of the multisig",
        ),
        (
            json!({ "distribution": { "set_withdraw_address": { "address": "x" } } }),
            "staking",
            "distribution.set_withdraw_address: moves stake or rewards of the multisig",
        ),
        (
            json!({ "stargate": { "type_url": "/cosmwasm.wasm.v1.MsgUpdateAdmin", "value": "" } }),
            "admin",
            "ADMIN: stargate./cosmwasm.wasm.v1.MsgUpdateAdmin: acts on contracts or code past the vault, and is not decoded",
        ),
        (
            json!({ "ibc": { "transfer": {} } }),
            "not_decoded",
            "ibc.transfer: is no call of a contract, and is not decoded",
        ),
        (
            json!({}),
            "not_decoded",
            "no message: is no call of a contract, and is not decoded",
        ),
    ] {
        ensure_one(message, kind, said);
    }
}

#[test]
fn no_valid_until() {
    for message in [
        json!({ "arm_brake": {} }),
        json!({ "take_brake_off": {} }),
        json!({ "cancel_change": { "id": 3 } }),
        json!({ "cancel_ownership_transfer": {} }),
        json!({ "accept_snapshot": { "failed": [] } }),
        json!({ "drain_validators": { "validators": [operator(1)] } }),
        json!({ "list_validators": { "validators": [{ "validator": operator(4) }] } }),
        json!({ "propose_settings": { "settings": [{ "name": "floor", "value": "0.2" }] } }),
    ] {
        let name = message.as_object().unwrap().keys().next().unwrap().clone();
        let said =
            format!("{name} has no valid_until: once passed, it can be carried out at any time");
        ensure_one(call(&message), "no_valid_until", &said);
    }
}

#[test]
fn a_valid_until_that_is_past_or_far_ahead() {
    let message = |until: u64| call(&json!({ "arm_brake": { "valid_until": until } }));
    ensure_one(
        message(NOW),
        "too_late",
        "valid_until is past, 2023-11-14T22:13:20Z: the vault refuses the message",
    );
    assert!(warnings_of(&proposal(&[message(NOW + 90 * 86_400)])).is_empty());
    ensure_one(
        message(NOW + 90 * 86_400 + 1),
        "late_valid_until",
        "valid_until is 2024-02-12T22:13:21Z, more than 90 days ahead",
    );
}

#[test]
fn messages_that_are_not_the_vaults() {
    ensure_one(
        call(&json!({ "withdraw_all": {} })),
        "no_vault_message",
        "the vault does not take this message: unknown variant `withdraw_all`",
    );
}

#[test]
fn unknown_fields_of_the_message_of_the_call_and_of_the_file() {
    let known = json!({ "arm_brake": { "valid_until": VALID_UNTIL } });
    let found = warnings_of(&proposal(&[call(
        &json!({ "arm_brake": { "valid_until": VALID_UNTIL, "valid_til": 1 } }),
    )]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][1], "no_vault_message");
    assert!(found[0][2].contains("valid_til"), "{found:?}");

    let mut message = call(&known);
    message["wasm"]["execute"]["gas"] = json!(1);
    ensure_one(
        message,
        "unknown_field",
        "unknown field, known here are contract_addr, msg, funds",
    );

    let mut file = proposal(&[call(&known)]);
    file["propose"]["titel"] = json!("x");
    let found = warnings_of(&file);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0][0].as_str(), found[0][1].as_str()),
        ("propose.titel", "unknown_field")
    );
}

#[test]
fn messages_that_no_owner_says() {
    ensure_one(
        call(&json!({ "transfer": { "recipient": account(1), "amount": "5" } })),
        "no_owner_message",
        "transfer is nothing that an owner says: the multisig would do it for itself",
    );
}
