//! `defenders plan`.

use serde_json::{Value, json};

use crate::program::{self, File};
use crate::readme::plan_example;

fn plan(input: &Value) -> Value {
    program::json(&["plan", "--input", File::new(input.to_string()).path()])
}

/// The file of the README.
fn example() -> Value {
    serde_json::from_str(plan_example().0).unwrap()
}

/// (kind, source, destination, tokens, reason) of each move.
fn moves(result: &Value) -> Vec<String> {
    let fields = [
        "kind",
        "source_validator",
        "destination_validator",
        "tokens",
        "reason",
    ];
    let rows = result["moves"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            fields
                .map(|field| row[field].as_str().unwrap_or("-"))
                .join(" ")
        })
        .collect()
}

#[test]
fn example_of_the_readme_is_what_the_planner_prints() {
    let result: Value = serde_json::from_str(plan_example().1).unwrap();
    assert_eq!(plan(&example()), result);
}

#[test]
fn tables_tell_the_plan_to_a_person() {
    let file = File::new(plan_example().0);
    let tables = program::output(&["plan", "--input", file.path()]);
    assert!(tables.starts_with("3 moves\n"), "{tables}");
    let rows: Vec<String> = tables
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for row in [
        "undelegate f 80 drained",
        "redelegate a c 70 quality",
        "b 50 pinned",
        "quality 75 5 70 0",
    ] {
        assert!(rows.iter().any(|other| other == row), "{row}: {tables}");
    }
}

#[test]
fn each_field_of_the_plan_changes_it() {
    let mut input = example();
    // the redelegation into b has completed by now, and a, which stands higher, had the budget
    input["now"] = json!(1_700_000_500);
    assert_eq!(plan(&input)["held_back"][1]["why"], "budget");

    let mut input = example();
    input["redelegations"] = Value::Null;
    assert!(moves(&plan(&input)).contains(&"redelegate a d 70 quality".to_string()));
    input["redelegations"] =
        json!([{ "source_validator": "e", "destination_validator": "d", "entries": 7 }]);
    assert!(moves(&plan(&input)).contains(&"redelegate e c 120 jailed".to_string()));

    let mut input = example();
    input["validators"][5]["unbonding_entries"] = json!(7);
    let result = plan(&input);
    assert_eq!(moves(&result).len(), 2);
    assert_eq!(
        result["held_back"][2],
        json!({ "validator": "f", "tokens": "80", "why": "no_slot" })
    );
    input["max_entries"] = json!(8);
    assert_eq!(moves(&plan(&input)).len(), 3);

    let mut input = example();
    input["validators"][4]["state"] = json!("waiting");
    let result = plan(&input);
    assert!(
        moves(&result)
            .iter()
            .all(|planned| !planned.contains(" e "))
    );
    assert_eq!(result["held_back"][2]["why"], "waiting");

    let mut input = example();
    input["budgets"]["spent"] = json!({ "quality": "75", "emergency": "190" });
    assert_eq!(moves(&plan(&input)), ["redelegate e d 10 jailed"]);

    let mut input = example();
    input["budgets"]["owner"] = json!("0.05");
    input["budgets"]["spent"]["owner"] = json!("20");
    let result = plan(&input);
    assert!(moves(&result).contains(&"undelegate f - 30 drained".to_string()));
    let owner = json!({ "limit": "50", "spent": "20", "planned": "30", "left": "0" });
    assert_eq!(result["budgets"]["owner"], owner);

    let mut input = example();
    input["snapshot"] = json!("suspect");
    let result = plan(&input);
    assert_eq!(moves(&result).len(), 2);
    assert_eq!(result["held_back"][0]["why"], "snapshot");
    input["snapshot"] = json!("stale");
    assert!(moves(&plan(&input)).contains(&"undelegate e - 120 jailed".to_string()));

    let mut input = example();
    input["validators"][4]["redelegation_refused"] = json!(true);
    assert!(moves(&plan(&input)).contains(&"undelegate e - 120 jailed".to_string()));
    input["validators"][4]["state"] = json!("ended");
    let result = plan(&input);
    assert_eq!(moves(&result).last().unwrap(), "undelegate e - 120 ended");

    let mut input = example();
    input["validators"][0]["own_max"] = json!("250");
    assert!(moves(&plan(&input)).contains(&"redelegate a c 50 own_max".to_string()));

    let mut input = example();
    input["max_moves"] = json!(1);
    assert_eq!(moves(&plan(&input)).len(), 1);
    let mut input = example();
    input["min_move"] = json!("71");
    assert_eq!(moves(&plan(&input)).len(), 2);
    let mut input = example();
    input["dead_band"] = json!("301");
    assert_eq!(moves(&plan(&input)).len(), 2);
}

#[test]
fn amounts_of_a_plan_are_exact_beyond_64_bits() {
    let most = "100000000000000000000000000000000001";
    let result = plan(&json!({
        "total": most,
        "total_bonded": most,
        "policy": { "vault_share_cap": "1", "floor": "0" },
        "validators": [
            { "validator": "a", "external": "0", "eligible": false, "held": most },
            { "validator": "b", "external": "0", "eligible": true, "held": "0" },
        ],
        "now": 0,
        "budgets": { "quality": "0", "emergency": "1" },
        "max_moves": 1,
    }));
    assert_eq!(
        moves(&result),
        [format!("redelegate a b {most} ineligible")]
    );
}

/// Every refusal names its place, ends with status 2 and prints nothing.
#[test]
fn wrong_plan_file_is_refused_with_its_place() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 18] = [
        (|v| v["extra"] = json!(1), "extra: unknown field"),
        (
            |v| v["validators"][0]["hold"] = json!("1"),
            "validators[0].hold: unknown field",
        ),
        (
            |v| v["validators"][0]["held"] = json!(300),
            "validators[0].held: expected an amount",
        ),
        (
            |v| v["validators"][0]["held"] = Value::Null,
            "validators[0].held: ",
        ),
        (
            |v| v["validators"][1]["pinned_until"] = json!("1700000500"),
            "validators[1].pinned_until: expected an integer",
        ),
        (
            |v| v["validators"][1]["pinned_until"] = json!(-1),
            "validators[1].pinned_until: expected an integer",
        ),
        (
            |v| v["validators"][4]["unbonding_entries"] = json!(4_294_967_296u64),
            "validators[4].unbonding_entries: expected an integer",
        ),
        (
            |v| v["validators"][4]["state"] = json!("gone"),
            "validators[4].state: expected staying, waiting",
        ),
        (
            |v| v["validators"][4]["state"] = json!("staying"),
            "validators[4].state: expected another state",
        ),
        (
            |v| v["validators"][0]["state"] = json!("drained"),
            "validators[0].state: expected the state staying",
        ),
        (
            |v| v["validators"][1]["validator"] = json!("a"),
            "validators[1].validator: \"a\" is given twice",
        ),
        (
            |v| v["validators"][1]["groups"] = json!(["south"]),
            "validators[1].groups[0]: there is no group \"south\"",
        ),
        (
            |v| v["redelegations"][0]["source_validator"] = json!("z"),
            "redelegations[0].source_validator: there is no validator \"z\"",
        ),
        (
            |v| v["redelegations"] = json!([v["redelegations"][0], v["redelegations"][0]]),
            "redelegations[1]: \"a -> d\" is given twice, first at redelegations[0]",
        ),
        (
            |v| v["snapshot"] = json!("old"),
            "snapshot: expected trusted, suspect or stale",
        ),
        (|v| v["now"] = json!(1.5), "now: expected an integer"),
        (
            |v| v["budgets"]["quality"] = json!("7.5 %"),
            "budgets.quality: expected a decimal number",
        ),
        (|v| v["max_moves"] = Value::Null, "max_moves: "),
    ];
    for (change, message) in cases {
        let mut input = example();
        change(&mut input);
        let file = File::new(input.to_string());
        let said = program::refusal(&["plan", "--input", file.path(), "--json"]);
        assert!(
            said.contains(&format!("{}: {message}", file.path())),
            "{said}"
        );
    }
}

#[test]
fn plan_of_more_than_128_bits_is_refused() {
    let mut input = example();
    input["validators"][0]["held"] = json!(u128::MAX.to_string());
    let file = File::new(input.to_string());
    let said = program::refusal(&["plan", "--input", file.path()]);
    assert!(said.contains("exceed 128 bits"), "{said}");
}
