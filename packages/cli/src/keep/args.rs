//! What `keep` takes.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::value_parser;

use crate::config::{NodeArgs, SendArgs};

/// How the keeper works.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Do what is due now, and end: for cron.
    #[arg(long)]
    pub once: bool,

    /// Answer /metrics, /healthz and /readyz there, as 127.0.0.1:9477.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "once")]
    pub serve: Option<SocketAddr>,

    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = value_parser!(u64).range(1..=3_600))]
    pub every: u64,

    /// Leave a job that many seconds and a look to the keeper that did the last one, and by chance up to as many more;
    /// with --once wait by chance only, and before the first job only. 0 for the only keeper.
    #[arg(long, value_name = "SECONDS", default_value_t = 12, value_parser = value_parser!(u64).range(0..=600))]
    pub spread: u64,

    /// A harvest that leaves so much of its bounty after the fee goes before other jobs, base units of the bond denom.
    /// One that leaves less waits for its turn.
    #[arg(long, value_name = "TOKENS", default_value_t = 1)]
    pub min_profit: u128,

    /// The most that a day's fees may be, as 5000000uatom.
    #[arg(long, value_name = "AMOUNT")]
    pub daily_fee_limit: Option<String>,

    /// Claim for everybody from so many hours before an upgrade of the vault's code is due.
    #[arg(long, value_name = "HOURS", default_value_t = 48, value_parser = value_parser!(u64).range(0..=720))]
    pub claim_within: u64,

    /// Folder for what has to be remembered: the day's fees, and jobs that fail. Default: keep, beside the keys.
    #[arg(long, value_name = "FOLDER")]
    pub notes: Option<PathBuf>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it. The keeper never asks.
    #[command(flatten)]
    pub send: SendArgs,

    /// For scripts that give it to every command: what keep prints is a JSON object a line anyway.
    #[arg(long)]
    pub json: bool,
}

impl Args {
    /// Whether it ends by itself: a trial shows what is due now.
    pub fn is_once(&self) -> bool {
        self.once || self.send.dry_run
    }
}
