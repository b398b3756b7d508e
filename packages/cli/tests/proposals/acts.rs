//! Each act, there and back.

use cosmwasm_std::Binary;
use serde_json::{Value, json};

use crate::world::*;

/// Acts, the messages for them, and `what` with `then` and `effect` of each change.
fn cases() -> Vec<(Value, Value, Value)> {
    let until = VALID_UNTIL;
    vec![
        (
            json!({ "act": "list", "validators": [{
                "validator": operator(4), "name": "Four", "website": "https://four.example",
                "contact": "four@example", "reason": "new", "max_tokens": "1000000000000000000000000",
                "groups": { "operator": "four", "hosting": "big-cloud", "jurisdiction": "is" },
                "ends_in_days": 400,
            }]}),
            json!({ "list_validators": { "validators": [{
                "validator": operator(4), "name": "Four", "website": "https://four.example",
                "contact": "four@example", "reason": "new", "max_tokens": "1000000000000000000000000",
                "groups": { "operator": "four", "hosting": "big-cloud", "jurisdiction": "is" },
                "ends_at": NOW + 400 * 86_400,
            }], "valid_until": until }}),
            json!([[format!("listing of {}", operator(4)), "listed", "loosens"]]),
        ),
        (
            json!({ "act": "drain", "validators": [operator(1), operator(2)] }),
            json!({ "drain_validators": { "validators": [operator(1), operator(2)], "valid_until": until }}),
            json!([
                [format!("listing of {}", operator(1)), "drained", "tightens"],
                [format!("listing of {}", operator(2)), "drained", "tightens"],
            ]),
        ),
        (
            json!({ "act": "reaffirm", "validators": [operator(2)], "ends_in_days": 100 }),
            json!({ "list_validators": { "validators": [{
                "validator": operator(2), "name": "Operator 2", "reason": "small",
                "groups": { "hosting": "big-cloud" }, "max_tokens": "1000000000000000000000000",
                "ends_at": NOW + 100 * 86_400,
            }], "valid_until": until }}),
            json!([[
                format!("listing of {}", operator(2)),
                "maximum 1000000000000000000000000, hosting big-cloud, until 2024-02-22T22:13:20Z",
                "tightens"
            ]]),
        ),
        (
            json!({ "act": "settings", "set": {
                "batch_period": 172_800, "bond_factor": null, "max_moves": 2,
                "min_delegation": "1000000", "power_source": "stargate", "vault_share_cap": "0.08",
            }}),
            json!({ "propose_settings": { "settings": [
                { "name": "batch_period", "value": "172800" },
                { "name": "bond_factor" },
                { "name": "max_moves", "value": "2" },
                { "name": "min_delegation", "value": "1000000" },
                { "name": "power_source", "value": "stargate" },
                { "name": "vault_share_cap", "value": "0.08" },
            ], "valid_until": until }}),
            json!([
                ["batch_period", "172800", "loosens"],
                ["bond_factor", null, "unchanged"],
                ["max_moves", "2", "loosens"],
                ["min_delegation", "1000000", "unchanged"],
                ["power_source", "stargate", "loosens"],
                ["vault_share_cap", "0.08", "tightens"],
            ]),
        ),
        (
            json!({ "act": "fee", "rate": "0.04", "bounty": "0.2", "recipient": account(3) }),
            json!({ "propose_settings": { "settings": [
                { "name": "performance_fee_rate", "value": "0.04" },
                { "name": "keeper_bounty_share", "value": "0.2" },
                { "name": "fee_recipient", "value": account(3) },
            ], "valid_until": until }}),
            json!([
                ["performance_fee_rate", "0.04", "tightens"],
                ["keeper_bounty_share", "0.2", "loosens"],
                ["fee_recipient", account(3), "loosens"],
            ]),
        ),
        (
            json!({ "act": "guardian", "account": account(4) }),
            json!({ "propose_settings": { "settings": [
                { "name": "guardian", "value": account(4) },
            ], "valid_until": until }}),
            json!([["guardian", account(4), "loosens"]]),
        ),
        (
            json!({ "act": "guardian", "account": null }),
            json!({ "propose_settings": { "settings": [{ "name": "guardian" }], "valid_until": until }}),
            json!([["guardian", null, "loosens"]]),
        ),
        (
            json!({ "act": "transfer_ownership", "to": account(5), "expires_in_days": 20 }),
            json!({ "transfer_ownership": {
                "new_owner": account(5), "expires_at": NOW + 20 * 86_400, "valid_until": until,
            }}),
            json!([[
                "ownership",
                format!("offered to {} until 2023-12-04T22:13:20Z", account(5)),
                "acts"
            ]]),
        ),
        (
            json!({ "act": "accept_ownership" }),
            json!({ "accept_ownership": {} }),
            json!([["ownership", null, "acts"]]),
        ),
        (
            json!({ "act": "cancel_ownership_transfer" }),
            json!({ "cancel_ownership_transfer": { "valid_until": until } }),
            json!([["ownership", null, "acts"]]),
        ),
        (
            json!({ "act": "cancel_change", "id": 3 }),
            json!({ "cancel_change": { "id": 3, "valid_until": until } }),
            json!([["change 3", null, "acts"]]),
        ),
        (
            json!({ "act": "apply_change", "id": 4 }),
            json!({ "apply_change": { "id": 4 } }),
            json!([["change 4", null, "acts"]]),
        ),
        (
            json!({
                "act": "upgrade", "contract": "vault", "code_id": 7, "checksum": "ab".repeat(32),
                "msg": { "note": 1 },
            }),
            json!({ "schedule_upgrade": {
                "contract": "vault", "code_id": 7, "checksum": "ab".repeat(32),
                "msg": Binary::from(br#"{"note":1}"#), "valid_until": until,
            }}),
            json!([[
                "code of the vault",
                format!("code 7, checksum {}", "ab".repeat(32)),
                "loosens"
            ]]),
        ),
        (
            json!({ "act": "upgrade", "contract": "reward_pot", "code_id": 8, "checksum": "01".repeat(32) }),
            json!({ "schedule_upgrade": {
                "contract": "reward_pot", "code_id": 8, "checksum": "01".repeat(32), "valid_until": until,
            }}),
            json!([[
                "code of the reward_pot",
                format!("code 8, checksum {}", "01".repeat(32)),
                "loosens"
            ]]),
        ),
        (
            json!({ "act": "arm_brake" }),
            json!({ "arm_brake": { "valid_until": until } }),
            json!([["the brake", null, "acts"]]),
        ),
        (
            json!({ "act": "take_brake_off" }),
            json!({ "take_brake_off": { "valid_until": until } }),
            json!([["the brake", null, "acts"]]),
        ),
        (
            json!({ "act": "accept_snapshot", "failed": [operator(1), operator(2)] }),
            json!({ "accept_snapshot": {
                "failed": [operator(1), operator(2)], "valid_until": until,
            }}),
            json!([["the last snapshot", null, "acts"]]),
        ),
    ]
}

/// The contract's message in the first message of a cw3 proposal.
fn first_call(proposal: &Value) -> Value {
    let call = &proposal["propose"]["msgs"][0]["wasm"]["execute"];
    assert_eq!(call["contract_addr"], vault());
    assert_eq!(call["funds"], json!([]));
    let message = Binary::from_base64(call["msg"].as_str().unwrap()).unwrap();
    serde_json::from_slice(&message).unwrap()
}

#[test]
fn each_act_comes_back_from_both_files() {
    for (act, message, effects) in cases() {
        let world = World::new();
        world.propose(&file(json!([act])));
        assert_eq!(first_call(&world.read("p.cw3.json")), message, "{act}");

        let is_warned_of = act["act"] == "transfer_ownership" || act["act"] == "upgrade";
        let mut seen = Vec::new();
        for name in ["p.cw3.json", "p.dao-dao.json"] {
            let (report, status) = world.inspect(name);
            assert_eq!(status, if is_warned_of { 3 } else { 0 }, "{report:#}");
            let mut row = report["messages"][0].clone();
            row["place"].take();
            seen.push(row);
        }
        assert_eq!(seen[0], seen[1], "{act}");
        let row = &seen[0];
        assert_eq!(row["contract"], vault());
        assert_eq!(
            row["name"],
            *message.as_object().unwrap().keys().next().unwrap()
        );
        let rows = row["effects"].as_array().unwrap().iter();
        let rows: Vec<Value> = rows
            .map(|row| json!([row["what"], row["then"], row["effect"]]))
            .collect();
        assert_eq!(json!(rows), effects, "{act}");
    }
}

#[test]
fn cw3_flex_and_the_vault_take_what_is_written() {
    let acts: Vec<Value> = cases().into_iter().map(|(act, ..)| act).collect();
    // no validator and no setting comes twice in a file
    for act in acts {
        let world = World::new();
        let mut file = file(json!([act]));
        file["voting_ends_at"] = json!(NOW + 86_400);
        world.propose(&file);
        let written = world.read("p.cw3.json");
        let message: cw3_flex_multisig::msg::ExecuteMsg =
            serde_json::from_value(written.clone()).unwrap();
        let cw3_flex_multisig::msg::ExecuteMsg::Propose {
            title,
            description,
            msgs,
            latest,
        } = message
        else {
            panic!("{written}");
        };
        assert_eq!(
            (title.as_str(), description.as_str()),
            ("A title", "Why.\nAnd how.")
        );
        assert_eq!(msgs.len(), 1);
        let end = cosmwasm_std::Timestamp::from_seconds(NOW + 86_400);
        assert_eq!(latest, Some(cw_utils::Expiration::AtTime(end)));
        let _: defenders_types::ExecuteMsg = serde_json::from_value(first_call(&written)).unwrap();
    }
}

#[test]
fn several_acts_keep_their_order() {
    let world = World::new();
    let acts = [
        json!({ "act": "take_brake_off" }),
        json!({ "act": "drain", "validators": [operator(1)] }),
        json!({ "act": "fee", "rate": "0.01" }),
        json!({ "act": "settings", "set": { "floor": "0.2" } }),
    ];
    world.propose(&file(json!(acts)));
    let (report, status) = world.inspect("p.dao-dao.json");
    assert_eq!(status, 0);
    let rows = report["messages"].as_array().unwrap().iter();
    let names: Vec<&str> = rows.map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "take_brake_off",
            "drain_validators",
            "propose_settings",
            "propose_settings"
        ]
    );
}

#[test]
fn who_proposes_is_warned_on_standard_error() {
    let world = World::new();
    let act = json!({ "act": "transfer_ownership", "to": account(5) });
    world.write("in.json", &file(json!([act])));
    let said = format!("{} becomes the owner as soon as it accepts", account(5));
    let output = world.run(&["propose", "in.json"]);
    assert_eq!(output.status.code(), Some(0));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors, format!("warning: propose.msgs[0]: {said}\n"));
    let output = world.run(&["propose", "in.json", "--json"]);
    let errors: Value = serde_json::from_slice(&output.stderr).unwrap();
    let said = format!("propose.msgs[0]: {said}");
    assert_eq!(errors, json!({ "warning": { "message": said } }));
}

#[test]
fn results_go_where_the_user_says() {
    let world = World::new();
    world.write("in.json", &file(json!([{ "act": "arm_brake" }])));
    let arguments = [
        "propose",
        "in.json",
        "--cw3",
        "a",
        "--dao-dao",
        "b",
        "--json",
    ];
    let output = world.run(&arguments);
    assert!(output.status.success());
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&said["cw3"], &said["dao_dao"]), (&json!("a"), &json!("b")));
    assert_eq!(said["proposal"], world.read("a"));
    assert_eq!(said["says"]["messages"][0]["name"], "arm_brake");
    assert_eq!(world.read("b")["actions"][0]["key"], "custom");
    assert!(!world.path("in.cw3.json").exists());

    let output = world.run(&["propose", "in.json", "--cw3", "no/such/folder"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.starts_with("error: no/such/folder: cannot be written: "),
        "{said}"
    );
}
