//! The doors, as the page asks.

use serde_json::{Value, json};

use crate::{proposals, settings, verify};

const NOW: u64 = 1_700_000_000;

fn config() -> Value {
    json!({
        "owner": "multisig", "denom": "u", "share": { "cw20": {} }, "reward_pot": "pot",
        "bonded_pool": "pool", "unbonding_time": 1_814_400, "power_source": "grpc",
        "fee": { "recipient": "r", "performance_fee_rate": "0.05", "keeper_bounty_share": "0.1" },
        "policy": {
            "vault_share_cap": "0.1", "chain_share_cap": "0.03", "match_cap": "0.5",
            "bond_factor": null, "operator_cap": "0.1", "hosting_cap": "0.25",
            "jurisdiction_cap": "0.5", "floor": "0.25", "max_commission_rate": "0.1",
            "max_commission_ceiling": null, "commission_return_period": 1,
        },
        "caps_not_in_force": [],
        "parameters": serde_json::to_value(defenders_types::Parameters::default()).unwrap(),
        "guardian": null, "exit_slack": 604_800, "seed_shares": "1000000",
        "self_limit_warning": "0.16", "self_limit": "0.22",
    })
}

fn changes() -> Value {
    json!({ "exit_delay": 2_592_000, "has_depositors": true, "changes": [] })
}

fn contract(address: &str, letter: &str, admin: &str) -> Value {
    let code = json!({ "code_id": 4, "checksum": letter.repeat(64), "instantiators": null });
    json!({
        "address": address, "info": { "code_id": 4, "admin": admin, "label": "l" },
        "code": code, "codes": [code], "cw2": ["crates.io:defenders-vault", env!("CARGO_PKG_VERSION")],
    })
}

fn list() -> String {
    let files = [
        ("vault.wasm", "a"),
        ("reward_pot.wasm", "b"),
        ("cw3_flex_multisig.wasm", "c"),
        ("cw4_group.wasm", "d"),
    ];
    let line =
        |(file, letter): (&str, &str)| format!("{}  {file}  rustc 1.81.0\n", letter.repeat(64));
    format!("# source: 0123\n{}", files.map(line).concat())
}

/// A vault as it should be.
fn question() -> Value {
    let zero = "0";
    json!({
        "vault": contract("vault", "a", "vault"), "chain_id": "c", "height": 7, "reason": null,
        "owner": "multisig", "checksums": { "name": "checksums.txt", "text": list() },
        "facts": {
            "chain_id": "c", "height": 7, "time": NOW,
            "vault": contract("vault", "a", "vault"), "pot": contract("pot", "b", "vault"),
            "owner": contract("multisig", "c", "multisig"),
            "group": contract("group", "d", "multisig"), "group_admin": "multisig",
            "threshold": { "absolute_count": { "weight": 3, "total_weight": 5 } },
            "weights": [1, 1, 1, 1, 1], "proposals": [],
            "config": config(), "changes": changes(),
            "ownership": { "owner": "multisig", "pending_owner": null, "expires_at": null },
            "health": {
                "total_assets": zero, "evacuable": zero, "locked": zero, "locked_until": null,
                "budgets": {
                    "epoch": 1, "ends_at": NOW, "worth": zero, "quality_left": zero,
                    "emergency_left": zero, "by_owner_left": zero,
                },
                "unplaced": zero, "unplaced_because": null, "least_slack": null, "book_age": 30,
                "powers_age": 60, "powers_stale": false, "suspect": null, "is_own_admin": true,
                "chain_share": zero, "soft_limit": "0.16", "hard_limit": "0.22", "ticks_a_day": 24,
            },
            "solvency": {
                "bank_balance": zero, "idle": zero, "claimable": zero, "fees_owed": zero,
                "awaiting_settlement": zero, "surplus": "5", "deficit": zero,
                "bonded_by_book": zero, "bonded_by_chain": zero,
                "shares": {
                    "supply": zero, "supply_by_token": zero, "owned": zero, "balance": zero,
                    "surplus": zero, "deficit": zero,
                },
            },
            "pot_config": ["vault", "u"], "bond_denom": "u", "bonded_pool": "pool",
        },
    })
}

fn ask(question: &Value) -> Value {
    serde_json::from_str(&verify(&question.to_string()).unwrap()).unwrap()
}

fn finding(answer: &Value, what: &str) -> String {
    let checks = answer["report"]["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["what"] == what).unwrap();
    check["finding"].as_str().unwrap().to_string()
}

#[test]
fn a_vault_as_it_should_be_is_ok_in_every_point() {
    let answer = ask(&question());
    let report = &answer["report"];
    assert_eq!(report["is_ok"], true, "{report:#}");
    assert_eq!(report["counts"]["ok"], 22);
    assert_eq!(report["release"]["source"], "0123");
    assert!(
        answer["words"]
            .as_str()
            .unwrap()
            .starts_with("All 22 are ok.")
    );
}

#[test]
fn without_a_list_and_an_owner_it_cannot_be_told() {
    let mut asked = question();
    asked["checksums"] = Value::Null;
    asked["owner"] = Value::Null;
    let answer = ask(&asked);
    assert_eq!(answer["report"]["is_ok"], Value::Null);
    assert_eq!(answer["report"]["release"], Value::Null);
    for what in ["vault's code", "owner"] {
        assert_eq!(finding(&answer, what), "cannot_tell", "{what}");
    }
}

#[test]
fn another_owner_or_other_code_is_not_ok() {
    let mut asked = question();
    asked["owner"] = json!("somebody");
    assert_eq!(finding(&ask(&asked), "owner"), "not_ok");
    let mut asked = question();
    asked["checksums"]["text"] = json!(list().replace(&"a".repeat(64), &"0".repeat(64)));
    assert_eq!(finding(&ask(&asked), "vault's code"), "not_ok");
}

/// Any contract can own a vault, and answer anything; any can call itself a vault.
#[test]
fn what_does_not_answer_as_it_should_is_never_ok() {
    let mut asked = question();
    asked["facts"]["threshold"] = json!({ "absolute_count": "many" });
    asked["facts"]["weights"] = json!([1.5, -1]);
    assert_eq!(finding(&ask(&asked), "how many decide"), "cannot_tell");
    let mut asked = question();
    asked["facts"]["health"] = json!("well");
    let answer = ask(&asked);
    assert_eq!(answer["report"]["is_ok"], false);
    assert_eq!(finding(&answer, "what it answers"), "not_ok");
    let mut asked = question();
    asked["facts"] = Value::Null;
    asked["reason"] = json!("no such message");
    let answer = ask(&asked);
    let because = answer["report"]["checks"][0]["because"].as_str().unwrap();
    assert!(because.ends_with("no such message"), "{because}");
}

#[test]
fn a_list_of_something_else_is_refused() {
    let mut asked = question();
    asked["checksums"]["text"] = json!("<html>");
    let error = verify(&asked.to_string()).unwrap_err().to_string();
    assert!(error.starts_with("this is no list of checksums"), "{error}");
    let error = verify("{}").unwrap_err().to_string();
    assert!(error.contains("not understood"), "{error}");
}

fn proposal(id: u64, title: &str, act: &Value) -> Value {
    let msg = cosmwasm_std::Binary::from(act.to_string().into_bytes()).to_base64();
    json!({
        "answer": {
            "id": id, "title": title, "description": "one\ntwo \u{202e}three", "status": "open",
            "msgs": [{ "wasm": { "execute": { "contract_addr": "vault", "msg": msg, "funds": [] } } }],
            "expires": { "at_time": ((NOW + 60) * 1_000_000_000).to_string() },
            "threshold": { "absolute_count": { "weight": 3, "total_weight": 5 } },
            "proposer": "p", "deposit": null,
        },
        "votes": [{ "voter": "p", "vote": "yes", "weight": 1 }],
    })
}

fn ask_proposals(all: &[Value], proposed: &Value) -> Value {
    let question = json!({
        "multisig": "multisig", "chain_id": "c", "height": 7, "time": NOW, "proposals": all,
        "setup": { "max_voting_period": { "time": 60 }, "proposal_deposit": null, "executor": "member" },
        "vault": {
            "address": "vault", "config": config(), "changes": changes(), "validators": [],
            "checksums": list(), "code": null, "pot_code": null, "proposed": proposed,
        },
    });
    serde_json::from_str(&proposals(&question.to_string()).unwrap()).unwrap()
}

#[test]
fn proposals_are_counted_and_told_in_words() {
    let act = json!({ "propose_settings": {
        "settings": [{ "name": "performance_fee_rate", "value": "0.08" }], "valid_until": NOW + 100,
    }});
    let answer = ask_proposals(&[proposal(7, "Raise", &act)], &json!({}));
    let report = &answer["proposals"][0]["report"];
    assert_eq!(report["count"]["status"], "open");
    assert_eq!(report["count"]["votes"]["yes"], 1);
    let effect = &report["messages"][0]["effects"][0];
    assert_eq!(
        (&effect["now"], &effect["then"]),
        (&json!("0.05"), &json!("0.08"))
    );
    assert_eq!(effect["effect"], "loosens");
    assert_eq!(effect["earliest"], NOW + 2_592_000);
    assert_eq!(answer["executor"], "every member");
}

#[test]
fn letters_that_cannot_be_seen_are_spelt_out_and_lines_stay_lines() {
    let act = json!({ "arm_brake": { "valid_until": NOW + 100 } });
    let answer = ask_proposals(&[proposal(7, "Raise\u{200b}", &act)], &json!({}));
    let report = &answer["proposals"][0]["report"];
    assert_eq!(report["title"], "Raise\\u{200b}");
    assert_eq!(report["description"], "one\ntwo \\u{202e}three");
}

#[test]
fn an_upgrade_names_its_code_and_is_compared_with_the_chains() {
    let act = json!({ "schedule_upgrade": {
        "contract": "vault", "code_id": 9, "checksum": "a".repeat(64), "msg": null, "valid_until": NOW + 100,
    }});
    let all = [proposal(7, "Upgrade", &act)];
    let answer = ask_proposals(&all, &json!({}));
    assert_eq!(answer["code_ids"], json!([9]));
    let told = |answer: &Value| answer["proposals"][0]["report"]["warnings"].to_string();
    assert!(told(&answer).contains("CODE: "), "{answer:#}");
    assert!(!told(&answer).contains("the chain has none"));
    let answer = ask_proposals(&all, &json!({ "9": null }));
    assert!(told(&answer).contains("the chain has none of that number"));
}

/// One that nobody can read does not hide the others.
#[test]
fn what_is_no_proposal_is_told_and_the_others_stay() {
    let act = json!({ "arm_brake": { "valid_until": NOW + 100 } });
    let mut broken = proposal(8, "x", &act);
    broken["answer"]["threshold"] = json!(null);
    let answer = ask_proposals(&[broken, proposal(7, "y", &act)], &json!({}));
    assert_eq!(answer["proposals"][0]["report"], Value::Null);
    assert!(answer["proposals"][0]["error"].is_string());
    assert_eq!(answer["proposals"][1]["report"]["title"], "y");
}

#[test]
fn settings_are_told_with_what_waits() {
    let mut changes = changes();
    changes["changes"] = json!([{
        "id": 3, "scheduled_at": NOW, "due_at": NOW + 10, "expires_at": NOW + 20,
        "change": { "setting": { "name": "floor", "now": "0.25", "then": "0.5" } },
    }]);
    let question = json!({ "config": config(), "changes": changes, "time": NOW });
    let rows: Value = serde_json::from_str(&settings(&question.to_string()).unwrap()).unwrap();
    let rows = rows.as_array().unwrap();
    let floor = rows.iter().find(|row| row["name"] == "floor").unwrap();
    assert_eq!(floor["waits"]["then"], "0.5");
    assert_eq!(floor["bounds"], json!(["0", "1"]));
}
