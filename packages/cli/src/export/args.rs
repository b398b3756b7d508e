//! The arguments of `defenders export`.

use crate::config::{KeyringArgs, NodeArgs};
use crate::terminal::Denom;

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whose: an address, or the name of a key.
    #[arg(value_name = "ADDRESS|KEY")]
    pub account: String,

    /// Write CSV. It is what comes without --json.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,

    /// Write one JSON object; errors and warnings are JSON too.
    #[arg(long)]
    pub json: bool,

    /// Read every transaction that ever called the vault, instead of those that name the account.
    #[arg(long)]
    pub thorough: bool,

    /// Give amounts in this unit too, as ATOM:6. Default: as set, or as the chain says.
    #[arg(long, value_name = "SYMBOL:DECIMALS")]
    pub denom: Option<Denom>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// Where keys are.
    #[command(flatten)]
    pub keyring: KeyringArgs,
}
