//! `defenders targets`.

use serde_json::{Value, json};

use crate::program::{self, File};
use crate::readme::example;

fn targets(input: &Value) -> Value {
    program::json(&["targets", "--input", File::new(input.to_string()).path()])
}

/// A file without caps but the vault's share, in which everybody is eligible.
fn plain(total: &str, vault_share_cap: &str, validators: &[(&str, &str)]) -> Value {
    let row = |(validator, external): &(&str, &str)| json!({ "validator": validator, "external": external, "eligible": true });
    json!({
        "total": total,
        "total_bonded": "0",
        "policy": { "vault_share_cap": vault_share_cap, "floor": "0" },
        "validators": validators.iter().map(row).collect::<Vec<_>>(),
    })
}

/// (validator, tokens, cap, binding) of each row.
fn rows(result: &Value) -> Vec<[&str; 4]> {
    let rows = result["targets"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            let fields = row.as_object().unwrap();
            assert_eq!(fields.len(), 4, "{row}");
            ["validator", "tokens", "cap", "binding"].map(|field| row[field].as_str().unwrap())
        })
        .collect()
}

#[test]
fn example_of_the_readme_is_what_the_program_prints() {
    let (input, result) = example();
    let file = File::new(input);
    let printed = program::json(&["targets", "--input", file.path()]);
    assert_eq!(printed, serde_json::from_str::<Value>(result).unwrap());
}

#[test]
fn table_tells_the_same_to_a_person() {
    let file = File::new(example().0);
    let table = program::output(&["targets", "--input", file.path()]);
    assert!(
        table.starts_with("1'001 base units, 1'001 placed on 4 of 6 validators, 0 unplaced\n"),
        "{table}"
    );
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let expected = vec![
        "c",
        "300",
        "350",
        "34.96",
        "%",
        "650",
        "600",
        "group:north",
        "hosting",
    ];
    assert!(rows.contains(&expected), "{table}");
}

#[test]
fn null_and_absent_mean_the_same() {
    let mut input: Value = serde_json::from_str(example().0).unwrap();
    input["policy"]["bond_factor"] = Value::Null;
    let with_nulls = targets(&input);

    fn strip(value: &mut Value) {
        match value {
            Value::Array(elements) => elements.iter_mut().for_each(strip),
            Value::Object(fields) => {
                fields.retain(|_, field| *field != Value::Null && *field != json!([]));
                fields.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let mut stripped = input.clone();
    strip(&mut stripped);
    assert_ne!(stripped, input);
    assert_eq!(targets(&stripped), with_nulls);
}

#[test]
fn order_of_the_file_changes_nothing() {
    let (input, _) = example();
    let mut input: Value = serde_json::from_str(input).unwrap();
    let expected = targets(&input);
    for _ in 0..5 {
        input["validators"].as_array_mut().unwrap().rotate_left(1);
        assert_eq!(targets(&input), expected);
    }
    input["validators"].as_array_mut().unwrap().reverse();
    assert_eq!(targets(&input), expected);
}

#[test]
fn addresses_stand_in_the_order_of_their_bytes_and_break_ties_in_it() {
    // U+FF5A comes before U+10400 in UTF-8, and after it in UTF-16
    let names = ["\u{10400}", "a", "\u{ff5a}", "B", "ab"];
    let rows_given = names.map(|name| (name, "0"));
    let result = targets(&plain("3", "1", &rows_given));
    let expected = [
        ("B", "1"),
        ("a", "1"),
        ("ab", "1"),
        ("\u{ff5a}", "0"),
        ("\u{10400}", "0"),
    ];
    let told: Vec<_> = rows(&result).iter().map(|row| (row[0], row[1])).collect();
    assert_eq!(told, expected);
}

#[test]
fn amounts_beyond_64_bits_are_exact_to_the_unit() {
    // 10^30 + 1 over two: floor(0.333333333333333333 x T) each
    let total = "1000000000000000000000000000001";
    let result = targets(&plain(
        total,
        "0.333333333333333333",
        &[("a", "7"), ("b", "9")],
    ));
    let cap = "333333333333333333000000000000";
    assert_eq!(
        rows(&result),
        [
            ["a", cap, cap, "vault_share"],
            ["b", cap, cap, "vault_share"]
        ]
    );
    assert_eq!(result["unplaced"], "333333333333333334000000000001");

    // level L = (10^30 + 1 + 16) / 2, so 8.5 each above a common level of nothing: a gets one more
    let result = targets(&plain(total, "1", &[("a", "7"), ("b", "9")]));
    let [a, b] = [
        "500000000000000000000000000002",
        "499999999999999999999999999999",
    ];
    assert_eq!(
        rows(&result),
        [["a", a, total, "none"], ["b", b, total, "none"]]
    );
}

#[test]
fn match_cap_is_one_rounding_of_the_whole_fraction() {
    // g / (1 - g) = 333333333333333333 / 666666666666666667, times 10^27, rounded down
    let external = "1000000000000000000000000000";
    let mut input = plain(external, "1", &[("a", external)]);
    input["policy"]["match_cap"] = "0.333333333333333333".into();
    let cap = "499999999999999999250000000";
    assert_eq!(rows(&targets(&input)), [["a", cap, cap, "match"]]);
}

#[test]
fn unknown_self_bond_counts_nothing_where_a_bond_factor_is_set() {
    let mut input = plain("100", "1", &[("a", "0"), ("b", "0"), ("c", "0")]);
    input["policy"]["bond_factor"] = "2.5".into();
    input["validators"][0]["self_bond"] = Value::Null;
    input["validators"][1]["self_bond"] = "3".into();
    let expected = [
        ["a", "0", "0", "bond"],
        ["b", "7", "7", "bond"], // floor(2.5 x 3)
        ["c", "0", "0", "bond"],
    ];
    assert_eq!(rows(&targets(&input)), expected);
    input["policy"]["bond_factor"] = Value::Null;
    let tokens: Vec<_> = rows(&targets(&input))
        .iter()
        .map(|row| row[1].to_string())
        .collect();
    assert_eq!(tokens, ["34", "33", "33"]);
}

#[test]
fn of_equal_caps_the_first_is_named_and_of_full_groups_the_first_by_name() {
    let mut input = plain(
        "100",
        "0.1",
        &[("a", "10"), ("b", "10"), ("c", "90"), ("d", "500")],
    );
    input["total_bonded"] = "1000".into();
    input["policy"]["chain_share_cap"] = "0.1".into();
    input["policy"]["match_cap"] = "0.5".into();
    for validator in input["validators"].as_array_mut().unwrap() {
        validator["own_max"] = "10".into();
        validator["owner_max"] = "11".into();
    }
    // a: 10 by its vault share, match and own maximum; c: 10 by vault share, chain share, own maximum
    let expected = [
        ["a", "10", "10", "vault_share"],
        ["b", "10", "10", "vault_share"],
        ["c", "10", "10", "vault_share"],
        ["d", "0", "0", "chain_share"],
    ];
    assert_eq!(rows(&targets(&input)), expected);

    input["policy"]["vault_share_cap"] = "1".into();
    let bindings: Vec<_> = rows(&targets(&input))
        .iter()
        .map(|row| row[3].to_string())
        .collect();
    assert_eq!(bindings, ["match", "match", "chain_share", "chain_share"]);

    // a takes 2 and both groups are full: b's groups in byte order are "Z", "k"
    input["groups"] = json!([{ "group": "k", "cap": "0.04" }, { "group": "Z", "cap": "0.04" }]);
    for index in 0..2 {
        input["validators"][index]["groups"] = json!(["k", "Z"]);
    }
    let expected = [
        ["a", "2", "10", "group:Z"],
        ["b", "2", "10", "group:Z"],
        ["c", "10", "10", "chain_share"],
        ["d", "0", "0", "chain_share"],
    ];
    assert_eq!(rows(&targets(&input)), expected);
}

#[test]
fn shares_above_one_are_used_as_given() {
    let mut input = plain("100", "1.25", &[("a", "0")]);
    assert_eq!(rows(&targets(&input)), [["a", "100", "125", "none"]]);
    input["groups"] = json!([{ "group": "g", "cap": "1.25" }]);
    input["validators"][0]["groups"] = json!(["g"]);
    input["policy"]["floor"] = "3".into();
    assert_eq!(rows(&targets(&input)), [["a", "100", "125", "none"]]);
}

#[test]
fn nobody_to_give_to_leaves_everything_unplaced() {
    let targets = |input: &Value, why: &str| {
        let file = File::new(input.to_string());
        let (result, warning) = program::json_and_warning(&["targets", "--input", file.path()]);
        let warned = format!("everything is unplaced, all of the total of 5: {why}");
        assert_eq!(warning, warned);
        result
    };
    let result = targets(&plain("5", "1", &[]), "there is no validator");
    assert_eq!(result, json!({ "targets": [], "unplaced": "5" }));
    let mut input = plain("5", "1", &[("a", "1")]);
    input["validators"][0]["eligible"] = false.into();
    let result = targets(&input, "1 bound by ineligible");
    assert_eq!(rows(&result), [["a", "0", "0", "ineligible"]]);
    assert_eq!(result["unplaced"], "5");
}
