//! Values understood, each where it was written.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use super::error::ConfigError;
use super::field::Field;
use super::origin::{Origin, Settled};
use super::raw::{Raw, RawValues};
use crate::proposal::{Prefix, parse_address};
use crate::terminal::Denom;

/// More decimals than this no amount below 2^128 has.
const MOST_DECIMALS: u32 = 38;

/// Values by setting.
pub(super) struct Values(pub(super) RawValues);

impl Values {
    pub(super) fn read<T, E: Display>(
        &self,
        field: Field,
        understand: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<Settled<T>>, ConfigError> {
        let Some(Settled {
            value: Raw::One(text),
            from,
        }) = self.0.get(&field)
        else {
            return Ok(None);
        };
        match understand(text) {
            Ok(value) => Ok(Some(Settled {
                value,
                from: from.clone(),
            })),
            Err(reason) => Err(wrong(field, from, reason)),
        }
    }

    pub(super) fn parse<T: FromStr<Err: Display>>(
        &self,
        field: Field,
    ) -> Result<Option<Settled<T>>, ConfigError> {
        self.read(field, T::from_str)
    }

    pub(super) fn path(&self, field: Field) -> Result<Option<Settled<PathBuf>>, ConfigError> {
        self.read(field, |text| match text.is_empty() {
            true => Err("must be a path"),
            false => Ok(PathBuf::from(text)),
        })
    }

    pub(super) fn address(&self, field: Field) -> Result<Option<Settled<String>>, ConfigError> {
        self.read(field, |text| {
            let read = parse_address(text).and_then(|text| match Prefix::of(&text) {
                Some(prefix) if prefix.is_operator() => Err("it is an operator's"),
                _ => Ok(text),
            });
            read.map_err(|reason| format!("{text:?} is not the address wanted here: {reason}"))
        })
    }

    pub(super) fn nodes(&self) -> Result<Option<Settled<Vec<String>>>, ConfigError> {
        let Some(Settled { value, from }) = self.0.get(&Field::Nodes) else {
            return Ok(None);
        };
        let value = match value {
            Raw::One(text) => vec![text.clone()],
            Raw::Many(texts) => texts.clone(),
        };
        if value.is_empty() {
            return Err(wrong(Field::Nodes, from, "must name a node"));
        }
        for url in &value {
            ensure_url(url).map_err(|reason| wrong(Field::Nodes, from, reason))?;
        }
        Ok(Some(Settled {
            value,
            from: from.clone(),
        }))
    }

    /// Symbol and decimals say nothing without each other.
    pub(super) fn denom(&self) -> Result<Option<Settled<Denom>>, ConfigError> {
        let symbol = self.parse::<String>(Field::DenomSymbol)?;
        let decimals = self.parse::<String>(Field::DenomDecimals)?;
        match (symbol, decimals) {
            (None, None) => Ok(None),
            (Some(Settled { value, from }), None) => {
                let reason = format!("denom.decimals is missing beside {value:?}");
                Err(wrong(Field::DenomSymbol, &from, reason))
            }
            (None, Some(Settled { from, .. })) => {
                let reason = "denom.symbol is missing beside it";
                Err(wrong(Field::DenomDecimals, &from, reason))
            }
            (Some(symbol), Some(decimals)) => {
                let exponent = decimals.value.parse::<u32>().ok();
                let Some(exponent) = exponent.filter(|exponent| *exponent <= MOST_DECIMALS) else {
                    let reason = format!(
                        "{:?} is no number of decimals, 0 to {MOST_DECIMALS}",
                        decimals.value
                    );
                    return Err(wrong(Field::DenomDecimals, &decimals.from, reason));
                };
                let denom = format!("{}:{exponent}", symbol.value);
                match denom.parse() {
                    Ok(value) => Ok(Some(Settled {
                        value,
                        from: symbol.from,
                    })),
                    Err(_) => {
                        let reason = format!("{:?} is no symbol, as ATOM", symbol.value);
                        Err(wrong(Field::DenomSymbol, &symbol.from, reason))
                    }
                }
            }
        }
    }
}

fn wrong(field: Field, from: &Origin, reason: impl Display) -> ConfigError {
    ConfigError::Value {
        field,
        from: from.clone(),
        reason: reason.to_string(),
    }
}

fn ensure_url(url: &str) -> Result<(), String> {
    let host = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"));
    let is_url = |host: &str| {
        !host.is_empty()
            && !host.starts_with([':', '/'])
            && host.bytes().all(|byte| byte.is_ascii_graphic())
    };
    match host.is_some_and(is_url) {
        true => Ok(()),
        false => Err(format!(
            "{url:?} is no address of a node: it begins with http:// or https://, as http://127.0.0.1:26657"
        )),
    }
}
