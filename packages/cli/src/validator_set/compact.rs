//! The compact tables that are shipped: one line per validator, made by `scripts/make-sets`.

use super::{SetError, SetValidator, Status, ensure_usable, parse_rate, parse_tokens};

const HEADER: &str = "validator,status,jailed,tokens,commission_rate";

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

    /// The validators of the set.
    pub fn validators(self) -> Result<Vec<SetValidator>, SetError> {
        parse_table(match self {
            ShippedSet::CosmosHub => include_str!("../../data/cosmoshub-2022-10.csv"),
            ShippedSet::Osmosis => include_str!("../../data/osmosis-2021-07.csv"),
        })
    }
}

/// Reads a compact table. A header stands in its first line.
pub fn parse_table(text: &str) -> Result<Vec<SetValidator>, SetError> {
    let rows = text.lines().enumerate();
    let validators = rows
        .filter(|(_, row)| *row != HEADER && !row.is_empty())
        .map(|(index, row)| parse_row(index + 1, row));
    ensure_usable(validators.collect::<Result<_, _>>()?)
}

fn parse_row(line: usize, row: &str) -> Result<SetValidator, SetError> {
    let fields: Vec<&str> = row.split(',').collect();
    let [operator, status, jailed, tokens, commission_rate] = fields[..] else {
        return Err(SetError::Line {
            line,
            found: fields.len(),
        });
    };
    let wrong = |field, expected, found: &str| SetError::Field {
        validator: format!("line {line}"),
        field,
        expected,
        found: format!("\"{found}\""),
    };
    if operator.is_empty() {
        return Err(wrong("validator", "an operator address", operator));
    }
    Ok(SetValidator {
        operator: operator.to_string(),
        status: match status {
            "bonded" => Status::Bonded,
            "unbonding" => Status::Unbonding,
            "unbonded" => Status::Unbonded,
            _ => return Err(wrong("status", "bonded, unbonding or unbonded", status)),
        },
        jailed: jailed
            .parse()
            .map_err(|_| wrong("jailed", "true or false", jailed))?,
        tokens: parse_tokens(tokens)
            .ok_or_else(|| wrong("tokens", "an unsigned integer", tokens))?,
        commission_rate: parse_rate(commission_rate)
            .ok_or_else(|| wrong("commission_rate", "a decimal in [0, 1]", commission_rate))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::{Decimal, Uint128};

    fn total(set: &[SetValidator]) -> u128 {
        set.iter().map(|validator| validator.tokens.u128()).sum()
    }

    #[test]
    fn shipped_sets_are_whole() {
        let hub = ShippedSet::CosmosHub.validators().unwrap();
        assert_eq!(hub.len(), 175);
        assert_eq!(total(&hub) / 1_000_000, 206_645_447); // ATOM
        let above_ten_percent = |set: &[SetValidator]| {
            set.iter()
                .filter(|validator| validator.commission_rate > Decimal::percent(10))
                .count()
        };
        assert_eq!(above_ten_percent(&hub), 22);

        let osmosis = ShippedSet::Osmosis.validators().unwrap();
        assert_eq!(osmosis.len(), 100);
        assert_eq!(total(&osmosis) / 1_000_000, 19_888_836); // OSMO
        assert_eq!(above_ten_percent(&osmosis), 0);

        for validator in hub.iter().chain(&osmosis) {
            assert!(validator.is_bonded(), "{}", validator.operator);
        }
    }

    #[test]
    fn row_keeps_every_field() {
        let table = format!("{HEADER}\nxvaloper1a,unbonding,true,7,0.05\nb,bonded,false,1,1\n");
        assert_eq!(
            parse_table(&table).unwrap()[1],
            SetValidator {
                operator: "xvaloper1a".to_string(),
                status: Status::Unbonding,
                jailed: true,
                tokens: Uint128::new(7),
                commission_rate: Decimal::percent(5),
            }
        );
    }

    #[test]
    fn broken_rows_are_named_by_line_and_field() {
        let cases = [
            ("a,bonded,false,1", "line 2: expected 5 fields, found 4"),
            (
                "a,BOND,false,1,0",
                "line 2: field `status` must be bonded, unbonding or unbonded, not \"BOND\"",
            ),
            (
                "a,bonded,no,1,0",
                "line 2: field `jailed` must be true or false, not \"no\"",
            ),
            (
                "a,bonded,false,-1,0",
                "line 2: field `tokens` must be an unsigned integer, not \"-1\"",
            ),
            (
                "a,bonded,false,1,2",
                "line 2: field `commission_rate` must be a decimal in [0, 1], not \"2\"",
            ),
        ];
        for (row, message) in cases {
            let error = parse_table(&format!("{HEADER}\n{row}\n")).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
