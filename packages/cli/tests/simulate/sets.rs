//! Validator sets as a chain's REST endpoint answers them.

use std::io::Write;

use serde_json::{Value, json};
use tempfile::NamedTempFile;

/// `xvaloper1a`, `xvaloper1b`, … `xvaloper1z`, `xvaloper1ba`, …
pub fn name(index: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).unwrap());
    match index / 26 {
        0 => format!("xvaloper1{}", letter(index)),
        high => format!("xvaloper1{}{}", letter(high), letter(index)),
    }
}

/// One validator.
pub fn validator(name: &str, status: &str, jailed: bool, tokens: &str, rate: &str) -> Value {
    json!({
        "operator_address": name,
        "jailed": jailed,
        "status": status,
        "tokens": tokens,
        "delegator_shares": format!("{tokens}.000000000000000000"),
        "description": { "moniker": name },
        "commission": { "commission_rates": { "rate": rate, "max_rate": "1.0" } },
    })
}

/// Bonded validators with so many thousand whole tokens.
pub fn bonded(thousands: &[u64]) -> Vec<Value> {
    let units: Vec<u64> = thousands.iter().map(|it| it * 1_000_000_000).collect();
    bonded_units(&units)
}

/// Bonded validators with so many base units.
pub fn bonded_units(units: &[u64]) -> Vec<Value> {
    let row = |(index, tokens): (usize, &u64)| {
        let tokens = tokens.to_string();
        validator(
            &name(index),
            "BOND_STATUS_BONDED",
            false,
            &tokens,
            "0.050000000000000000",
        )
    };
    units.iter().enumerate().map(row).collect()
}

/// One page.
pub fn page(validators: &[Value]) -> String {
    let total = validators.len().to_string();
    json!({
        "validators": validators,
        "pagination": { "next_key": null, "total": total },
    })
    .to_string()
}

/// A file that holds a text, for as long as it is kept.
pub fn file(text: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}
