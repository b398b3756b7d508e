//! Files of another form: fields, kinds, syntax, arguments.

use super::{broken, ensure_refused, refusal_of};
use crate::program::refusal;
use crate::readme::example;

#[test]
fn unknown_fields_are_named_with_those_that_are_known() {
    let cases = [
        (
            r#""total":"#,
            r#""totals":"#,
            "totals: unknown field, known here are total, restaking",
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
