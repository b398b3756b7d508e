//! What `watch` takes.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::value_parser;

use crate::config::NodeArgs;

/// Whom to watch, and how to tell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Operator address of a validator, or its name where only one has it. May be repeated.
    #[arg(long = "validator", value_name = "VALIDATOR", required = true)]
    pub validators: Vec<String>,

    /// Post every alert and change there as JSON, as https://example.org/hook. Default: the variable
    /// DEFENDERS_WEBHOOK, which others on the machine do not see.
    #[arg(long, value_name = "URL")]
    pub webhook: Option<String>,

    /// Answer /metrics, /healthz and /readyz there, as 127.0.0.1:9478.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "once")]
    pub serve: Option<SocketAddr>,

    /// Look once, and end: for cron.
    #[arg(long)]
    pub once: bool,

    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = value_parser!(u64).range(1..=3_600))]
    pub every: u64,

    /// Seconds after which an alert that still holds is told again.
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, value_parser = value_parser!(u64).range(60..=604_800))]
    pub repeat: u64,

    /// Blocks missed within ten minutes from which on it is an alert.
    #[arg(long, value_name = "BLOCKS", default_value_t = 3, value_parser = value_parser!(u64).range(1..=10_000))]
    pub missed: u64,

    /// Folder for what has to be remembered: alerts that hold, and what was last seen. Default: watch, beside the keys.
    #[arg(long, value_name = "FOLDER")]
    pub notes: Option<PathBuf>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,

    /// For scripts that give it to every command: what watch prints is a JSON object a line anyway.
    #[arg(long)]
    pub json: bool,
}
