use serde_json::{Value, json};

use super::*;

fn validator(name: &str, external: u128, delegated: u128, change: impl Fn(&mut Value)) -> Value {
    let mut row = json!({
        "validator": name, "delegated": delegated.to_string(),
        "tokens": (external + delegated).to_string(), "external": external.to_string(),
        "listed": true, "exclusion": null, "status": "eligible", "target": "0", "cap": "0",
        "binding": null, "unbonding_entries": 0, "retry_at": null, "redelegation_locked_until": null,
        "not_bonded_since": null,
        "listing": {
            "name": null, "website": null, "contact": null, "reason": null, "listed_at": 1,
            "ends_at": null, "operator": null, "hosting": null, "jurisdiction": null,
            "max_tokens": null, "own_max_tokens": null, "own_max_later": null,
        },
    });
    change(&mut row);
    row
}

/// Three validators with 100, 200 and 300 of others, and a vault of 90.
fn rule(changes: [&dyn Fn(&mut Value); 3]) -> VaultRule {
    let [a, b, c] = changes;
    let known = json!([
        validator("a", 100, 30, a),
        validator("b", 200, 30, b),
        validator("c", 300, 20, c),
    ]);
    let known: Vec<ValidatorInfo> = serde_json::from_str(&known.to_string()).unwrap();
    let policy = json!({
        "vault_share_cap": "0.1", "chain_share_cap": null, "match_cap": null, "bond_factor": null,
        "operator_cap": "0.1", "hosting_cap": "0.25", "jurisdiction_cap": "0.5", "floor": "0",
        "max_commission_rate": "0.1", "max_commission_ceiling": null, "commission_return_period": 1,
    });
    let config = json!({
        "owner": "o", "denom": "u", "share": { "cw20": {} }, "reward_pot": "p", "bonded_pool": "b",
        "unbonding_time": 1, "power_source": "grpc",
        "fee": { "recipient": "r", "performance_fee_rate": "0", "keeper_bounty_share": "0" },
        "policy": policy, "caps_not_in_force": [],
        "parameters": serde_json::to_value(defenders_types::Parameters::default()).unwrap(),
        "guardian": null, "exit_slack": 1, "seed_shares": "1", "self_limit_warning": "0.16",
        "self_limit": "0.22",
    });
    let totals = json!({
        "total_assets": "100", "bonded": "80", "idle": "15", "restaking": "10",
        "restaking_at_marks": "10", "marked_down": "0", "locked_profit": "0", "unbonding": "0",
        "claimable": "0", "awaiting_settlement": "0", "fees_owed": "0", "reserve": "5",
        "total_shares": "100", "seed_shares": "1", "escrow_shares": "0", "capacity": "200",
        "external_bonded": "900", "synced_at": 1, "doubt": null, "refreshed_at": 1,
        "powers_stale": false, "vault_share_cap_in_force": "0.9",
    });
    let config: ConfigResponse = serde_json::from_str(&config.to_string()).unwrap();
    let totals: TotalsResponse = serde_json::from_str(&totals.to_string()).unwrap();
    VaultRule::new(&config, &totals, &known, &BTreeMap::new()).unwrap()
}

fn as_is(_: &mut Value) {}

#[test]
fn what_is_to_be_placed_leaves_out_the_reserve_and_counts_what_comes_back_for_caps() {
    let rule = rule([&as_is; 3]);
    assert_eq!((rule.total, rule.base, rule.total_bonded), (90, 100, 980));
    // 90 fills a up to 190; b has 200 alone
    assert_eq!(rule.compute().unwrap().tokens, [90, 0, 0]);
    let more = rule.with_deposit(110).unwrap();
    assert_eq!(
        (more.total, more.base, more.total_bonded),
        (200, 210, 1_090)
    );
    // 100 + 150 = 200 + 50
    assert_eq!(more.compute().unwrap().tokens, [150, 50, 0]);
}

#[test]
fn who_is_not_eligible_gets_nothing_and_own_maxima_hold() {
    let excluded = |row: &mut Value| {
        row["exclusion"] = json!("jailed");
        row["status"] = json!("waiting");
    };
    let modest = |row: &mut Value| row["listing"]["own_max_tokens"] = json!("20");
    let rule = rule([&excluded, &modest, &as_is]);
    assert_eq!(rule.compute().unwrap().tokens, [0, 20, 70]);
}

#[test]
fn groups_share_a_cap_that_short_lists_widen() {
    let hosted = |row: &mut Value| row["listing"]["hosting"] = json!("barn");
    let rule = rule([&hosted, &hosted, &as_is]);
    let [group] = rule.groups.list() else {
        panic!("{:?}", rule.groups);
    };
    // two groups of eligible ones: 1.25 / 2
    assert_eq!(group.name, "hosting barn");
    assert_eq!(group.cap.to_string(), "0.625");
    assert_eq!(group.members, [0, 1]);
    // 62 of W = 100 for both, the rest goes to c
    assert_eq!(rule.compute().unwrap().tokens, [62, 0, 28]);
}

#[test]
fn a_rule_that_gives_others_than_stated_says_so() {
    let states = |tokens: &'static str| move |row: &mut Value| row["target"] = json!(tokens);
    let (right, wrong) = (states("90"), states("70"));
    assert!(rule([&right, &as_is, &as_is]).is_as_stated().unwrap());
    assert!(!rule([&wrong, &as_is, &as_is]).is_as_stated().unwrap());
}
