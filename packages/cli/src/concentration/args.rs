//! The arguments of `defenders concentration`.

use std::path::PathBuf;

use super::error::ConcentrationError;
use crate::config::NodeArgs;
use crate::input::numbers;
use crate::terminal::{Denom, ViewArgs, parse_amount};
use crate::validator_set::compact::ShippedSet;

/// Which stakes, and how to show the result.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub source: Source,

    /// The vault's stake, which is part of the set's: validator and tokens, as JSON or CSV.
    #[arg(long, value_name = "FILE")]
    pub book: Option<PathBuf>,

    /// Groups of validators with one operator: validator and group, as JSON or CSV.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,

    /// Tokens that the vault gets on top, all of its stake being placed anew: base units, or as 1.5ATOM.
    #[arg(long, value_name = "TOKENS", allow_negative_numbers = true)]
    pub deposit: Option<String>,

    /// Caps and floor for the deposit: a policy as in the input of `targets`.
    #[arg(long, value_name = "FILE", requires = "deposit")]
    pub policy: Option<PathBuf>,

    /// A further Nakamoto coefficient, in basis points of the stake: 1 to 10000. May be repeated.
    #[arg(
        long = "threshold",
        value_name = "BASIS_POINTS",
        value_parser = clap::value_parser!(u16).range(1..=10_000)
    )]
    pub thresholds: Vec<u16>,

    /// Which chain, where no set is given: its validators, and the vault on it.
    #[command(flatten)]
    pub node: NodeArgs,

    #[command(flatten)]
    pub view: ViewArgs,
}

/// Where the set comes from: one of the two, or else a node.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub struct Source {
    /// What a chain answers at /cosmos/staking/v1beta1/validators, one page or more; or a compact
    /// table.
    #[arg(long, value_name = "FILE")]
    pub validators: Option<PathBuf>,

    /// One of the validator sets inside the program.
    #[arg(long, value_enum)]
    pub set: Option<ShippedSet>,
}

impl Args {
    /// The deposit in base units, on a chain whose users know its tokens as `display`, where that is known.
    pub fn deposit_tokens(
        &self,
        base: &str,
        display: Option<&Denom>,
    ) -> Result<Option<u128>, ConcentrationError> {
        let Some(text) = &self.deposit else {
            return Ok(None);
        };
        let is_base = text.bytes().all(|byte| byte.is_ascii_digit());
        let tokens = match (is_base, display) {
            (false, Some(display)) => parse_amount(text, base, Some(display)),
            _ => numbers::parse_tokens(text).ok_or_else(|| {
                format!("{text:?} must be an amount in base units, digits only, below 2^128")
            }),
        };
        tokens.map(Some).map_err(ConcentrationError::Deposit)
    }
}
