//! `defenders concentration`: how concentrated the stake of a set is, with the vault's stake,
//! without it, and with a deposit more.

mod chain;
mod report;
mod tables;

use std::path::PathBuf;

use defenders_allocation::AllocationError;

use crate::input::{FileError, numbers};
use crate::output::{OutputError, print, to_json};
use crate::validator_set::compact::ShippedSet;
use crate::validator_set::source::SourceError;

/// Which stakes, and how to show the result.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,

    /// The vault's stake, which is part of the set's: validator and tokens, as JSON or CSV.
    #[arg(long, value_name = "FILE")]
    book: Option<PathBuf>,

    /// Groups of validators with one operator: validator and group, as JSON or CSV.
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,

    /// Base units that the vault gets on top, all of its stake being placed anew.
    #[arg(long, value_name = "TOKENS", value_parser = parse_deposit, allow_negative_numbers = true)]
    deposit: Option<u128>,

    /// Caps and floor for the deposit: a policy as in the input of `targets`.
    #[arg(long, value_name = "FILE", requires = "deposit")]
    policy: Option<PathBuf>,

    /// A further Nakamoto coefficient, in basis points of the stake: 1 to 10000. May be repeated.
    #[arg(
        long = "threshold",
        value_name = "BASIS_POINTS",
        value_parser = clap::value_parser!(u16).range(1..=10_000)
    )]
    thresholds: Vec<u16>,

    /// Print one JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Where the set comes from: one of the two.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// What a chain answers at /cosmos/staking/v1beta1/validators, one page or more; or a compact
    /// table.
    #[arg(long, value_name = "FILE")]
    validators: Option<PathBuf>,

    /// One of the validator sets inside the program.
    #[arg(long, value_enum)]
    set: Option<ShippedSet>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ConcentrationError {
    /// There is no set.
    #[error(transparent)]
    Set(#[from] SourceError),
    /// Another file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// Numbers that are each valid, but have no answer together.
    #[error(transparent)]
    Impossible(#[from] AllocationError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl ConcentrationError {
    /// 2 when the user can mend it, else 1.
    pub fn exit_status(&self) -> u8 {
        match self {
            ConcentrationError::Set(_)
            | ConcentrationError::File(_)
            | ConcentrationError::Impossible(_) => 2,
            ConcentrationError::Output(_) => 1,
        }
    }
}

/// Reads the files, and writes the report to standard output.
pub fn run(args: &Args) -> Result<(), ConcentrationError> {
    let chain = chain::load_chain(args)?;
    let report = report::compute_report(&chain, &args.thresholds)?;
    let text = match args.json {
        true => to_json(&report)?,
        false => tables::render(&report),
    };
    Ok(print(&text)?)
}

fn parse_deposit(text: &str) -> Result<u128, &'static str> {
    numbers::parse_tokens(text).ok_or("must be an amount in base units, below 2^128")
}
