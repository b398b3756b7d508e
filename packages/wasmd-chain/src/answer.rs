//! Reading answers: proto-JSON writes most numbers as text, and leaves out what is empty.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::Value;

use crate::error::{Error, Outcome};

/// A text of an answer.
pub fn text(value: &Value) -> Outcome<String> {
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(malformed("text", value)),
    }
}

/// An integer of an answer, be it a number, text or absent (0).
pub fn number<T: TryFrom<u128>>(value: &Value) -> Outcome<T> {
    let number: Option<u128> = match value {
        Value::Null => Some(0),
        Value::String(digits) => digits.parse().ok(),
        other => other.as_u64().map(u128::from),
    };
    number
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| malformed("integer of this size", value))
}

/// Bytes of an answer in hexadecimal.
pub(crate) fn from_hex(value: &Value) -> Outcome<Vec<u8>> {
    let digits = text(value)?;
    let byte = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
    bytes.ok_or_else(|| malformed("text in hexadecimal", value))
}

/// The items of an answer; absent is none.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What is not as the chain's types say.
pub(crate) fn malformed(wanted: &'static str, found: &Value) -> Error {
    Error::Malformed {
        wanted,
        found: found.to_string(),
    }
}

/// A part of an answer as its type.
pub(crate) fn read<T: DeserializeOwned>(what: &'static str, value: &Value) -> Outcome<T> {
    T::deserialize(value).map_err(|source| Error::Json { what, source })
}

/// A field whose absence Go may write as `null`.
pub(crate) fn or_default<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop on errors")]

    use super::*;
    use serde_json::json;

    #[test]
    fn integers_come_as_numbers_as_text_or_not_at_all() {
        assert_eq!(number::<u64>(&json!(7)).unwrap(), 7);
        let most = json!(u128::MAX.to_string());
        assert_eq!(number::<u128>(&most).unwrap(), u128::MAX);
        assert_eq!(number::<u32>(&json!(null)).unwrap(), 0);
        let error = number::<u32>(&json!("4294967296")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"4294967296\" is no integer of this size"
        );
        assert!(number::<u32>(&json!(-1)).is_err());
    }
}
