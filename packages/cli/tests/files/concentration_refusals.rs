//! What `defenders concentration` refuses, and what it says.

use crate::program::{File, refusal};
use crate::sets;

/// What is said of the file that is given as `argument`.
fn refusal_of(argument: &str, text: &str, more: &[&str]) -> String {
    let set = sets::bonded(&[("a", 30), ("b", 20)]);
    let file = File::new(text);
    let arguments = [
        "concentration",
        "--validators",
        set.path(),
        argument,
        file.path(),
    ];
    let message = refusal(&[&arguments, more].concat());
    let beginning = format!("error: {}: ", file.path());
    match message.strip_prefix(&beginning) {
        Some(said) => said.trim_end().to_string(),
        None => panic!("names no file: {message}"),
    }
}

#[test]
fn books_that_do_not_fit_the_set_are_refused() {
    for (book, said) in [
        (
            "validator,tokens\nb,20\na,31",
            "line 3.tokens: 31 tokens of the vault on a validator with 30",
        ),
        (
            "validator,tokens\nc,1",
            r#"line 2.validator: there is no validator in the set "c""#,
        ),
        (
            "validator,tokens\na,1\na,1",
            r#"line 3.validator: "a" is given twice, first at line 2.validator"#,
        ),
        (
            r#"[{"validator":"a","tokens":"1"},{"validator":"a","tokens":"1"}]"#,
            r#"[1].validator: "a" is given twice, first at [0].validator"#,
        ),
        (
            r#"[{"validator":"a","tokens":"1","share":"1"}]"#,
            "[0].share: unknown field, known here are validator, tokens",
        ),
        (r#"[{"validator":"a"}]"#, "[0].tokens: the field is missing"),
        (
            r#"{"a":"1"}"#,
            "top level: expected an array, found an object",
        ),
        (
            "validator;tokens\na;1",
            r#"line 1: expected the header "validator,tokens", found "validator;tokens": fields are separated by commas, not semicolons"#,
        ),
        (
            "validator,tokens\na,1,2",
            "line 2: expected 2 fields, found 3",
        ),
        (
            "[",
            "not valid JSON: EOF while parsing a list at line 1 column 1",
        ),
    ] {
        assert_eq!(refusal_of("--book", book, &[]), said);
    }
    for tokens in ["-1", "1.5", "1e1", ""] {
        let said = refusal_of("--book", &format!("validator,tokens\na,{tokens}"), &[]);
        assert!(
            said.starts_with("line 2.tokens: expected an amount"),
            "{said}"
        );
    }
}

#[test]
fn groups_that_do_not_fit_the_set_are_refused() {
    for (groups, said) in [
        (
            "validator,group\nc,x",
            r#"line 2.validator: there is no validator in the set "c""#,
        ),
        (
            "validator,group\na,x\na,y",
            r#"line 3.validator: "a" is given twice, first at line 2.validator"#,
        ),
        (
            r#"[{"validator":"a","group":"x","cap":"1"}]"#,
            "[0].cap: unknown field, known here are validator, group",
        ),
    ] {
        assert_eq!(refusal_of("--groups", groups, &[]), said);
    }
    let said = refusal_of("--groups", "validator,group\na,", &[]);
    assert!(
        said.starts_with("line 2.group: expected a string"),
        "{said}"
    );
}

#[test]
fn policies_are_read_as_strictly_as_those_of_targets() {
    let refusal = |policy: &str| refusal_of("--policy", policy, &["--deposit", "5"]);
    assert_eq!(
        refusal(r#"{"vault_share_cap":"1"}"#),
        "floor: the field is missing"
    );
    assert_eq!(
        refusal(r#"{"vault_share_cap":"1","floor":"0","match_cap":"1"}"#),
        r#"match_cap: expected a share below 1, found "1""#
    );
}

#[test]
fn broken_sets_are_refused() {
    for (text, said) in [
        ("", "the set is empty: no validator in it"),
        ("a,bonded,false,1", "line 1: expected 5 fields, found 4"),
        ("{}", "page 1.validators: the field is missing"),
        (
            "a,bonded,true,1,0",
            "the only validator is not bonded, or jailed, or has no tokens",
        ),
    ] {
        let file = File::new(text);
        let message = refusal(&["concentration", "--validators", file.path()]);
        assert_eq!(message, format!("error: {}: {said}\n", file.path()));
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    for argument in ["--book", "--groups", "--policy"] {
        let arguments = [
            "concentration",
            "--set",
            "osmosis-2021-07",
            "--deposit",
            "1",
            argument,
        ];
        let message = refusal(&[&arguments[..], &["/no/such/file"]].concat());
        assert!(
            message.starts_with("error: /no/such/file: cannot be read"),
            "{message}"
        );
    }
    let message = refusal(&["concentration", "--validators", "/no/such/file"]);
    assert!(
        message.starts_with("error: /no/such/file: cannot be read: "),
        "{message}"
    );
}

#[test]
fn wrong_arguments_are_named() {
    for (arguments, name) in [
        (&[][..], "give --set, --validators, or a node"),
        (
            &["--set", "osmosis-2021-07", "--validators", "x"],
            "--validators",
        ),
        (&["--set", "nowhere"], "nowhere"),
        (
            &["--set", "osmosis-2021-07", "--threshold", "0"],
            "--threshold",
        ),
        (
            &["--set", "osmosis-2021-07", "--threshold", "10001"],
            "--threshold",
        ),
        (
            &["--set", "osmosis-2021-07", "--deposit", "-1"],
            "--deposit",
        ),
        (
            &["--set", "osmosis-2021-07", "--deposit", "1.5"],
            "--deposit",
        ),
        (&["--set", "osmosis-2021-07", "--policy", "x"], "--deposit"),
    ] {
        let message = refusal(&[&["concentration"], arguments].concat());
        assert!(message.contains(name), "{message}");
    }
}

#[test]
fn deposits_beyond_128_bits_are_refused() {
    let most = u128::MAX.to_string();
    let arguments = [
        "concentration",
        "--set",
        "osmosis-2021-07",
        "--deposit",
        &most,
    ];
    let message = refusal(&arguments);
    assert!(message.ends_with("tokens exceed 128 bits\n"), "{message}");
}
