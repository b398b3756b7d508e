//! Pages put together in every way, and each way to be wrong.

use super::*;
use cosmwasm_std::{Decimal, Uint128};
use serde_json::{Value, json};

fn validator(operator: &str) -> Value {
    json!({
        "operator_address": operator,
        "jailed": false,
        "status": "BOND_STATUS_BONDED",
        "tokens": "3059558121410",
        "delegator_shares": "3059558121410.000000000000000000",
        "description": { "moniker": "Someone" },
        "commission": {
            "commission_rates": { "rate": "0.050000000000000000", "max_rate": "0.2" },
            "update_time": "2021-06-20T15:08:58.607774082Z"
        }
    })
}

fn page(operators: &[&str]) -> Value {
    let validators: Vec<_> = operators.iter().map(|it| validator(it)).collect();
    json!({ "validators": validators, "pagination": { "next_key": null, "total": "0" } })
}

fn operators(text: &str) -> Vec<String> {
    let set = parse_pages(text).unwrap();
    set.validators.into_iter().map(|it| it.operator).collect()
}

#[test]
fn page_keeps_every_fact() {
    let mut odd = validator("xvaloper1b");
    odd["jailed"] = json!(true);
    odd["status"] = json!("BOND_STATUS_UNBONDING");
    odd["tokens"] = json!("0");
    odd["description"] = json!({ "moniker": "\u{200b}", "details": "x" });
    let text = json!({ "validators": [odd, validator("xvaloper1a")] }).to_string();
    assert_eq!(
        parse_pages(&text).unwrap().validators,
        [
            SetValidator {
                operator: "xvaloper1a".to_string(),
                status: Status::Bonded,
                jailed: false,
                tokens: Uint128::new(3_059_558_121_410),
                commission_rate: Decimal::percent(5),
                name: Some("Someone".to_string()),
            },
            SetValidator {
                operator: "xvaloper1b".to_string(),
                status: Status::Unbonding,
                jailed: true,
                tokens: Uint128::zero(),
                commission_rate: Decimal::percent(5),
                name: None,
            },
        ]
    );
}

#[test]
fn pages_may_be_put_together_in_any_way() {
    let (first, second) = (page(&["a", "b"]), page(&["c"]));
    for text in [
        page(&["a", "b", "c"]).to_string(),
        json!([first, second]).to_string(),
        format!("{first}\n{second}"),
        format!("{first}{second}"),
        json!([validator("a"), validator("c"), validator("b")]).to_string(),
    ] {
        assert_eq!(operators(&text), ["a", "b", "c"]);
    }
}

#[test]
fn last_page_that_names_a_next_one_is_cut_off() {
    let whole = page(&["b"]);
    let mut cut = page(&["a"]);
    cut["pagination"]["next_key"] = json!("FPmD/w==");
    let missing = |text: String| parse_pages(&text).unwrap().missing;
    let is_cut_off = |text: String| {
        let missing = missing(text);
        missing.is_some_and(|it| it.contains("names a next one") && it.contains("pagination.limit"))
    };
    assert!(is_cut_off(cut.to_string()));
    assert!(!is_cut_off(format!("{cut}{whole}")));
    assert!(is_cut_off(format!("{whole}{cut}")));

    let mut short = page(&["a", "b"]);
    short["pagination"]["total"] = json!("3");
    let said = missing(short.to_string()).unwrap();
    assert!(
        said.contains("the pages say that there are 3, and have 2"),
        "{said}"
    );
    short["pagination"]["total"] = json!("0"); // unknown
    assert_eq!(missing(short.to_string()), None);
}

#[test]
fn validator_on_two_pages_is_named() {
    let text = format!("{}{}", page(&["a", "b"]), page(&["b"]));
    let error = parse_pages(&text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "validator 3: \"b\" is given twice, first at validator 2"
    );
}

#[test]
fn wrong_fields_are_named_with_their_validator() {
    let cases = [
        (
            "tokens",
            json!(5),
            "tokens: expected an amount: a string of decimal digits, below 2^128, found the number 5",
        ),
        (
            "tokens",
            json!("-5"),
            "tokens: expected an amount: a string of decimal digits, below 2^128, found \"-5\"",
        ),
        (
            "status",
            json!("BOND_STATUS_UNSPECIFIED"),
            "status: expected BOND_STATUS_BONDED, BOND_STATUS_UNBONDING or BOND_STATUS_UNBONDED, \
             found \"BOND_STATUS_UNSPECIFIED\"",
        ),
        (
            "jailed",
            json!("false"),
            "jailed: expected true or false, found \"false\"",
        ),
        (
            "commission",
            json!({ "commission_rates": { "rate": "1.01" } }),
            "commission.commission_rates.rate: expected a decimal in [0, 1] as a string, found \
             \"1.01\"",
        ),
        (
            "commission",
            json!({}),
            "commission.commission_rates: the field is missing",
        ),
    ];
    for (field, value, message) in cases {
        let mut wrong = page(&["a", "b"]);
        wrong["validators"][1][field] = value;
        let error = parse_pages(&wrong.to_string()).unwrap_err();
        assert_eq!(error.to_string(), format!("validator b.{message}"));
    }
}

#[test]
fn validator_without_an_address_is_named_by_its_place() {
    let mut wrong = page(&["a", "b"]);
    wrong["validators"][1]["operator_address"] = json!("");
    assert_eq!(
        parse_pages(&wrong.to_string()).unwrap_err().to_string(),
        "validator 2.operator_address: expected an operator address, found \"\""
    );
    if let Some(fields) = wrong["validators"][1].as_object_mut() {
        fields.remove("operator_address");
    }
    assert_eq!(
        parse_pages(&wrong.to_string()).unwrap_err().to_string(),
        "validator 2.operator_address: the field is missing"
    );
}

#[test]
fn other_shapes_are_refused() {
    let cases = [
        ("", "the set is empty: no validator in it"),
        ("[]", "the set is empty: no validator in it"),
        (
            "{\"validators\":[]}",
            "the set is empty: no validator in it",
        ),
        (
            "7",
            "page 1: expected an object with `validators`, found the number 7",
        ),
        (
            "[\"a\"]",
            "page 1: expected an object with `validators`, found \"a\"",
        ),
        (
            "{\"code\":12,\"message\":\"Not Implemented\"}",
            "page 1: this is an error that a node answered, \"Not Implemented\": ask again, or \
             another node",
        ),
        ("{}", "page 1.validators: the field is missing"),
        (
            "{\"validators\":{}}",
            "page 1.validators: expected an array, found an object",
        ),
        (
            "{\"validators\":[null]}",
            "validator 1: expected an object, found null",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(
            parse_pages(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
}

#[test]
fn broken_json_tells_the_line() {
    let whole = page(&["a"]).to_string();
    let error = parse_pages(&whole[..whole.len() - 1]).unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("not valid JSON: EOF"), "{message}");
    assert!(message.contains("line 1"), "{message}");
}

/// As the program of a chain of SDK 0.50 prints it.
fn numbered(status: u64, rate: &str) -> String {
    let mut odd = validator("a");
    odd["status"] = json!(status);
    odd["commission"]["commission_rates"]["rate"] = json!(rate);
    if let Some(fields) = odd.as_object_mut() {
        fields.remove("jailed");
    }
    json!({ "validators": [odd, validator("b")] }).to_string()
}

#[test]
fn numbered_status_comes_with_rates_of_18_digits() {
    for (status, read) in [
        (1, Status::Unbonded),
        (2, Status::Unbonding),
        (3, Status::Bonded),
    ] {
        let set = parse_pages(&numbered(status, "50000000000000000")).unwrap();
        assert_eq!(set.validators[0].status, read);
        assert_eq!(set.validators[0].commission_rate, Decimal::percent(5));
        assert!(!set.validators[0].jailed);
    }
    for (rate, read) in [
        ("0", Decimal::zero()),
        ("1000000000000000000", Decimal::one()),
    ] {
        let set = parse_pages(&numbered(3, rate)).unwrap();
        assert_eq!(set.validators[0].commission_rate, read);
    }
    for (status, rate, said) in [
        (
            0,
            "0",
            "validator a.status: expected a status from 1 (unbonded) to 3 (bonded)",
        ),
        (4, "0", "validator a.status: expected a status from 1"),
        (
            3,
            "1000000000000000001",
            "validator a.commission.commission_rates.rate: expected a",
        ),
        (
            2,
            "0.050000000000000000",
            "validator a.status: this is a legacy answer, whose status",
        ),
    ] {
        let error = parse_pages(&numbered(status, rate))
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn rate_of_18_digits_is_read_beside_a_status_by_name() {
    let mut odd = validator("a");
    odd["commission"]["commission_rates"]["rate"] = json!("50000000000000000");
    let set = parse_pages(&json!([odd]).to_string()).unwrap();
    assert_eq!(set.validators[0].commission_rate, Decimal::percent(5));
}
