//! `defenders concentration`.

use serde_json::{Value, json};

use crate::metrics::{metrics, ratio};
use crate::program::{self, File};
use crate::readme::concentration_example;
use crate::sets;

const ONE: u128 = 1_000_000_000_000_000_000;

fn concentration(set: &File, arguments: &[&str]) -> Value {
    program::json(&[&["concentration", "--validators", set.path()], arguments].concat())
}

pub const STAKES: [(&str, u128); 8] = [
    ("a", 900),
    ("b", 400),
    ("c", 400),
    ("d", 250),
    ("e", 120),
    ("f", 60),
    ("g", 60),
    ("h", 7),
];

fn values(rows: &[(&str, u128)]) -> Vec<u128> {
    rows.iter().map(|(_, tokens)| *tokens).collect()
}

#[test]
fn example_of_the_readme_is_what_the_program_prints() {
    let [set, book, groups, result] = concentration_example();
    let (set, book, groups) = (File::new(set), File::new(book), File::new(groups));
    let arguments = [
        "--book",
        book.path(),
        "--groups",
        groups.path(),
        "--threshold",
        "5000",
    ];
    let mut report = concentration(&set, &arguments);
    assert_eq!(report["set"], set.path());
    report["set"] = "set.csv".into();
    assert_eq!(report, serde_json::from_str::<Value>(result).unwrap());
}

#[test]
fn every_metric_is_its_definition() {
    let set = sets::bonded(&STAKES);
    let report = concentration(&set, &["--threshold", "5000", "--threshold", "1"]);
    let expected = json!({
        "set": set.path(),
        "tokens": { "with": "2197", "without": null, "after": null },
        "deposit": null,
        "by_validator": {
            "with": metrics(&values(&STAKES), &[5_000, 1]),
            "without": null,
            "after": null,
        },
        "by_operator": null,
    });
    assert_eq!(report, expected);
}

#[test]
fn shipped_sets_have_their_known_numbers() {
    for (set, tokens, third, two_thirds, effective) in [
        ("cosmoshub-2022-10", "206645447020949", 7, 24, "36.812455"),
        ("osmosis-2021-07", "19888836", 4, 11, "16.9"),
    ] {
        let report = program::json(&["concentration", "--set", set]);
        let with = &report["by_validator"]["with"];
        assert_eq!(report["set"], set);
        assert!(
            report["tokens"]["with"]
                .as_str()
                .unwrap()
                .starts_with(tokens),
            "{report}"
        );
        assert_eq!(with["nakamoto_third"], third);
        assert_eq!(with["nakamoto_two_thirds"], two_thirds, "{report}");
        assert!(
            with["effective"].as_str().unwrap().starts_with(effective),
            "{report}"
        );
    }
}

#[test]
fn who_is_not_bonded_does_not_count() {
    let rest = r#"{"validators":[
        {"operator_address":"a","status":"BOND_STATUS_BONDED","jailed":false,"tokens":"30",
         "commission":{"commission_rates":{"rate":"0"}}},
        {"operator_address":"b","status":"BOND_STATUS_UNBONDED","jailed":false,"tokens":"500",
         "commission":{"commission_rates":{"rate":"0"}}}]}"#;
    let table = [
        sets::line("a", "bonded", false, 30),
        sets::line("b", "unbonding", false, 500),
        sets::line("c", "bonded", true, 600),
        sets::line("d", "bonded", false, 0),
    ];
    for text in [rest.to_string(), table.concat()] {
        let report = concentration(&File::new(text), &[]);
        assert_eq!(report["tokens"]["with"], "30");
        assert_eq!(report["by_validator"]["with"], metrics(&[30], &[]));
    }
}

#[test]
fn book_is_part_of_the_stake_and_missing_without_it() {
    let set = sets::bonded(&STAKES);
    let rows = r#"[{"validator":"h","tokens":"7"},{"tokens":"100","validator":"d"}]"#;
    for book in [rows, "validator,tokens\nd,100\nh,7\n"] {
        let report = concentration(&set, &["--book", File::new(book).path()]);
        let states = &report["by_validator"];
        assert_eq!(states["with"], metrics(&values(&STAKES), &[]));
        let without = [900, 400, 400, 150, 120, 60, 60, 0];
        assert_eq!(states["without"], metrics(&without, &[]));
        assert_eq!(states["without"]["holders"], 7);
        let tokens = json!({ "with": "2197", "without": "2090", "after": null });
        assert_eq!(report["tokens"], tokens);
    }
}

#[test]
fn validators_of_one_group_count_as_one() {
    let set = sets::bonded(&STAKES);
    let groups = File::new("validator,group\nb,x\nh,y\ne,x\nf,y\ng,y\n");
    let book = File::new("validator,tokens\ne,20\ng,60\n");
    let report = concentration(&set, &["--groups", groups.path(), "--book", book.path()]);
    let states = &report["by_operator"];
    assert_eq!(states["with"], metrics(&[900, 520, 400, 250, 127], &[]));
    assert_eq!(states["without"], metrics(&[900, 500, 400, 250, 67], &[]));
    assert_eq!(
        report["by_validator"]["with"],
        metrics(&values(&STAKES), &[])
    );
}

/// What `targets` says of the vault: (validator, tokens), and the unplaced.
fn targets(input: &Value) -> (Vec<(String, u128)>, u128) {
    let file = File::new(input.to_string());
    let result = program::json(&["targets", "--input", file.path()]);
    let tokens = |value: &Value| value.as_str().unwrap().parse::<u128>().unwrap();
    let rows = result["targets"].as_array().unwrap().iter();
    let rows = rows.map(|row| {
        let validator = row["validator"].as_str().unwrap();
        (validator.to_string(), tokens(&row["tokens"]))
    });
    (rows.collect(), tokens(&result["unplaced"]))
}

#[test]
fn deposit_stands_where_targets_puts_the_whole_vault() {
    let set = sets::bonded(&STAKES);
    // the vault has 107 already; a alone holds a third of the other 2090
    let book = File::new("validator,tokens\nd,100\nh,7\n");
    let external = [900, 400, 400, 150, 120, 60, 60, 0];
    let own = json!({
        "vault_share_cap": "0.4", "chain_share_cap": null, "match_cap": "0.8", "floor": "0.1",
    });
    // seven are eligible, so 1.25 / 7 is in force
    let default = json!({
        "vault_share_cap": "0.178571428571428571", "chain_share_cap": "0.03", "match_cap": "0.5",
        "floor": "0.25",
    });
    for (policy, given, tokens) in [
        (&own, true, 300),
        (&default, false, 300),
        (&own, true, 0),
        (&own, true, 5_000),
    ] {
        let total: u128 = 107 + tokens;
        let rows = STAKES.iter().zip(external);
        let rows = rows.map(|((validator, _), external)| {
            json!({
                "validator": validator,
                "external": external.to_string(),
                "eligible": *validator != "a",
            })
        });
        let (placed, unplaced) = targets(&json!({
            "total": total.to_string(),
            "total_bonded": (2_090 + total).to_string(),
            "policy": policy,
            "validators": rows.collect::<Vec<_>>(),
        }));
        let after: Vec<u128> = placed
            .iter()
            .zip(external)
            .map(|((_, t), e)| t + e)
            .collect();

        let policy = File::new(policy.to_string());
        let deposit = tokens.to_string();
        let mut arguments = vec!["--book", book.path(), "--deposit", &deposit];
        if given {
            arguments.extend(["--policy", policy.path()]);
        }
        let report = concentration(&set, &arguments);
        assert_eq!(report["by_validator"]["after"], metrics(&after, &[]));
        let limit = match total * 100 / (2_090 + total) {
            22.. => json!("refused"),
            16.. => json!("warning"),
            _ => Value::Null,
        };
        let row = json!({
            "tokens": deposit,
            "unplaced": unplaced.to_string(),
            "chain_share": ratio(total, 2_090 + total, 18),
            "self_limit": limit,
        });
        assert_eq!(report["deposit"], row);
        let staked: u128 = after.iter().sum();
        assert_eq!(report["tokens"]["after"], staked.to_string());
        assert_eq!(
            report["by_validator"]["with"],
            metrics(&values(&STAKES), &[])
        );
    }
}

#[test]
fn largest_chains_are_counted_to_the_last_place() {
    let stakes = [("a", 500 * 10u128.pow(27)), ("b", 500 * 10u128.pow(27) + 1)];
    let report = concentration(&sets::bonded(&stakes), &["--threshold", "5000"]);
    let with = &report["by_validator"]["with"];
    assert_eq!(
        with["nakamoto_at"],
        json!([{ "basis_points": 5_000, "fewest": 1 }])
    );
    assert_eq!(with["hhi"], "0.5");
    assert_eq!(with["gini"], "0"); // 10^-30, rounded down
    let third = 10u128.pow(27);
    let stakes = [("a", third), ("b", third), ("c", third + 1)];
    let report = concentration(&sets::bonded(&stakes), &[]);
    assert_eq!(report["by_validator"]["with"]["nakamoto_two_thirds"], 2);
    let top = &report["by_validator"]["with"]["top1_share"];
    assert_eq!(*top, ratio(ONE, 3 * ONE, 18)); // a third and 2 x 10^-28
}
