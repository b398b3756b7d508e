//! The types of others that messages and answers are made of.

use cosmwasm_std::{Binary, Decimal, Timestamp, Uint128};

use crate::{Errors, FromJson, Json, JsonError};

impl<T: FromJson> FromJson for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        match json {
            Json::Null => None,
            json => Some(T::read(json, errors)),
        }
    }

    fn absent(_field: &'static str, _errors: &mut Errors) -> Self {
        None
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn blank() -> Self {
        vec![]
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        match json {
            Json::List(items) => {
                let items = items.into_iter();
                items.map(|item| T::read(item, errors)).collect()
            }
            other => {
                errors.note(other.is_not("an array"));
                vec![]
            }
        }
    }
}

impl FromJson for bool {
    fn blank() -> Self {
        false
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        match json {
            Json::Bool(value) => value,
            other => {
                errors.note(other.is_not("a boolean"));
                false
            }
        }
    }
}

impl FromJson for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        text(json, "a string", errors)
    }
}

fn text(json: Json, expected: &'static str, errors: &mut Errors) -> String {
    match json {
        Json::Text(text) => text,
        other => {
            errors.note(other.is_not(expected));
            String::new()
        }
    }
}

/// A number of so many values. 0 stands in for others.
fn number_below(json: Json, most: u64, expected: &'static str, errors: &mut Errors) -> u64 {
    match json {
        Json::Number(value) if value <= most => value,
        Json::Number(value) => {
            errors.note(JsonError::Nonsense {
                found: value.to_string(),
                expected,
            });
            0
        }
        other => {
            errors.note(other.is_not(expected));
            0
        }
    }
}

macro_rules! numbers {
    ($($type:ty: $expected:literal,)+) => {$(
        impl FromJson for $type {
            fn blank() -> Self {
                0
            }

            fn read(json: Json, errors: &mut Errors) -> Self {
                let value = number_below(json, u64::from(<$type>::MAX), $expected, errors);
                <$type>::try_from(value).unwrap_or_default()
            }
        }
    )+};
}

numbers! {
    u8: "a whole number from 0 to 255",
    u32: "a whole number from 0 to 4294967295",
    u64: "a whole number from 0 to 18446744073709551615",
}

/// Values that are written as strings.
macro_rules! parsed {
    ($($type:ty, $blank:expr, $expected:literal, $parse:expr;)+) => {$(
        impl FromJson for $type {
            fn blank() -> Self {
                $blank
            }

            fn read(json: Json, errors: &mut Errors) -> Self {
                const EXPECTED: &str = $expected;
                let found = text(json, EXPECTED, errors);
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(&found).unwrap_or_else(|| {
                    errors.note(JsonError::Nonsense { found, expected: EXPECTED });
                    Self::blank()
                })
            }
        }
    )+};
}

parsed! {
    Uint128, Self::zero(), "a whole number of at most 128 bits, as a string",
        |text| text.parse().ok().map(Self::new);
    Timestamp, Self::default(), "nanoseconds since 1970, as a string",
        |text| text.parse().ok().map(Self::from_nanos);
    Decimal, Self::zero(), "a decimal with at most 18 places, as a string", |text| text.parse().ok();
    Binary, Self::default(), "base64, as a string", |text| Self::from_base64(text).ok();
}
