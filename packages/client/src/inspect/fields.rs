//! Any JSON as places with values, so that nothing of a message stays unseen.

use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::input::Json;

/// A value that has no parts, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// As `validators[0].name`.
    pub field: String,
    /// As JSON.
    pub value: Value,
}

/// All values of a JSON.
pub fn flatten(json: &Value) -> Vec<FieldRow> {
    let mut rows = Vec::new();
    add(String::new(), json, &mut rows);
    rows
}

fn add(field: String, json: &Value, rows: &mut Vec<FieldRow>) {
    match json {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                add(join(&field, name), value, rows);
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for (index, value) in values.iter().enumerate() {
                add(format!("{field}[{index}]"), value, rows);
            }
        }
        value => rows.push(FieldRow {
            field,
            value: value.clone(),
        }),
    }
}

/// The path to a field.
pub fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_string(),
        path => format!("{path}.{name}"),
    }
}

/// As other readers have it: of a field that is given twice the last counts. Their places are kept.
pub fn to_value(json: &Json, path: &str, twice: &mut Vec<String>) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Text(text) => Value::String(text.clone()),
        Json::Number(text) => text.parse::<Number>().map_or(Value::Null, Value::Number),
        Json::Array(elements) => {
            let elements = elements.iter().enumerate();
            let values =
                elements.map(|(index, it)| to_value(it, &format!("{path}[{index}]"), twice));
            Value::Array(values.collect())
        }
        Json::Object(fields) => {
            let mut map = Map::new();
            for (name, value) in fields {
                let path = join(path, name);
                let value = to_value(value, &path, twice);
                if map.insert(name.clone(), value).is_some() {
                    twice.push(path);
                }
            }
            Value::Object(map)
        }
    }
}
