//! The arguments of `defenders simulate`, and the set of validators they name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use cosmwasm_std::{Decimal, StdError};
use defenders_settings::{Moment, SettingName, SettingValue, ensure_in_bounds};
use defenders_types::{AllocationPolicyInput, SELF_LIMIT_BPS};
use defenders_vault::error::ContractError;

use super::groups::load_groups;
use super::list::load_list;
use super::scenario::Scenario;
use super::wishes::Wishes;
use crate::input::listing::read_policy;
use crate::input::{FileError, InputError, Node, load};
use crate::terminal::ViewArgs;
use crate::validator_set::SetValidator;
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
    /// table; - is standard input.
    #[arg(long, value_name = "FILE")]
    validators: Option<PathBuf>,

    /// What happens to the chain and its validators.
    #[arg(long, value_enum, default_value_t = Scenario::Join)]
    pub scenario: Scenario,

    /// Who shares an operator, a hosting provider, a jurisdiction: CSV, a line each below the header
    /// `validator,operator,hosting,jurisdiction`.
    #[arg(long, value_name = "FILE", required_if_eq("scenario", "hosting"))]
    groups: Option<PathBuf>,

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

    /// Validators that charge more are not listed: 0.05 to 0.20.
    #[arg(long, default_value = "0.10", value_parser = parse_rate, allow_negative_numbers = true)]
    pub max_commission: Decimal,

    /// List these validators and nobody else: CSV, a line each below the header `validator`.
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,

    /// Caps and floor of the vault: a policy as in the input of `targets`.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,

    /// Print the days as CSV on standard output, and nothing else there.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,

    /// Write a picture of where the vault's stake went, beside the report.
    #[arg(long, value_name = "FILE", value_parser = parse_output)]
    svg: Option<PathBuf>,

    /// Write a web page that shows all of it in pictures and tables, beside the report.
    #[arg(long, value_name = "FILE", value_parser = parse_output)]
    report: Option<PathBuf>,

    #[command(flatten)]
    pub view: ViewArgs,
}

impl Args {
    /// Reads the set that the arguments name.
    pub fn load_set(&self) -> Result<NamedSet, FileError> {
        source::load(self.validators.as_deref(), self.set)
    }

    /// Whether the days are wanted one by one.
    pub fn wants_days(&self) -> bool {
        self.csv || self.report.is_some()
    }

    /// Reads what the user wants of the vault.
    pub fn load_wishes(&self, set: &[SetValidator]) -> Result<Wishes, FileError> {
        let own = self.list.as_deref().map(|file| load_list(file, set));
        let policy = self.policy.as_deref();
        let policy = policy.map(|file| load(file, |node| read_vault_policy(node, self)));
        let groups = self.groups.as_deref().map(|file| load_groups(file, set));
        Ok(Wishes {
            list: own.transpose()?,
            policy: policy.transpose()?,
            groups: groups.transpose()?.unwrap_or_default(),
            listed_first: self.scenario.listed_first(),
            max_commission: self.max_commission,
        })
    }

    /// Tells now, and not after the simulation, when a file cannot be written.
    pub fn try_outputs(&self) -> Result<(), FileError> {
        [&self.svg, &self.report]
            .into_iter()
            .flatten()
            .try_for_each(|file| {
                let opened = File::options().append(true).create(true).open(file);
                opened.map(drop).map_err(|error| unwritable(error, file))
            })
    }

    /// Writes the picture where one is wanted.
    pub fn save_picture(&self, draw: impl FnOnce() -> String) -> Result<(), FileError> {
        save(self.svg.as_deref(), draw)
    }

    /// Writes the web page where one is wanted.
    pub fn save_page(&self, draw: impl FnOnce() -> String) -> Result<(), FileError> {
        save(self.report.as_deref(), draw)
    }

    /// What the vault says of the policy given.
    pub fn policy_error(&self, error: &anyhow::Error) -> Option<FileError> {
        let file = self.policy.as_deref()?;
        match error.downcast_ref()? {
            error @ ContractError::Setting(_) => {
                let reason = error.to_string();
                let path = "the vault refuses it".to_string();
                Some(InputError::Impossible { path, reason }.in_file(file))
            }
            _ => None,
        }
    }
}

fn save(file: Option<&Path>, draw: impl FnOnce() -> String) -> Result<(), FileError> {
    let Some(file) = file else {
        return Ok(());
    };
    fs::write(file, draw()).map_err(|error| unwritable(error, file))
}

fn unwritable(error: io::Error, file: &Path) -> FileError {
    InputError::Unwritable(error).in_file(file)
}

/// A policy that the vault's messages can carry.
fn read_vault_policy(node: Node, args: &Args) -> Result<AllocationPolicyInput, InputError> {
    let policy = read_policy(node)?;
    if policy.bond_factor.is_some() {
        return Err(InputError::Impossible {
            path: "bond_factor".to_string(),
            reason: "no set tells what operators have on their own validators: leave it out"
                .to_string(),
        });
    }
    let defaults = AllocationPolicyInput::default();
    Ok(AllocationPolicyInput {
        // who names no operator is one of its own: a lower cap of operators would be in force instead
        operator_cap: defaults.operator_cap.max(policy.vault_share_cap),
        vault_share_cap: policy.vault_share_cap,
        chain_share_cap: policy.chain_share_cap,
        match_cap: policy.match_cap,
        floor: policy.floor,
        max_commission_rate: args.max_commission,
        ..defaults
    })
}

fn parse_share(text: &str) -> Result<Decimal, String> {
    let share: Option<Decimal> = text.parse().ok();
    share
        .filter(|share| !share.is_zero() && *share < SELF_LIMIT)
        .ok_or_else(|| {
            format!("must be above 0 and below {SELF_LIMIT}, the vault's self limit: 0.10 is 10 %")
        })
}

/// Standard output is the report's.
fn parse_output(text: &str) -> Result<PathBuf, String> {
    match text {
        "-" => Err("must be a file: standard output has the report".to_string()),
        file => Ok(file.into()),
    }
}

fn parse_rate(text: &str) -> Result<Decimal, String> {
    let name = SettingName::MaxCommissionRate;
    let value = SettingValue::parse(name, Some(text));
    let judged = value.and_then(|value| ensure_in_bounds(name, &value, Moment::Founding));
    judged.map_err(|error| error.to_string())?;
    text.parse().map_err(|error: StdError| error.to_string())
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
    fn rate_lies_within_the_bounds_of_the_vault() {
        assert_eq!(parse_rate("0.05"), Ok(Decimal::percent(5)));
        assert_eq!(parse_rate("0.20"), Ok(Decimal::percent(20)));
        for text in ["0", "0.049999999999999999", "0.200000000000000001", "1"] {
            let refused = format!("max_commission_rate must be between 0.05 and 0.2, got {text}");
            assert_eq!(parse_rate(text), Err(refused));
        }
        for text in ["-0.1", "", "5 %"] {
            let refused = format!("max_commission_rate must be a share such as 0.05, got {text}");
            assert_eq!(parse_rate(text), Err(refused));
        }
    }
}
