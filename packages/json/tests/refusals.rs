//! What a sender is told.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cosmwasm_std::{from_json, Uint128};
use defenders_json::{message, read, FromJson, Json};

message! {
    enum Order {
        Go {},
        RunFast { speed: u8, to: Option<Place> },
        Stop,
    }
}

message! {
    struct Place {
        name: String,
        size: Uint128,
    }
}

message! {
    struct Nothing {}
}

message! {
    grows
    struct Known {
        name: String,
        old: Option<u64>,
    }
}

fn error<T: FromJson>(text: &str) -> String {
    match read::<T>(from_json::<Json>(text).unwrap()) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_refusal_names_the_place_and_what_is_known_there() {
    for (text, says) in [
        (r#"{"go":{}}"#, "nothing"),
        (r#""stop""#, "nothing"),
        (r#"{"stop":null}"#, "invalid type: null, expected a variant without content"),
        (r#"{"run_fast":{"speed":255,"to":{"name":"a","size":"1"}}}"#, "nothing"),
        (r#"7"#, "invalid type: a number, expected one variant by its name"),
        (r#"{}"#, "invalid value: `an object with 0 fields`, expected one variant by its name"),
        (r#"{"go":{},"stop":null}"#, "invalid value: `an object with 2 fields`, expected one variant by its name"),
        (r#"{"walk":{}}"#, "unknown variant `walk`, expected one of `go`, `run_fast`, `stop`"),
        (r#"{"runfast":{}}"#, "unknown variant `runfast`, expected one of `go`, `run_fast`, `stop`"),
        (r#"{"run_fast_":{}}"#, "unknown variant `run_fast_`, expected one of `go`, `run_fast`, `stop`"),
        (r#""go""#, "invalid type: a string, expected an object"),
        (r#"{"go":null}"#, "invalid type: null, expected an object"),
        (r#"{"go":{"now":true}}"#, "unknown field `now`, there are none"),
        (r#"{"stop":{}}"#, "invalid type: an object, expected a variant without content"),
        (r#"{"run_fast":{}}"#, "missing field `speed`"),
        (r#"{"run_fast":{"speed":256}}"#, "speed: invalid value: `256`, expected a whole number from 0 to 255"),
        (r#"{"run_fast":{"speed":-1}}"#, "speed: invalid type: a number, expected a whole number from 0 to 255"),
        (r#"{"run_fast":{"sped":1}}"#, "unknown field `sped`, expected `speed` or `to`"),
        (r#"{"run_fast":{"speed":1,"speed":1}}"#, "duplicate field `speed`"),
        (r#"{"run_fast":{"speed":1,"to":{"name":"a"}}}"#, "to: missing field `size`"),
        (
            r#"{"run_fast":{"speed":1,"to":{"name":"a","size":"1x"}}}"#,
            "to: size: invalid value: `1x`, expected a whole number of at most 128 bits, as a string",
        ),
        (
            r#"{"run_fast":{"speed":true,"to":{"name":7,"size":"1"}}}"#,
            "speed: invalid type: a boolean, expected a whole number from 0 to 255",
        ),
    ] {
        assert_eq!(error::<Order>(text), says, "{text}");
    }
    assert_eq!(
        error::<Nothing>("[]"),
        "invalid type: an array, expected an object"
    );
    assert_eq!(
        error::<Nothing>(r#"{"a":1}"#),
        "unknown field `a`, there are none"
    );
}

#[test]
fn minus_zero_is_no_number() {
    let says = "speed: invalid type: a number, expected a whole number from 0 to 255";
    assert_eq!(error::<Order>(r#"{"run_fast":{"speed":-0}}"#), says);
    assert_eq!(error::<Order>(r#"{"run_fast":{"speed":0}}"#), "nothing");
}

#[test]
fn an_answer_may_have_grown() {
    assert_eq!(
        error::<Known>(r#"{"name":"a","new":{"b":[1,null,"c"]}}"#),
        "nothing"
    );
    assert_eq!(error::<Known>(r#"{"new":1}"#), "missing field `name`");
    let last = read::<Known>(from_json(r#"{"name":"a","name":"b"}"#).unwrap());
    assert_eq!(last.unwrap().name, "b");
    let last = read::<Known>(from_json(r#"{"name":"a","old":1,"old":2}"#).unwrap());
    assert_eq!(last.unwrap().old, Some(2));
}

#[test]
fn a_text_that_is_no_json_is_refused() {
    for text in [
        "",
        "{",
        "{\"a\"}",
        "[1,]",
        "nul",
        "1.5",
        "18446744073709551616",
        "\"a",
    ] {
        assert!(from_json::<Json>(text).is_err(), "{text}");
    }
    let deep = "[".repeat(500);
    assert!(from_json::<Json>(deep).is_err());
}

#[test]
fn types_of_cw20_refuse_unknown_fields_too() {
    use cw20::{Expiration, Logo};
    let never = r#"{"never":{"x":1}}"#;
    assert_eq!(
        error::<Expiration>(never),
        "unknown field `x`, there are none"
    );
    assert_eq!(error::<Expiration>(r#"{"never":{}}"#), "nothing");
    let both = r#"{"url":"a","embedded":{"svg":""}}"#;
    assert!(error::<Logo>(both).contains("an object with 2 fields"));
}
