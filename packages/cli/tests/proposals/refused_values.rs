//! Values that `propose` refuses: addresses, settings, listings, changes.

use serde_json::{Value, json};

use crate::refusals::ensure_refused;
use crate::world::*;

#[test]
fn addresses() {
    let good = operator(1);
    let broken = good.replace("valoper1q", "valoper1p");
    let upper = good.to_uppercase();
    for (text, reason) in [
        (
            broken.as_str(),
            "its checksum is wrong: a letter is missing, or another one",
        ),
        (
            &good[..good.len() - 1],
            "its checksum is wrong: a letter is missing, or another one",
        ),
        (&upper, "chains write addresses in small letters"),
        (&format!("{good} "), "there are spaces in it"),
        (
            &account(1),
            "it begins with cosmos1, the vault's chain wants cosmosvaloper1 here",
        ),
    ] {
        ensure_refused(
            json!({ "act": "drain", "validators": [text] }),
            &format!("acts[0].validators[0]: {text:?} is not the address wanted here: {reason}"),
        );
    }
    ensure_refused(
        json!({ "act": "guardian", "account": good }),
        &format!(
            "acts[0].account: {good:?} is not the address wanted here: it begins with cosmosvaloper1, the \
             vault's chain wants cosmos1 here"
        ),
    );
    let mut file = file(json!([]));
    file["vault"] = json!(good);
    assert_eq!(
        World::new().refusal(&file.to_string(), &[]),
        format!(
            "vault: {good:?} is not the address wanted here: it is an operator's, an account's is wanted"
        )
    );
}

#[test]
fn settings() {
    let share = "a decimal number in quotes, as \"0.05\" for 5 %, with at most 18 places";
    for (name, value, said) in [
        ("floof", json!("0.2"), "there is no setting \"floof\", do you mean \"floor\"?".to_string()),
        ("vault_share", json!("0.2"), "there is no setting \"vault_share\", do you mean \"vault_share_cap\"?".to_string()),
        ("colour", json!("0.2"), "there is no setting \"colour\"".to_string()),
        ("floor", json!(0.2), format!("expected {share}, found the number 0.2")),
        ("floor", json!("20 %"), format!("expected {share}, found \"20 %\"")),
        ("floor", json!("0,2"), format!("expected {share}, found \"0,2\"")),
        ("floor", json!(".2"), format!("expected {share}, found \".2\"")),
        ("floor", json!("0.1234567890123456789"), format!("expected {share}, found \"0.1234567890123456789\"")),
        ("floor", json!("-0.2"), format!("expected {share}, found \"-0.2\"")),
        ("floor", Value::Null, "floor must have a value".to_string()),
        ("vault_share_cap", json!("0.21"), "vault_share_cap must be between 0.02 and 0.2, got 0.21".to_string()),
        ("batch_period", json!("1 day"), "expected whole seconds, as 86400 for a day, found \"1 day\"".to_string()),
        ("batch_period", json!(700_000), "batch_period must be between 1 and 604800, got 700000".to_string()),
        ("max_moves", json!("2.5"), "expected a whole number, found \"2.5\"".to_string()),
        ("max_moves", json!(6), "max_moves must be between 1 and 5, got 6".to_string()),
        ("min_delegation", json!(5), "expected an amount: a string of decimal digits, below 2^128, found the number 5".to_string()),
        ("minimum_seed", json!("5000000"), "minimum_seed is fixed at the instantiation".to_string()),
        ("power_source", json!("oracle"), "power_source must be grpc, stargate, attested, attested:ADDRESS or rank:NUMBER, got oracle".to_string()),
        ("power_source", json!("rank:501"), "least_rank must be between 1 and 500, got 501".to_string()),
        ("power_source", json!("attested:me"), "\"me\" is not the address wanted here: its checksum is wrong: a letter is missing, or another one".to_string()),
    ] {
        let act = json!({ "act": "settings", "set": { name: value } });
        ensure_refused(act, &format!("acts[0].set.{name}: {said}"));
    }
    // only the vault's answer tells that
    let act = json!({ "act": "settings", "set": { "attester": account(1) } });
    assert_eq!(
        World::new().refusal(&file(json!([act])).to_string(), &KNOWN),
        "acts[0].set.attester: the power source grpc has no attester: change power_source first"
    );
}

#[test]
fn listings() {
    let list = |field: &str, value: Value| {
        let mut row = json!({ "validator": operator(4) });
        row[field] = value;
        json!({ "act": "list", "validators": [row] })
    };
    let group = "expected a group: 1 to 32 of a-z, 0-9 and -";
    for (field, value, said) in [
        ("operator", json!("x"), "operator: unknown field, known here are validator, name, website, contact, reason, groups, max_tokens, ends_at, ends_in_days".to_string()),
        ("name", json!("é".repeat(33)), "name: 66 bytes are more than 64".to_string()),
        ("website", json!("x".repeat(129)), "website: 129 bytes are more than 128".to_string()),
        ("contact", json!("x".repeat(129)), "contact: 129 bytes are more than 128".to_string()),
        ("reason", json!("x".repeat(281)), "reason: 281 bytes are more than 280".to_string()),
        ("reason", json!("a\nb"), "reason: expected a string that is not empty, without control characters, found \"a\\nb\"".to_string()),
        ("groups", json!({ "hosting": "Big Cloud" }), format!("groups.hosting: {group}, found \"Big Cloud\"")),
        ("groups", json!({ "cloud": "x" }), "groups.cloud: unknown field, known here are operator, hosting, jurisdiction".to_string()),
        ("max_tokens", json!("1e6"), "max_tokens: expected an amount: a string of decimal digits, below 2^128, found \"1e6\"".to_string()),
        ("ends_in_days", json!(401), "ends_in_days: 401 days are not 1 to 400".to_string()),
        ("ends_at", json!(NOW), "ends_at: 1700000000 is not within 400 days from 1700000000 (2023-11-14T22:13:20Z): times are seconds since 1970".to_string()),
    ] {
        ensure_refused(list(field, value), &format!("acts[0].validators[0].{said}"));
    }
}

#[test]
fn renewals() {
    let act = json!({ "act": "reaffirm", "validators": [operator(2)], "ends_in_days": 9 });
    assert_eq!(
        World::new().refusal(&file(json!([act])).to_string(), &[]),
        "acts[0].validators: to repeat what the listings say, give the vault's answer to {\"validators\": \
         {}} with --listings"
    );
    ensure_refused(
        json!({ "act": "reaffirm", "validators": [operator(2)] }),
        "acts[0]: ends_at or ends_in_days: the field is missing",
    );
    // drained, and unheard of
    for validator in [operator(3), operator(5)] {
        for act in [
            json!({ "act": "reaffirm", "validators": [validator], "ends_in_days": 9 }),
            json!({ "act": "drain", "validators": [validator] }),
        ] {
            assert_eq!(
                World::new().refusal(&file(json!([act])).to_string(), &KNOWN),
                format!("acts[0].validators[0]: there is no listed validator {validator:?}")
            );
        }
    }
}

#[test]
fn changes() {
    let act = json!({ "act": "cancel_change", "id": 2 });
    assert_eq!(
        World::new().refusal(&file(json!([act])).to_string(), &KNOWN),
        "acts[0].id: no change 2 waits, there are 3, 4"
    );
}
