//! Files that `defenders targets` refuses, and what it says.

use crate::program::{File, refusal};
use crate::readme::example;

fn refusal_of(text: impl AsRef<[u8]>) -> String {
    let file = File::new(text);
    let mut messages = Vec::new();
    for more in [&[][..], &["--json"]] {
        let arguments = [&["targets", "--input", file.path()], more].concat();
        messages.push(refusal(&arguments));
    }
    assert_eq!(messages[0], messages[1]);
    let message = messages.remove(0);
    let (_, said) = message
        .split_once(&format!("error: {}: ", file.path()))
        .unwrap_or_else(|| panic!("names no file: {message}"));
    said.trim_end().to_string()
}

/// The example with the first `from` replaced by `to`.
fn broken(from: &str, to: &str) -> String {
    let (input, _) = example();
    assert!(input.contains(from), "{from}");
    input.replacen(from, to, 1)
}

#[track_caller]
fn ensure_refused(from: &str, to: &str, beginning: &str) {
    let said = refusal_of(broken(from, to));
    assert!(said.starts_with(beginning), "{from} -> {to}: {said}");
}

#[test]
fn unknown_fields_are_named_with_those_that_are_known() {
    let cases = [
        (
            r#""total":"#,
            r#""totals":"#,
            "totals: unknown field, known here are total, total_bonded",
        ),
        (r#""floor""#, r#""Floor""#, "policy.Floor: unknown field"),
        (
            r#""cap":"#,
            r#""kappa":"#,
            "groups[0].kappa: unknown field, known here are group, cap",
        ),
        (
            r#""external": "100""#,
            r#""extern": "100""#,
            "validators[1].extern: unknown field",
        ),
        (
            r#""external": "100""#,
            r#""a b": 1"#,
            r#"validators[1]["a b"]: unknown field"#,
        ),
        (
            r#""external": "100""#,
            r#""": 1"#,
            r#"validators[1][""]: unknown field"#,
        ),
        (
            r#""groups": []"#,
            r#""held": "1", "groups": []"#,
            "validators[0].held: unknown field",
        ),
    ];
    for (from, to, beginning) in cases {
        ensure_refused(from, to, beginning);
    }
}

#[test]
fn missing_fields_are_named() {
    for (from, to, said) in [
        (r#""total": "1001","#, "", "total: the field is missing"),
        (
            r#""total_bonded": "10000","#,
            "",
            "total_bonded: the field is missing",
        ),
        (
            r#""vault_share_cap": "0.60","#,
            "",
            "policy.vault_share_cap: the field is missing",
        ),
        (
            ",\n    \"floor\": \"0.25\"",
            "",
            "policy.floor: the field is missing",
        ),
        (
            r#", "cap": "0.65""#,
            "",
            "groups[0].cap: the field is missing",
        ),
        (
            r#""group": "north hosting", "#,
            "",
            "groups[0].group: the field is missing",
        ),
        (
            r#""validator": "b", "#,
            "",
            "validators[1].validator: the field is missing",
        ),
        (
            r#""external": "100", "#,
            "",
            "validators[1].external: the field is missing",
        ),
        (
            r#""eligible": false, "#,
            "",
            "validators[4].eligible: the field is missing",
        ),
    ] {
        assert_eq!(refusal_of(broken(from, to)), said);
    }
    let said = refusal_of(
        r#"{"total":"1","total_bonded":"1","policy":{"vault_share_cap":"1","floor":"0"}}"#,
    );
    assert_eq!(said, "validators: the field is missing");
}

#[test]
fn amounts_that_are_none_are_named() {
    let digits = |tokens: &str| format!(r#""external": {tokens}"#);
    for wrong in [
        r#""-100""#,
        r#""+100""#,
        r#""1.5""#,
        r#""1e3""#,
        r#""""#,
        r#"" 100""#,
        r#""0x64""#,
        r#""1_000""#,
        r#""340282366920938463463374607431768211456""#,
        "100",
        "1.5",
        "null",
        "true",
        r#"["100"]"#,
        "{}",
    ] {
        ensure_refused(
            &digits(r#""100""#),
            &digits(wrong),
            "validators[1].external: expected an amount: a string of decimal digits, below 2^128, found ",
        );
    }
    for (from, to, place) in [
        (r#""1001""#, "1001", "total"),
        (r#""10000""#, r#""1e4""#, "total_bonded"),
        (
            r#""self_bond": "30""#,
            r#""self_bond": 30"#,
            "validators[1].self_bond",
        ),
        (
            r#""declared_max": "400""#,
            r#""declared_max": "-1""#,
            "validators[3].declared_max",
        ),
    ] {
        ensure_refused(from, to, &format!("{place}: expected an amount"));
    }
}

#[test]
fn shares_that_are_none_are_named() {
    for wrong in [
        r#""-0.1""#,
        r#""+0.1""#,
        r#""1e-1""#,
        r#""0.""#,
        r#"".5""#,
        r#""10%""#,
        r#""0,1""#,
        r#""""#,
        r#""0.0000000000000000001""#,
        r#""340282366920938463464""#,
        "0.25",
        "0",
        "null",
        "[]",
    ] {
        ensure_refused(
            r#""floor": "0.25""#,
            &format!(r#""floor": {wrong}"#),
            "policy.floor: expected a decimal number: ",
        );
    }
    for (from, to, place) in [
        (
            r#""vault_share_cap": "0.60""#,
            r#""vault_share_cap": null"#,
            "policy.vault_share_cap",
        ),
        (
            r#""chain_share_cap": "0.15""#,
            r#""chain_share_cap": 0.15"#,
            "policy.chain_share_cap",
        ),
        (
            r#""match_cap": "0.75""#,
            r#""match_cap": "x""#,
            "policy.match_cap",
        ),
        (
            r#""bond_factor": "20""#,
            r#""bond_factor": "-20""#,
            "policy.bond_factor",
        ),
        (r#""cap": "0.65""#, r#""cap": null"#, "groups[0].cap"),
    ] {
        ensure_refused(from, to, &format!("{place}: expected a decimal number"));
    }
    for not_below_one in ["1", "1.0", "1.000000000000000001", "20"] {
        assert_eq!(
            refusal_of(broken(r#""0.75""#, &format!("{not_below_one:?}"))),
            format!("policy.match_cap: expected a share below 1, found {not_below_one:?}")
        );
    }
}

#[test]
fn whatever_is_there_twice_is_named_with_both_places() {
    for (from, to, said) in [
        (
            r#""validator": "d""#,
            r#""validator": "b""#,
            r#"validators[3].validator: "b" is given twice, first at validators[1].validator"#,
        ),
        (
            r#"[{ "group""#,
            r#"[{ "group": "north hosting", "cap": "1" }, { "group""#,
            r#"groups[1].group: "north hosting" is given twice, first at groups[0].group"#,
        ),
        (
            r#""groups": ["north hosting"]"#,
            r#""groups": ["north hosting", "north hosting"]"#,
            r#"validators[1].groups[1]: "north hosting" is given twice, first at validators[1].groups[0]"#,
        ),
    ] {
        // the example has the array of groups on lines of its own
        let (input, _) = example();
        let input = input.replace("[\n    { \"group\"", r#"[{ "group""#);
        assert!(input.contains(from), "{from}");
        assert_eq!(refusal_of(input.replacen(from, to, 1)), said);
    }
    for (from, to, place) in [
        (r#""total":"#, r#""total": "1001", "total":"#, "total"),
        (
            r#""floor":"#,
            r#""floor": "0.25", "floor":"#,
            "policy.floor",
        ),
        (r#""cap":"#, r#""cap": "0.65", "cap":"#, "groups[0].cap"),
        (
            r#""eligible": false"#,
            r#""eligible": false, "eligible": true"#,
            "validators[4].eligible",
        ),
        // null too is a value
        (
            r#""self_bond": null"#,
            r#""self_bond": null, "self_bond": "9""#,
            "validators[5].self_bond",
        ),
    ] {
        assert_eq!(
            refusal_of(broken(from, to)),
            format!("{place}: the field is given twice")
        );
    }
}

#[test]
fn names_that_are_none_or_stand_for_nothing_are_named() {
    assert_eq!(
        refusal_of(broken(
            r#""groups": ["north hosting"]"#,
            r#""groups": ["north hosting", "south"]"#
        )),
        r#"validators[1].groups[1]: there is no group "south""#
    );
    for (from, to, place) in [
        (
            r#""validator": "c""#,
            r#""validator": """#,
            "validators[2].validator",
        ),
        (
            r#""validator": "c""#,
            r#""validator": 3"#,
            "validators[2].validator",
        ),
        (
            r#""validator": "c""#,
            r#""validator": "c\n""#,
            "validators[2].validator",
        ),
        (
            r#""group": "north hosting""#,
            r#""group": """#,
            "groups[0].group",
        ),
        (
            r#""groups": []"#,
            r#""groups": [""]"#,
            "validators[0].groups[0]",
        ),
        (
            r#""groups": []"#,
            r#""groups": [null]"#,
            "validators[0].groups[0]",
        ),
    ] {
        let beginning = format!("{place}: expected a string that is not empty");
        ensure_refused(from, to, &beginning);
    }
}

#[test]
fn values_of_another_kind_are_named() {
    for (from, to, said) in [
        (
            r#""eligible": false"#,
            r#""eligible": "false""#,
            r#"validators[4].eligible: expected true or false, found "false""#,
        ),
        (
            r#""eligible": false"#,
            r#""eligible": 0"#,
            "validators[4].eligible: expected true or false, found the number 0",
        ),
        (
            r#""groups": []"#,
            r#""groups": "north hosting""#,
            r#"validators[0].groups: expected an array, found "north hosting""#,
        ),
    ] {
        assert_eq!(refusal_of(broken(from, to)), said);
    }
    let file = |policy, validators| {
        format!(r#"{{"total":"1","total_bonded":"1","policy":{policy},"validators":{validators}}}"#)
    };
    for (text, said) in [
        (
            "[]".to_string(),
            "top level: expected an object, found an array",
        ),
        (
            "null".to_string(),
            "top level: expected an object, found null",
        ),
        (
            file("[]", "[]"),
            "policy: expected an object, found an array",
        ),
        // an array in the order of the fields is no object
        (
            file(r#"["1",null,null,null,"0"]"#, "[]"),
            "policy: expected an object, found an array",
        ),
    ] {
        assert_eq!(refusal_of(text), said);
    }
    let policy = r#"{"vault_share_cap":"1","floor":"0"}"#;
    for (validators, said) in [
        ("{}", "validators: expected an array, found an object"),
        ("null", "validators: expected an array, found null"),
        (
            r#"[["a","1",true]]"#,
            "validators[0]: expected an object, found an array",
        ),
    ] {
        assert_eq!(refusal_of(file(policy, validators)), said);
    }
}

#[test]
fn broken_json_is_named_by_line_and_column() {
    let (input, _) = example();
    for (text, beginning) in [
        (
            String::new(),
            "not valid JSON: EOF while parsing a value at line 1 column 0",
        ),
        (input[..40].to_string(), "not valid JSON: EOF while parsing"),
        (
            format!("{input} {{}}"),
            "not valid JSON: trailing characters at line ",
        ),
        (
            broken(r#""1001","#, r#""1001""#),
            "not valid JSON: expected `,` or `}` at line 3 column 3",
        ),
        (
            broken(r#""1001""#, "1001n"),
            "not valid JSON: expected `,` or `}` at line 2 column 16",
        ),
        (
            broken(r#""1001""#, "'1001'"),
            "not valid JSON: expected value at line 2 column 12",
        ),
        (
            broken(r#""1001""#, "01001"),
            "not valid JSON: invalid number at line 2 column 13",
        ),
        (
            format!("\u{feff}{input}"),
            "not valid JSON: expected value at line 1 column 1",
        ),
        (
            "[".repeat(1_000),
            "not valid JSON: recursion limit exceeded at line 1 column 128",
        ),
    ] {
        let said = refusal_of(&text);
        assert!(said.starts_with(beginning), "{said}");
    }
    let mut bytes = input.as_bytes().to_vec();
    bytes[10] = 0xff;
    assert_eq!(refusal_of(&bytes), "not valid UTF-8 at line 2 column 9");
}

#[test]
fn numbers_without_an_answer_in_128_bits_are_refused() {
    let most = u128::MAX;
    assert_eq!(
        refusal_of(
            broken(r#""total": "1001""#, &format!(r#""total": "{most}""#)).replace("0.60", "1.01")
        ),
        format!("policy.vault_share_cap: 1.01 of a total of {most} tokens is beyond 128 bits")
    );
    let text = format!(
        r#"{{"total":"2","total_bonded":"0","policy":{{"vault_share_cap":"1","floor":"0"}},
            "validators":[{{"validator":"a","external":"{most}","eligible":true}}]}}"#
    );
    let said = refusal_of(text);
    assert!(said.ends_with("tokens exceed 128 bits"), "{said}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let said = refusal(&["targets", "--input", "/no/such/file"]);
    assert_eq!(
        said,
        "error: /no/such/file: cannot be read: No such file or directory (os error 2)\n"
    );
    let said = refusal(&["targets", "--input", env!("CARGO_MANIFEST_DIR"), "--json"]);
    assert!(said.contains("cannot be read: "), "{said}");
}

#[test]
fn wrong_arguments_are_named() {
    for (arguments, name) in [
        (&["targets"][..], "--input"),
        (&["targets", "--input"], "--input"),
        (&["targets", "--input", "a", "--input", "b"], "--input"),
        (&["targets", "--input", "a", "--fast"], "--fast"),
        (&["targets", "a"], "'a'"),
    ] {
        let said = refusal(arguments);
        assert!(said.contains(name), "{said}");
    }
}
