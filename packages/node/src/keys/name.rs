//! Names of keys.

use std::fmt;
use std::str::FromStr;

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

/// Names are short and plain, because files are called so.
#[derive(Debug, thiserror::Error)]
#[error("{name:?} is no name of a key: 1 to 32 of the letters a to z, digits and hyphens")]
pub struct NoKeyName {
    /// As given.
    pub name: String,
}

impl FromStr for KeyName {
    type Err = NoKeyName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        match (1..=MOST_LETTERS).contains(&text.len()) && text.bytes().all(is_plain) {
            true => Ok(Self(text.to_string())),
            false => Err(NoKeyName {
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
