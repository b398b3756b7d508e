//! A value of any setting: a number in the row's unit, a text, a source, or none.

use std::str::FromStr;

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::PowerSource;

use crate::error::SettingsError;
use crate::row::Unit;
use crate::table::SettingName;

/// A value of any setting.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// None.
    Absent,
    /// In the row's unit; shares and factors in 10^-18.
    Number(u128),
    /// An account.
    Account(String),
    /// Where powers come from.
    Source(PowerSource),
}

impl SettingValue {
    /// A share or factor.
    #[must_use]
    pub const fn decimal(value: Decimal) -> Self {
        Self::Number(value.atomics().u128())
    }

    /// An account, if there is one.
    #[must_use]
    pub fn account(value: Option<&str>) -> Self {
        value.map_or(Self::Absent, |account| Self::Account(account.to_owned()))
    }

    /// What somebody writes: `0.05` for shares and factors, whole numbers for seconds, tokens and counts, an
    /// address, or a source as `grpc`, `stargate`, `attested`, `attested:ADDRESS` or `rank:60`. Without a
    /// text it is absent.
    ///
    /// # Errors
    /// [`SettingsError::NotAValue`].
    pub fn parse(name: SettingName, text: Option<&str>) -> Result<Self, SettingsError> {
        let Some(text) = text else {
            return Ok(Self::Absent);
        };
        let unit = name.row().unit;
        let value = match unit {
            Unit::Share | Unit::Factor => Decimal::from_str(text).ok().map(Self::decimal),
            Unit::Seconds | Unit::Tokens | Unit::Count => text.parse().ok().map(Self::Number),
            Unit::Account => Some(Self::Account(text.to_owned())),
            Unit::Source => parse_source(text).map(Self::Source),
        };
        value.ok_or_else(|| SettingsError::NotAValue {
            name: name.text(),
            expected: expected(unit),
            value: text.to_owned(),
        })
    }

    /// As [`SettingValue::parse`] reads it.
    #[must_use]
    pub fn tell(&self, unit: Unit) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Number(number) => Some(tell_number(*number, unit)),
            Self::Account(text) => Some(text.clone()),
            Self::Source(source) => Some(tell_source(source)),
        }
    }

    /// For errors: as it is written, or `nothing`.
    pub(crate) fn words(&self, unit: Unit) -> String {
        self.tell(unit).unwrap_or_else(|| "nothing".to_owned())
    }
}

pub(crate) fn tell_number(number: u128, unit: Unit) -> String {
    match unit {
        Unit::Share | Unit::Factor => Decimal::new(Uint128::new(number)).to_string(),
        _ => number.to_string(),
    }
}

pub(crate) const fn expected(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "a share such as 0.05",
        Unit::Factor => "a number such as 1.5",
        Unit::Seconds => "whole seconds",
        Unit::Tokens => "whole base units",
        Unit::Count => "a whole number",
        Unit::Account => "an address",
        Unit::Source => "grpc, stargate, attested, attested:ADDRESS or rank:NUMBER",
    }
}

fn parse_source(text: &str) -> Option<PowerSource> {
    Some(match text.split_once(':') {
        None => match text {
            "grpc" => PowerSource::Grpc,
            "stargate" => PowerSource::Stargate,
            "attested" => PowerSource::Attested { attester: None },
            _ => return None,
        },
        Some(("attested", attester)) if !attester.is_empty() => PowerSource::Attested {
            attester: Some(attester.to_owned()),
        },
        Some(("rank", rank)) => PowerSource::Rank {
            least_rank: rank.parse().ok()?,
        },
        Some(_) => return None,
    })
}

fn tell_source(source: &PowerSource) -> String {
    let name = source.name();
    match source {
        PowerSource::Attested {
            attester: Some(attester),
        } => format!("{name}:{attester}"),
        PowerSource::Rank { least_rank } => format!("{name}:{least_rank}"),
        _ => name.to_owned(),
    }
}
