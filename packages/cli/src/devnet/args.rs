//! What `devnet` takes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::home::USUAL;
use crate::terminal::WholeViewArgs;
use crate::validator_set::compact::ShippedSet;

/// What to do with it.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct Args {
    /// What to do with it. Nothing named, with options: start it.
    #[command(subcommand)]
    pub action: Option<Action>,
    /// How it starts.
    #[command(flatten)]
    pub start: StartArgs,
}

/// What can be done with it.
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Start it; the first time, deploy the vault on it.
    Start(StartArgs),
    /// Stop it; what it has stays on disk.
    Stop(HomeArgs),
    /// Stop it, and remove all it has.
    Reset(ResetArgs),
    /// Show chain, ports, height, time, vault, multisig and accounts.
    Status(HomeArgs),
    /// Let time pass at once, as 21d, 6h or 90s.
    Advance(AdvanceArgs),
    /// Let these validators miss blocks from now on; nobody named: all sign again.
    Absent(NamesArgs),
    /// Put a validator out of the set.
    Jail(NameArgs),
    /// Let a validator sign two blocks of a height: it is slashed, and out for ever.
    DoubleSign(NameArgs),
    /// What `start --page` starts: serve the page until the node ends.
    #[command(hide = true)]
    ServePage(PageArgs),
}

/// Where it is.
#[derive(Debug, Clone, clap::Args)]
pub struct HomeArgs {
    /// Its folder. Default: ./devnet, or the working folder when that is one.
    #[arg(long, value_name = "DIR", default_value = USUAL)]
    pub home: PathBuf,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// How it starts.
#[derive(Debug, clap::Args)]
pub struct StartArgs {
    /// Where it is.
    #[command(flatten)]
    pub at: HomeArgs,

    /// Time between two blocks, as 1s or 500ms. Default: 1s. Each start says it anew.
    #[arg(long, value_name = "TIME")]
    pub block_time: Option<String>,

    /// The validators that it begins with: their names, weights and commissions. Default: osmosis-2021-07.
    #[arg(
        long,
        value_name = "SET",
        value_enum,
        conflicts_with = "validators_file"
    )]
    pub validators: Option<ShippedSet>,

    /// A set of one's own: a compact table, or a chain's REST answer, as `simulate` takes it.
    #[arg(long, value_name = "FILE")]
    pub validators_file: Option<PathBuf>,

    /// Only so many of them, the largest and the smallest by turns left out last.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(10..=200))]
    pub most: Option<u16>,

    /// Keep the last N blocks only; history ends there. All are kept otherwise. Each start says it anew.
    #[arg(long, value_name = "N")]
    pub keep_blocks: Option<u64>,

    /// Address for the RPC, as 127.0.0.1:26657. Default: a free port on this machine.
    #[arg(long, value_name = "ADDRESS")]
    pub rpc: Option<String>,
    /// Address for gRPC.
    #[arg(long, value_name = "ADDRESS")]
    pub grpc: Option<String>,
    /// Address for REST.
    #[arg(long, value_name = "ADDRESS")]
    pub rest: Option<String>,

    /// What the vault's shares are: its own token, or coins of the chain. Default: cw20.
    #[arg(long, value_name = "KIND", value_enum, conflicts_with = "bare")]
    pub shares: Option<SharesKind>,

    /// Start the chain only, without a vault on it.
    #[arg(long)]
    pub bare: bool,

    /// Serve the web page too, with a wallet for the test accounts in it; the first time, build it.
    #[arg(long, conflicts_with = "bare")]
    pub page: bool,
    /// Port for the page on this machine. Default: the one that it had, else a free one.
    #[arg(long, value_name = "PORT", requires = "page")]
    pub page_port: Option<u16>,

    /// Stay in this terminal until it is interrupted.
    #[arg(long)]
    pub foreground: bool,
}

/// What shares are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharesKind {
    /// The vault is its own cw20 token.
    #[default]
    Cw20,
    /// Coins of the chain's token factory.
    Coins,
}

impl SharesKind {
    /// As it is given.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cw20 => "cw20",
            Self::Coins => "coins",
        }
    }
}

/// How the page is served.
#[derive(Debug, clap::Args)]
pub struct PageArgs {
    /// Where the chain is.
    #[command(flatten)]
    pub at: HomeArgs,
    /// The page as built.
    #[arg(long, value_name = "DIR")]
    pub dist: PathBuf,
    /// Port. Default: the one that it had, else a free one.
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
}

/// How it is removed.
#[derive(Debug, clap::Args)]
pub struct ResetArgs {
    /// Where it is.
    #[command(flatten)]
    pub at: HomeArgs,
    /// Remove without asking.
    #[arg(long)]
    pub yes: bool,
}

/// How much time passes.
#[derive(Debug, clap::Args)]
pub struct AdvanceArgs {
    /// How much, as 21d, 6h, 30m or 90s.
    pub time: String,
    /// Where it is.
    #[command(flatten)]
    pub at: HomeArgs,
}

/// Which validators.
#[derive(Debug, clap::Args)]
pub struct NamesArgs {
    /// Names, or operator addresses.
    pub names: Vec<String>,
    /// Where it is.
    #[command(flatten)]
    pub at: HomeArgs,
}

/// Which validator.
#[derive(Debug, clap::Args)]
pub struct NameArgs {
    /// Its name, or operator address.
    pub name: String,
    /// Where it is.
    #[command(flatten)]
    pub at: HomeArgs,
}
