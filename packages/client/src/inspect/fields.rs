//! Any JSON as places with values, so that nothing of a message stays unseen.

use serde::Serialize;
use serde_json::{Map, Number, Value};
use unicode_general_category::{GeneralCategory, get_general_category};

use super::warnings::Warnings;
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

/// Warns of the fields that are given twice, at these places.
pub fn warn_of_twice(places: &[String], warnings: &mut Warnings) {
    for place in places {
        let told = "the field is given twice, readers differ in which one counts";
        warnings.add(place, "field_twice", told);
    }
}

/// A text on one line in which everything can be seen: what ends lines, steers the terminal or imitates other
/// letters is spelt out.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_hidden(letter) {
            true => shown.extend(letter.escape_unicode()),
            false => shown.push(letter),
        }
    }
    shown
}

/// Warns of texts in which something cannot be seen.
pub fn warn_of_hidden(place: &str, json: &Value, warnings: &mut Warnings) {
    for row in flatten(json) {
        let text = match &row.value {
            Value::String(text) => text.as_str(),
            _ => "",
        };
        let lines = |letter: &char| *letter != '\n' && *letter != '\t' && *letter != '\r';
        if let Some(letter) = text.chars().filter(lines).find(|it| is_hidden(*it)) {
            let letter = letter.escape_unicode();
            warnings.add(
                &join(place, &row.field),
                "hidden_letter",
                format!("the text has a letter that cannot be seen, {letter}"),
            );
        }
    }
}

fn is_hidden(letter: char) -> bool {
    matches!(
        get_general_category(letter),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    )
}
