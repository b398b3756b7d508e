//! What x/bank takes as metadata.

use std::collections::BTreeSet;

use anybuf::Bufany;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::DenomMetadata;

use crate::denom::{invalid, is_denom};
use crate::error::FactoryError;

/// What wallets show of a denom.
#[cw_serde]
#[derive(Default)]
pub struct Metadata {
    /// A sentence, or nothing.
    pub description: String,
    /// The base first, then by exponent.
    pub units: Vec<DenomUnit>,
    /// The denom.
    pub base: String,
    /// One of the units.
    pub display: String,
    /// Its name.
    pub name: String,
    /// Its ticker symbol.
    pub symbol: String,
    /// Where to read more, or nothing.
    pub uri: String,
    /// SHA-256 of what lies there, or nothing.
    pub uri_hash: String,
}

/// A unit.
#[cw_serde]
#[derive(Default)]
pub struct DenomUnit {
    /// Its name.
    pub denom: String,
    /// How many of the base it is, as a power of ten.
    pub exponent: u32,
    /// Other names.
    pub aliases: Vec<String>,
}

impl Metadata {
    /// Those of a denom of which nothing is said.
    pub(crate) fn bare(denom: &str) -> Self {
        let unit = DenomUnit {
            denom: denom.to_owned(),
            ..DenomUnit::default()
        };
        Self {
            units: vec![unit],
            base: denom.to_owned(),
            display: denom.to_owned(),
            name: denom.to_owned(),
            symbol: denom.to_owned(),
            ..Self::default()
        }
    }

    /// `cosmos.bank.v1beta1.Metadata`; `None` when the field is none.
    pub(crate) fn decode(message: &Bufany<'_>, field: u32) -> Option<Self> {
        if message.value(field).is_none() {
            return Some(Self::default());
        }
        let metadata = message.message(field)?;
        let units = metadata.repeated_message(2).ok()?;
        Some(Self {
            description: metadata.string(1)?,
            units: units.iter().map(DenomUnit::decode).collect::<Option<_>>()?,
            base: metadata.string(3)?,
            display: metadata.string(4)?,
            name: metadata.string(5)?,
            symbol: metadata.string(6)?,
            uri: metadata.string(7)?,
            uri_hash: metadata.string(8)?,
        })
    }

    /// As cw-multi-test's bank has them.
    pub(crate) fn to_bank(&self) -> DenomMetadata {
        let units = self.units.iter().cloned();
        let units = units.map(|unit| cosmwasm_std::DenomUnit {
            denom: unit.denom,
            exponent: unit.exponent,
            aliases: unit.aliases,
        });
        DenomMetadata {
            description: self.description.clone(),
            denom_units: units.collect(),
            base: self.base.clone(),
            display: self.display.clone(),
            name: self.name.clone(),
            symbol: self.symbol.clone(),
            uri: self.uri.clone(),
            uri_hash: self.uri_hash.clone(),
        }
    }

    /// As x/bank judges.
    pub(crate) fn ensure_valid(&self) -> Result<(), FactoryError> {
        match self.find_fault() {
            Some(fault) => Err(FactoryError::unregistered(fault)),
            None => Ok(()),
        }
    }

    fn find_fault(&self) -> Option<String> {
        for (name, text) in [("name", &self.name), ("symbol", &self.symbol)] {
            if text.trim().is_empty() {
                return Some(format!("{name} field cannot be blank"));
            }
        }
        for (name, denom) in [("base", &self.base), ("display", &self.display)] {
            if !is_denom(denom) {
                return Some(format!("invalid metadata {name} denom: {}", invalid(denom)));
            }
        }
        let mut seen = BTreeSet::new();
        let mut exponent = 0;
        for (position, unit) in self.units.iter().enumerate() {
            if position == 0 && unit.denom != self.base {
                return Some(format!(
                    "metadata's first denomination unit must be the one with base denom '{}'",
                    self.base
                ));
            }
            if position == 0 && unit.exponent != 0 {
                return Some(format!(
                    "the exponent for base denomination unit {} must be 0",
                    self.base
                ));
            }
            if position > 0 && exponent >= unit.exponent {
                return Some("denom units should be sorted asc by exponent".to_owned());
            }
            exponent = unit.exponent;
            if !seen.insert(&unit.denom) {
                return Some(format!("duplicate denomination unit {}", unit.denom));
            }
            if let Some(fault) = unit.find_fault() {
                return Some(fault);
            }
        }
        let has_display = seen.contains(&self.display);
        (!has_display).then(|| {
            format!(
                "metadata must contain a denomination unit with display denom '{}'",
                self.display
            )
        })
    }
}

impl DenomUnit {
    fn decode(unit: &Bufany<'_>) -> Option<Self> {
        Some(Self {
            denom: unit.string(1)?,
            exponent: unit.uint32(2)?,
            aliases: unit.repeated_string(3).ok()?,
        })
    }

    fn find_fault(&self) -> Option<String> {
        if !is_denom(&self.denom) {
            return Some(format!("invalid denom unit: {}", invalid(&self.denom)));
        }
        let mut seen = BTreeSet::new();
        for alias in &self.aliases {
            if !seen.insert(alias) {
                return Some(format!("duplicate denomination unit alias {alias}"));
            }
            if alias.trim().is_empty() {
                return Some(format!(
                    "alias for denom unit {} cannot be blank",
                    self.denom
                ));
            }
        }
        None
    }
}
