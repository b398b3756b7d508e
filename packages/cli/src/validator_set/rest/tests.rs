//! Pages put together in every way, and each way to be wrong.

use super::*;
use cosmwasm_std::{Decimal, Uint128};
use serde_json::json;

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
    json!({ "validators": validators, "pagination": { "next_key": null, "total": "2" } })
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
            },
            SetValidator {
                operator: "xvaloper1b".to_string(),
                status: Status::Unbonding,
                jailed: true,
                tokens: Uint128::zero(),
                commission_rate: Decimal::percent(5),
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
    let is_cut_off = |text: String| parse_pages(&text).unwrap().is_cut_off;
    assert!(is_cut_off(cut.to_string()));
    assert!(!is_cut_off(format!("{cut}{whole}")));
    assert!(is_cut_off(format!("{whole}{cut}")));
}

#[test]
fn validator_on_two_pages_is_named() {
    let text = format!("{}{}", page(&["a", "b"]), page(&["b"]));
    let error = parse_pages(&text).unwrap_err();
    assert_eq!(error.to_string(), "validator b is listed twice");
}

#[test]
fn wrong_fields_are_named_with_their_validator() {
    let cases = [
        (
            "tokens",
            json!(5),
            "field `tokens` must be an unsigned integer as a string, not 5",
        ),
        (
            "tokens",
            json!("-5"),
            "field `tokens` must be an unsigned integer as a string, not \"-5\"",
        ),
        (
            "status",
            json!("BOND_STATUS_UNSPECIFIED"),
            "field `status` must be BOND_STATUS_BONDED, BOND_STATUS_UNBONDING or \
             BOND_STATUS_UNBONDED, not \"BOND_STATUS_UNSPECIFIED\"",
        ),
        (
            "jailed",
            json!("false"),
            "field `jailed` must be true or false, not \"false\"",
        ),
        (
            "commission",
            json!({ "commission_rates": { "rate": "1.01" } }),
            "field `commission.commission_rates.rate` must be a decimal in [0, 1] as a \
             string, not \"1.01\"",
        ),
        (
            "commission",
            json!({}),
            "field `commission.commission_rates.rate` is missing",
        ),
    ];
    for (field, value, message) in cases {
        let mut wrong = page(&["a", "b"]);
        wrong["validators"][1][field] = value;
        let error = parse_pages(&wrong.to_string()).unwrap_err();
        assert_eq!(error.to_string(), format!("validator b: {message}"));
    }
}

#[test]
fn validator_without_an_address_is_named_by_its_place() {
    let mut wrong = page(&["a", "b"]);
    wrong["validators"][1]["operator_address"] = json!("");
    assert_eq!(
        parse_pages(&wrong.to_string()).unwrap_err().to_string(),
        "validator 2: field `operator_address` must be an operator address, not \"\""
    );
    if let Some(fields) = wrong["validators"][1].as_object_mut() {
        fields.remove("operator_address");
    }
    assert_eq!(
        parse_pages(&wrong.to_string()).unwrap_err().to_string(),
        "validator 2: field `operator_address` is missing"
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
            "page 1: expected an object with `validators`, found a number",
        ),
        (
            "[\"a\"]",
            "page 1: expected an object with `validators`, found a string",
        ),
        (
            "{\"code\":12,\"message\":\"Not Implemented\"}",
            "page 1: field `validators` is missing",
        ),
        (
            "{\"validators\":{}}",
            "page 1, field `validators`: expected an array, found an object",
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
