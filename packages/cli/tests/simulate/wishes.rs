//! A list, a policy and a table of days of one's own.

use std::io::Write;

use serde_json::Value;

use crate::program::{defenders, simulate, simulate_file};
use crate::sets::{self, page};

/// A file with a text, and its path.
pub fn file(text: &str) -> (tempfile::NamedTempFile, String) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let path = file.path().to_str().unwrap().to_string();
    (file, path)
}

#[test]
fn own_list_is_listed_and_nobody_else() {
    let set = page(&sets::bonded(&[60, 50, 40, 30, 20, 10]));
    let (_file, list) = file("\u{feff}validator\nxvaloper1d\nxvaloper1e\nxvaloper1a\n");
    let report = simulate_file(&set, &["--days", "3", "--list", &list]);
    report.assert_sound();
    let listed: Vec<String> = report
        .validators()
        .into_iter()
        .filter(|row| row.listed)
        .map(|row| row.validator)
        .collect();
    assert_eq!(listed, ["xvaloper1a", "xvaloper1d", "xvaloper1e"]);
    // listed as asked, and yet the vault gives it nothing
    assert_eq!(report.text("/list/not_eligible/0/validator"), "xvaloper1a");
    assert_eq!(report.text("/list/not_eligible/0/reason"), "top_third");
    assert_eq!(report.number("/list/left_out/0/validators"), 3);
    assert_eq!(report.text("/list/left_out/0/reason"), "not_in_list");
    assert_eq!(report.at("/validators/0/left_out"), &Value::Null);
    assert_eq!(report.text("/validators/1/left_out"), "not_in_list");

    let mut set = sets::bonded(&[60, 50, 40, 30, 20, 10]);
    set[4]["status"] = "BOND_STATUS_UNBONDED".into();
    let set = page(&set);
    let whole = sets::file(&set);
    let whole = whole.path().to_str().unwrap();
    let output = defenders(&[
        "simulate",
        "--validators",
        whole,
        "--days",
        "1",
        "--list",
        &list,
    ]);
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "warning: of the 3 validators in the list given, 1 is not bonded: only 2 are listed\n"
    );

    let (_file, unknown) = file("validator\nxvaloper1q\n");
    let set = sets::file(&set);
    let set = set.path().to_str().unwrap();
    let output = defenders(&["simulate", "--validators", set, "--list", &unknown]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said,
        format!(
            "error: {unknown}: line 2.validator: there is no validator in the set \"xvaloper1q\"\n"
        )
    );
}

#[test]
fn own_policy_is_in_force() {
    let policy =
        r#"{"vault_share_cap":"0.2","chain_share_cap":"0.04","match_cap":"0.3","floor":"0.5"}"#;
    let (_file, path) = file(policy);
    let set = ["--set", "osmosis-2021-07", "--days", "3"];
    let report = simulate(&[&set[..], &["--policy", &path]].concat());
    report.assert_sound();
    assert_eq!(report.text("/policy/vault_share_cap"), "0.2");
    assert_eq!(report.text("/policy/chain_share_cap"), "0.04");
    assert_eq!(report.text("/policy/match_cap"), "0.3");
    assert_eq!(report.text("/policy/floor"), "0.5");
    for row in report.validators() {
        let all = row.external + row.delegated;
        assert!(row.delegated * 100 <= all * 31, "{}", row.validator); // slashes aside
    }
    for (policy, said) in [
        (
            r#"{"vault_share_cap":"0.2"}"#,
            "floor: the field is missing",
        ),
        (
            r#"{"vault_share_cap":"0.2","floor":"0","bond_factor":"20"}"#,
            "bond_factor: no set tells what operators have on their own validators: leave it out",
        ),
        (
            r#"{"vault_share_cap":"2","floor":"0"}"#,
            "the vault refuses it: vault_share_cap must be between",
        ),
    ] {
        let (_file, path) = file(policy);
        let output = defenders(&[&["simulate", "--policy", &path], &set[..]].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        let beginning = format!("error: {path}: {said}");
        assert!(errors.starts_with(&beginning), "{errors}");
    }
}

#[test]
fn days_are_lines_of_csv_that_end_as_the_report() {
    let set = ["--set", "osmosis-2021-07", "--days", "5"];
    let output = defenders(&[&["simulate", "--csv"], &set[..]].concat());
    assert!(output.status.success() && output.stderr.is_empty());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    let days: Vec<&str> = lines.iter().map(|line| line[0]).collect();
    assert_eq!(days, ["day", "1", "2", "3", "4", "5"]);
    let column = |name: &str| lines[0].iter().position(|it| *it == name).unwrap();
    let last = |name: &str| lines[5][column(name)].to_string();
    let report = simulate(&set);
    for flow in ["deposited", "withdrawn"] {
        assert_eq!(last(flow), report.text(&format!("/flows/{flow}")));
    }
    let whole = |name| last(name).parse::<u128>().unwrap();
    // total assets = delegated + idle + restaking, less what is marked down and locked profit
    assert!(whole("total_assets") <= whole("delegated") + whole("idle") + whole("restaking"));
    let output = defenders(&["simulate", "--csv", "--json"]);
    assert_eq!(output.status.code(), Some(2));
}
