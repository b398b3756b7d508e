//! Names of keys.

use std::fmt;
use std::str::FromStr;

use super::error::KeyError;

/// The most letters of a name.
const MOST_LETTERS: usize = 32;

/// A name of a key: `[a-z0-9-]{1,32}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

impl KeyName {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        match (1..=MOST_LETTERS).contains(&text.len()) && text.bytes().all(is_plain) {
            true => Ok(Self(text.to_string())),
            false => Err(KeyError::Name {
                name: text.to_string(),
            }),
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
