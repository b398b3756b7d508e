//! The compact tables that are shipped: one line per validator, made by `scripts/make-sets`.

use cosmwasm_std::Uint128;

use super::names::clean_name;
use super::{SetValidator, Status, ensure_usable, parse_rate};
use crate::input::{InputError, Json, Node, Object, numbers, shape};
use crate::terminal::Denom;

const FIELDS: [&str; 5] = ["validator", "status", "jailed", "tokens", "commission_rate"];
/// The last field, which a table may leave out.
const NAME: &str = "name";

/// The sets inside the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ShippedSet {
    /// Cosmos Hub, October 2022: 175 bonded validators, 206.6 million ATOM.
    #[value(name = "cosmoshub-2022-10")]
    CosmosHub,
    /// Osmosis, July 2021: 100 bonded validators, 19.9 million OSMO.
    #[value(name = "osmosis-2021-07")]
    Osmosis,
}

impl ShippedSet {
    /// The name on the command line and in the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            ShippedSet::CosmosHub => "cosmoshub-2022-10",
            ShippedSet::Osmosis => "osmosis-2021-07",
        }
    }

    /// How its chain shows amounts.
    pub fn denom(self) -> Denom {
        let symbol = match self {
            ShippedSet::CosmosHub => "ATOM",
            ShippedSet::Osmosis => "OSMO",
        };
        Denom {
            symbol: symbol.to_string(),
            exponent: 6,
        }
    }

    /// The validators of the set.
    pub fn validators(self) -> Result<Vec<SetValidator>, InputError> {
        parse_table(match self {
            ShippedSet::CosmosHub => include_str!("../../data/cosmoshub-2022-10.csv"),
            ShippedSet::Osmosis => include_str!("../../data/osmosis-2021-07.csv"),
        })
    }
}

/// Reads a compact table. Its first line may be a header. Names stand last, so that they may have
/// commas.
pub fn parse_table(text: &str) -> Result<Vec<SetValidator>, InputError> {
    let header = FIELDS.join(",");
    let with_names = format!("{header},{NAME}");
    let first = text.lines().next().unwrap_or_default();
    let has_header = first == header || first == with_names;
    if !has_header {
        ensure_is_table(text, first, &header)?;
    }
    let takes_names = first != header;
    let rows = text.lines().enumerate().skip(usize::from(has_header));
    let validators = rows
        .filter(|(_, row)| !row.trim().is_empty())
        .map(|(index, row)| {
            let line = format!("line {}", index + 1);
            read_row(&line, row, takes_names).map(|validator| (line, validator))
        });
    ensure_usable(validators.collect::<Result<_, _>>()?)
}

/// Refuses what has no header and does not begin like a row, by what it looks like.
fn ensure_is_table(text: &str, first: &str, header: &str) -> Result<(), InputError> {
    shape::ensure_no_page_or_yaml(text)?;
    shape::ensure_plain_csv(first, "line 1")?;
    let has_number = first
        .split(',')
        .any(|cell| numbers::parse_tokens(cell).is_some());
    match has_number || first.trim().is_empty() {
        true => Ok(()),
        false => Err(InputError::Header {
            header: format!("{header}[,{NAME}]"),
            found: shape::shorten(first),
            hint: shape::header_hint(first),
        }),
    }
}

fn read_row(line: &str, row: &str, takes_names: bool) -> Result<SetValidator, InputError> {
    let most = FIELDS.len() + usize::from(takes_names);
    let cells: Vec<&str> = row.splitn(most, ',').collect();
    let cells_found = row.split(',').count();
    let is_whole = cells.len() >= FIELDS.len() && (takes_names || cells_found == FIELDS.len());
    // a name may stand in quotes
    shape::ensure_plain_csv(
        &cells.iter().take(5).copied().collect::<Vec<_>>().join(","),
        line,
    )?;
    if !is_whole {
        return Err(InputError::Cells {
            path: line.to_string(),
            expected: FIELDS.len(),
            found: cells_found,
        });
    }
    let named = FIELDS.iter().zip(&cells);
    let named = named.map(|(field, cell)| (field.to_string(), Json::Text(cell.to_string())));
    let row = Node::at(line.to_string(), Json::Object(named.collect()));
    let name = cells.get(FIELDS.len()).and_then(|name| clean_name(name));
    read_fields(row.open_object()?, name)
}

fn read_fields(mut row: Object, name: Option<String>) -> Result<SetValidator, InputError> {
    let operator = row.required("validator")?;
    Ok(SetValidator {
        operator: operator.text("an operator address", |text| {
            (!text.is_empty()).then(|| text.to_string())
        })?,
        status: row.required("status")?.text(
            "bonded, unbonding or unbonded",
            |text| match text {
                "bonded" => Some(Status::Bonded),
                "unbonding" => Some(Status::Unbonding),
                "unbonded" => Some(Status::Unbonded),
                _ => None,
            },
        )?,
        jailed: row.required("jailed")?.text("true or false", parse_flag)?,
        tokens: Uint128::new(row.required("tokens")?.tokens()?),
        commission_rate: row
            .required("commission_rate")?
            .text("a decimal in [0, 1]", parse_rate)?,
        name,
    })
}

/// Spreadsheets write them in capitals.
fn parse_flag(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

#[cfg(test)]
mod tests;
