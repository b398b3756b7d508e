use serde_json::{Value, json};

use crate::answer;

const MOST: &str = "340282366920938463463374607431768211455";

/// A vault's row.
fn known(name: &str, external: u64, delegated: u64, operator: Option<&str>) -> Value {
    json!({
        "validator": name, "delegated": delegated.to_string(),
        "tokens": (external + delegated).to_string(), "external": external.to_string(),
        "listed": true, "exclusion": null, "status": "eligible", "target": "0", "cap": "0",
        "binding": null, "unbonding_entries": 0, "retry_at": null,
        "redelegation_locked_until": null, "not_bonded_since": null,
        "listing": {
            "name": null, "website": null, "contact": null, "reason": null, "listed_at": 1,
            "ends_at": null, "operator": operator, "hosting": null, "jurisdiction": null,
            "max_tokens": null, "own_max_tokens": null, "own_max_later": null,
        },
    })
}

/// a, b and c with 100, 200 and 300 of others and 30, 30 and 20 of a vault; d with 1,000 of others.
pub(crate) fn question(change: impl Fn(&mut Value)) -> Value {
    let mut question = json!({
        "validators": [
            { "validator": "a", "tokens": "130", "delegated": "30" },
            { "validator": "d", "tokens": "1000", "delegated": "0" },
            { "validator": "b", "tokens": "230", "delegated": "30" },
            { "validator": "c", "tokens": "320", "delegated": "20" },
        ],
        "vault": {
            "config": {
                "owner": "o", "denom": "u", "share": { "cw20": {} }, "reward_pot": "p",
                "bonded_pool": "b", "unbonding_time": 1, "power_source": "grpc",
                "fee": { "recipient": "r", "performance_fee_rate": "0", "keeper_bounty_share": "0" },
                "policy": {
                    "vault_share_cap": "1", "chain_share_cap": null, "match_cap": null,
                    "bond_factor": null, "operator_cap": "1", "hosting_cap": "1",
                    "jurisdiction_cap": "1", "floor": "0", "max_commission_rate": "0.1",
                    "max_commission_ceiling": null, "commission_return_period": 1,
                },
                "caps_not_in_force": [],
                "parameters": serde_json::to_value(defenders_types::Parameters::default()).unwrap(),
                "guardian": null, "exit_slack": 1, "seed_shares": "1",
                "self_limit_warning": "0.16", "self_limit": "0.22",
            },
            "totals": {
                "total_assets": "80", "bonded": "80", "idle": "0", "restaking": "0",
                "restaking_at_marks": "0", "marked_down": "0", "locked_profit": "0",
                "unbonding": "0", "claimable": "0", "awaiting_settlement": "0", "fees_owed": "0",
                "reserve": "0", "total_shares": "80", "seed_shares": "1", "escrow_shares": "0",
                "capacity": "900", "external_bonded": "1600", "synced_at": 1, "doubt": null,
                "refreshed_at": 1, "powers_stale": false, "vault_share_cap_in_force": "1",
            },
            "validators": [
                known("a", 100, 30, None), known("b", 200, 30, None), known("c", 300, 20, None),
            ],
        },
        "deposit": null,
    });
    change(&mut question);
    question
}

fn ask(question: &Value) -> Value {
    let answered = answer(&question.to_string());
    serde_json::from_str(&answered.unwrap()).unwrap()
}

fn refusal(change: impl Fn(&mut Value)) -> String {
    answer(&question(change).to_string())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_curve_is_the_largest_first_and_cut_after_a_third() {
    let answer = ask(&question(|_| ()));
    let curve = answer["curve"].as_array().unwrap();
    let names: Vec<_> = curve.iter().map(|point| &point["validator"]).collect();
    assert_eq!(names, ["d", "c", "b", "a"]);
    // 1000 of 1680
    assert_eq!(curve[0]["cumulative"], "0.595238095238095238");
    assert_eq!(curve[3]["cumulative"], "1");
    assert_eq!(curve[0]["is_in_third"], true);
    assert_eq!(curve[1]["is_in_third"], false);
    assert_eq!(answer["with"]["nakamoto_third"], 1);
    assert_eq!(answer["with"]["nakamoto_two_thirds"], 2);
    // 1680^2 / (1000^2 + 320^2 + 230^2 + 130^2), and 1600^2 / (1000^2 + 300^2 + 200^2 + 100^2)
    assert_eq!(answer["with"]["effective"], "2.40778");
    assert_eq!(answer["without"]["effective"], "2.245614");
    assert_eq!(answer["delegated"], "80");
    assert_eq!(answer["by_operator"], Value::Null);
}

#[test]
fn a_deposit_goes_where_the_rule_puts_it_or_to_the_largest() {
    let answer = ask(&question(|question| question["deposit"] = json!("120")));
    let deposit = &answer["deposit"];
    // 200 to place over 100 and 200 of others: 150 and 50, and nothing on c
    assert_eq!(
        deposit["gains"],
        json!([
            { "validator": "a", "tokens": "120" }, { "validator": "b", "tokens": "20" },
        ])
    );
    assert_eq!(deposit["unplaced"], "0");
    // 1800^2 / (1000^2 + 300^2 + 250^2 + 250^2), and 1800^2 / (1120^2 + 320^2 + 230^2 + 130^2)
    assert_eq!(deposit["here"]["effective"], "2.666666");
    assert_eq!(deposit["at_top"]["effective"], "2.271134");
    assert_eq!(deposit["top_validator"], "d");
}

#[test]
fn validators_of_one_operator_count_as_one() {
    let answer = ask(&question(|question| {
        question["vault"]["validators"] = json!([
            known("a", 100, 30, Some("x")),
            known("b", 200, 30, Some("x")),
            known("c", 300, 20, None),
        ]);
    }));
    assert_eq!(answer["by_operator"]["with"]["holders"], 3);
    assert_eq!(answer["with"]["holders"], 4);
}

#[test]
fn lesson_17_amounts_up_to_128_bits_keep_every_digit() {
    let alone = json!({
        "validators": [{ "validator": "a", "tokens": MOST, "delegated": "0" }],
        "vault": null, "deposit": null,
    });
    let answer = ask(&alone);
    assert_eq!(answer["tokens"], MOST);
    assert_eq!(answer["curve"][0]["tokens"], MOST);
    assert_eq!(answer["curve"][0]["cumulative"], "1");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let more = refusal(|question| question["validators"][0]["delegated"] = json!("131"));
    assert_eq!(
        more,
        "the vault has 131 on a, which has 130: read the chain again"
    );
    let floats = refusal(|question| question["validators"][0]["tokens"] = json!(130));
    assert!(floats.starts_with("not understood"), "{floats}");
    let nowhere = refusal(|question| {
        question["vault"] = json!(null);
        question["deposit"] = json!("5");
    });
    assert!(
        nowhere.starts_with("a deposit of 5 needs a vault"),
        "{nowhere}"
    );
    let bond = refusal(|question| {
        question["vault"]["config"]["policy"]["bond_factor"] = json!("20");
        question["deposit"] = json!("5");
    });
    assert_eq!(
        bond,
        "the vault's bond factor is in force, and the own stake of a was not told"
    );
    let large = refusal(|question| question["deposit"] = json!(MOST));
    assert!(large.contains(MOST), "{large}");
}

#[test]
fn a_bond_factor_goes_by_what_operators_have_at_stake_themselves() {
    let answer = ask(&question(|question| {
        question["vault"]["config"]["policy"]["bond_factor"] = json!("2");
        question["vault"]["self_bonds"] = json!({ "a": "45", "b": "0", "c": "50" });
        question["deposit"] = json!("120");
    }));
    // twice what is its own: 90 for a, nothing for b, 100 for c, which has more of others than both
    assert_eq!(
        answer["deposit"]["gains"],
        json!([
            { "validator": "c", "tokens": "80" }, { "validator": "a", "tokens": "60" },
        ])
    );
    assert_eq!(answer["deposit"]["unplaced"], "10");
}

#[test]
fn an_empty_chain_has_an_answer() {
    let answer = ask(&json!({ "validators": [], "vault": null, "deposit": null }));
    assert_eq!(answer["with"]["nakamoto_third"], 0);
    assert_eq!(answer["curve"], json!([]));
}
