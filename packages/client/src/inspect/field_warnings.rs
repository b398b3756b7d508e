//! What is odd about the fields of any message.

use serde_json::{Map, Value};

use super::fields::{flatten, join};
use super::shown::is_hidden;
use super::warnings::Warnings;

/// Warns of the fields that are given twice, at these places.
pub fn warn_of_twice(places: &[String], warnings: &mut Warnings) {
    for place in places {
        let told = "the field is given twice, readers differ in which one counts";
        warnings.add(place, "field_twice", told);
    }
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

/// Warns of fields that are not among these.
pub fn warn_of_unknown_fields(
    place: &str,
    object: &Value,
    known: &[&str],
    warnings: &mut Warnings,
) {
    let names = object.as_object().into_iter().flat_map(Map::keys);
    for name in names.filter(|name| !known.contains(&name.as_str())) {
        let told = format!("unknown field, known here are {}", known.join(", "));
        warnings.add(&join(place, name), "unknown_field", told);
    }
}
