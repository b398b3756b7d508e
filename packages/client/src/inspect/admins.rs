//! Changes of admins and code that lie deeper in a proposal: in a message that another contract is to pass on, in
//! a list of messages, in what is encoded.

use cosmwasm_std::Binary;
use serde_json::Value;

use super::fields::{join, to_value};
use super::warnings::Warnings;
use crate::input::json;

/// Messages of x/wasm as contracts write them.
const NAMES: [&str; 3] = ["update_admin", "clear_admin", "migrate"];
/// The same as the chain writes them.
const TYPES: [&str; 3] = ["MsgUpdateAdmin", "MsgClearAdmin", "MsgMigrateContract"];
/// What is told of the message itself already.
const TOLD: [&str; 6] = [
    "wasm.update_admin",
    "wasm.clear_admin",
    "wasm.migrate",
    "any.type_url",
    "any.typeUrl",
    "stargate.type_url",
];
/// Deeper than anybody nests messages who wants them to be read.
const MOST_DEPTH: u8 = 8;

/// Warns of each.
pub fn warn_of_hidden(place: &str, message: &Value, warnings: &mut Warnings) {
    walk(place, "", message, MOST_DEPTH, warnings);
}

fn walk(place: &str, path: &str, value: &Value, depth: u8, warnings: &mut Warnings) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let path = join(path, name);
                if NAMES.contains(&name.as_str()) && !TOLD.contains(&path.as_str()) {
                    warn(place, &path, name, warnings);
                }
                walk(place, &path, inner, depth, warnings);
            }
        }
        Value::Array(values) => {
            for (index, inner) in values.iter().enumerate() {
                walk(place, &format!("{path}[{index}]"), inner, depth, warnings);
            }
        }
        Value::String(text) => walk_text(place, path, text, depth, warnings),
        _ => {}
    }
}

/// A text may name a type, be JSON, or be either in base64.
fn walk_text(place: &str, path: &str, text: &str, depth: u8, warnings: &mut Warnings) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let bytes = Binary::from_base64(text).map(|bytes| bytes.to_vec());
    let bytes = bytes.unwrap_or_default();
    let decoded = String::from_utf8(bytes.clone()).unwrap_or_default();
    let texts = [text, &decoded].into_iter().filter(|it| it.contains('{'));
    if let Some(json) = texts.filter_map(|it| json::parse(it).ok()).next() {
        let inner = to_value(&json, "", &mut Vec::new());
        return walk(place, path, &inner, depth, warnings);
    }
    for name in TYPES {
        let is_in = |bytes: &[u8]| bytes.windows(name.len()).any(|it| it == name.as_bytes());
        if !TOLD.contains(&path) && (is_in(text.as_bytes()) || is_in(&bytes)) {
            warn(place, path, name, warnings);
        }
    }
}

fn warn(place: &str, path: &str, name: &str, warnings: &mut Warnings) {
    let told = format!("ADMIN: {name} lies in it: who can replace code changes, or code itself");
    warnings.add(&join(place, path), "admin", told);
}
