//! `defenders.toml`: found upward from the working folder, read strictly.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Spanned, Value};

use super::error::ConfigError;
use super::field::{FILE, Field};
use super::origin::{Origin, Settled};
use super::raw::{Raw, RawValues};
use crate::input::{hint, read_text, tell_all};

/// The one table in it.
const DENOM: &str = "denom";
/// What people look for a place for.
const SECRETS: [&str; 6] = [
    "mnemonic",
    "passphrase",
    "password",
    "private_key",
    "secret",
    "seed",
];

type Table = BTreeMap<Spanned<String>, Spanned<Value>>;

/// The table again, for the places in it.
#[derive(Deserialize)]
struct DenomTable {
    denom: Table,
}

/// The nearest one upward, by a path from the working folder.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let mut way = PathBuf::new();
    for above in folder.ancestors() {
        if above.join(FILE).is_file() {
            return Some(way.join(FILE));
        }
        way.push("..");
    }
    None
}

/// What the file says. `shown` is its path for messages.
pub fn read(file: &Path, shown: &Path) -> Result<RawValues, ConfigError> {
    let text = read_text(file).map_err(|error| error.in_file(shown))?;
    let reader = Reader { shown, text: &text };
    let mut values = BTreeMap::new();
    for (name, value) in reader.parse::<Table>()? {
        if name.get_ref() != DENOM {
            let known = Field::ALL
                .map(Field::name)
                .into_iter()
                .filter(|name| !name.contains('.'));
            let field = reader.field(&name, "", known.chain([DENOM]))?;
            values.insert(field, reader.value(field, &value)?);
            continue;
        }
        if !value.get_ref().is_table() {
            let reason = "denom: must be a table with base, symbol and decimals";
            return Err(reader.wrong(&value.span(), reason.to_string()));
        }
        for (name, value) in reader.parse::<DenomTable>()?.denom {
            let known = Field::ALL.map(Field::name).into_iter();
            let known = known.filter_map(|name| name.strip_prefix("denom."));
            let field = reader.field(&name, "denom.", known)?;
            values.insert(field, reader.value(field, &value)?);
        }
    }
    Ok(values)
}

struct Reader<'a> {
    shown: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn parse<T: for<'de> Deserialize<'de>>(&self) -> Result<T, ConfigError> {
        toml::from_str(self.text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            self.wrong(&span, format!("not valid TOML: {}", error.message().trim()))
        })
    }

    /// The setting of this name.
    fn field<'b>(
        &self,
        name: &Spanned<String>,
        table: &str,
        known: impl Iterator<Item = &'b str> + Clone,
    ) -> Result<Field, ConfigError> {
        let text = name.get_ref();
        let full = format!("{table}{text}");
        let is_known = known.clone().any(|known| known == text);
        let found = Field::ALL.into_iter().find(|field| field.name() == full);
        if let (Some(field), true) = (found, is_known) {
            return Ok(field);
        }
        let reason = match SECRETS.contains(&text.as_str()) {
            true => format!(
                "{full}: secrets do not belong into this file: passphrase_file names the file of a passphrase"
            ),
            false => {
                let near = hint(text, known.clone());
                let near = if near.is_empty() {
                    tell_all(known)
                } else {
                    near
                };
                format!("there is no setting {full:?}{near}")
            }
        };
        Err(self.wrong(&name.span(), reason))
    }

    fn value(&self, field: Field, value: &Spanned<Value>) -> Result<Settled<Raw>, ConfigError> {
        let texts = |values: &Vec<Value>| {
            let texts = values
                .iter()
                .map(|value| value.as_str().map(str::to_string));
            texts.collect::<Option<Vec<_>>>()
        };
        let raw = match (field, value.get_ref()) {
            (_, Value::String(text)) => Some(Raw::One(text.clone())),
            (Field::Nodes, Value::Array(values)) => texts(values).map(Raw::Many),
            (Field::GasFactor | Field::DenomDecimals, Value::Integer(number)) => {
                Some(Raw::One(number.to_string()))
            }
            (Field::GasFactor, Value::Float(number)) => Some(Raw::One(number.to_string())),
            _ => None,
        };
        let wanted = match field {
            Field::Nodes => "must be an array of texts in quotes",
            Field::DenomDecimals => "must be a number",
            _ => "must be a text in quotes",
        };
        let from = Origin::File {
            file: self.shown.to_path_buf(),
            line: self.line(&value.span()),
        };
        match raw {
            Some(value) => Ok(Settled { value, from }),
            None => Err(ConfigError::Value {
                field,
                from,
                reason: wanted.to_string(),
            }),
        }
    }

    fn wrong(&self, span: &Range<usize>, reason: String) -> ConfigError {
        ConfigError::Line {
            file: self.shown.to_path_buf(),
            line: self.line(span),
            reason,
        }
    }

    /// Counted from 1.
    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().iter().take(span.start);
        1 + before.filter(|byte| **byte == b'\n').count()
    }
}
