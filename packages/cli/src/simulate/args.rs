//! The arguments of `defenders simulate`, and the set of validators they name.

use std::path::PathBuf;

use cosmwasm_std::Decimal;
use defenders_types::SELF_LIMIT_BPS;

use crate::input::FileError;
use crate::terminal::ViewArgs;
use crate::validator_set::compact::ShippedSet;
use crate::validator_set::source::{self, NamedSet};

/// The vault refuses deposits from this share of the chain on.
const SELF_LIMIT: Decimal = Decimal::bps(SELF_LIMIT_BPS);

/// What to simulate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One of the validator sets inside the program.
    #[arg(long, value_enum, default_value_t = ShippedSet::CosmosHub, conflicts_with = "validators")]
    set: ShippedSet,

    /// What a chain answers at /cosmos/staking/v1beta1/validators, one page or more; or a compact
    /// table.
    #[arg(long, value_name = "FILE")]
    validators: Option<PathBuf>,

    /// Part of the stake that every delegator moves into the vault: above 0, below 0.22.
    #[arg(long, default_value = "0.10", value_parser = parse_share, allow_negative_numbers = true)]
    pub share: Decimal,

    /// Days to simulate.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,

    /// Accounts that hold what was moved.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub depositors: u32,

    /// Where all chance comes from: the same seed gives the same report.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,

    /// Validators that charge more are not listed: 0 to 1.
    #[arg(long, default_value = "0.10", value_parser = parse_rate, allow_negative_numbers = true)]
    pub max_commission: Decimal,

    #[command(flatten)]
    pub view: ViewArgs,
}

impl Args {
    /// Reads the set that the arguments name.
    pub fn load_set(&self) -> Result<NamedSet, FileError> {
        source::load(self.validators.as_deref(), self.set)
    }
}

fn parse_share(text: &str) -> Result<Decimal, String> {
    let share: Option<Decimal> = text.parse().ok();
    share
        .filter(|share| !share.is_zero() && *share < SELF_LIMIT)
        .ok_or_else(|| format!("must be above 0 and below {SELF_LIMIT}, the vault's self limit"))
}

fn parse_rate(text: &str) -> Result<Decimal, String> {
    let rate: Option<Decimal> = text.parse().ok();
    rate.filter(|rate| *rate <= Decimal::one())
        .ok_or_else(|| "must be from 0 to 1".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_lies_between_nothing_and_the_self_limit() {
        assert_eq!(parse_share("0.10"), Ok(Decimal::percent(10)));
        assert!(parse_share("0.000000000000000001").is_ok());
        assert!(parse_share("0.219999999999999999").is_ok());
        for text in ["0", "0.0", "0.22", "1", "-0.1", "ten", "", "NaN"] {
            assert!(parse_share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rate_lies_between_zero_and_one() {
        assert_eq!(parse_rate("0"), Ok(Decimal::zero()));
        assert_eq!(parse_rate("1"), Ok(Decimal::one()));
        assert!(parse_rate("1.01").is_err());
        assert!(parse_rate("-0.1").is_err());
    }
}
