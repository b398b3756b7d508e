//! What DAO DAO imports: the action `custom` has a message as text, `execute` has its parts.

use serde_json::{Map, Value};

use super::error::InspectError;
use super::field_warnings::{warn_of_twice, warn_of_unknown_fields};
use super::fields::{flatten, join, to_value};
use super::source::{Source, number};
use super::warnings::Warnings;
use crate::input::json;

/// Reads all actions.
pub fn read(
    actions: &Value,
    fields: &Map<String, Value>,
    warnings: &mut Warnings,
) -> Result<Source, InspectError> {
    let Some(actions) = actions.as_array() else {
        return Err(InspectError::Missing {
            path: "actions: an array".to_string(),
        });
    };
    warn_of_unknown_fields("", &Value::Object(fields.clone()), &["actions"], warnings);
    if actions.is_empty() {
        warnings.add("actions", "empty", "there is no action in it");
    }
    let messages = number("actions", actions).into_iter();
    let messages = messages.map(|(place, action)| {
        warn_of_unknown_fields(&place, &action, &["key", "data"], warnings);
        let message = read_action(&place, &action, warnings);
        (place, message)
    });
    Ok(Source {
        form: "a file that DAO DAO imports",
        messages: messages.collect(),
        ..Source::default()
    })
}

fn read_action(place: &str, action: &Value, warnings: &mut Warnings) -> Value {
    let key = action
        .get("key")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let data = action.get("data").unwrap_or(&Value::Null);
    let message = data.get("message");
    let place = join(place, "data");
    let parsed = |warnings: &mut Warnings| match message {
        Some(Value::String(text)) => parse(&place, text, warnings),
        Some(Value::Object(_)) => message.cloned(),
        _ => None,
    };
    let found = match key {
        "custom" => {
            warn_of_unknown_fields(&place, data, &["message"], warnings);
            parsed(warnings)
        }
        // then it is the token that is called
        "execute" if data.get("cw20") != Some(&Value::Bool(true)) => {
            let fields = ["address", "chainId", "message", "funds", "cw20"];
            warn_of_unknown_fields(&place, data, &fields, warnings);
            parsed(warnings).map(|msg| {
                let empty = Value::Array(Vec::new());
                serde_json::json!({ "wasm": { "execute": {
                    "contract_addr": data.get("address").unwrap_or(&Value::Null),
                    "msg": msg,
                    "funds": data.get("funds").unwrap_or(&empty),
                }}})
            })
        }
        _ => None,
    };
    found.unwrap_or_else(|| {
        let told = match key {
            "custom" | "execute" => {
                "its message cannot be decoded: read it by yourself".to_string()
            }
            key => format!(
                "actions {key:?} are not decoded: read the {} values below",
                flatten(data).len()
            ),
        };
        warnings.add(&place, "not_decoded", told);
        action.clone()
    })
}

fn parse(place: &str, text: &str, warnings: &mut Warnings) -> Option<Value> {
    let json = json::parse(text).ok()?;
    let mut twice = Vec::new();
    let value = to_value(&json, &join(place, "message"), &mut twice);
    warn_of_twice(&twice, warnings);
    Some(value)
}
