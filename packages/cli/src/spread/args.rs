//! The arguments of `defenders spread`.

use std::path::PathBuf;

use crate::config::{NodeArgs, SendArgs};
use crate::terminal::ViewArgs;

/// What to spread, over whom, and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Coins to delegate: base units as 1000000, the display unit as 1.5ATOM, or `all` that can be spent, twice
    /// the fees aside. Without it only stake is moved.
    #[arg(long, value_name = "AMOUNT")]
    pub amount: Option<String>,

    /// Move own stake as well: from above its targets, and from validators that are not on the list.
    #[arg(long)]
    pub redelegate: bool,

    /// Over whom: the address of a vault, or a file with operator addresses. Default: the vault of the settings.
    #[arg(long, value_name = "VAULT|FILE")]
    pub list: Option<String>,

    /// Caps and floor: a policy as in the input of `targets`. Default: what a vault starts with.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,

    /// Forget an earlier `spread` that was broken off between two transactions, and plan anew.
    #[arg(long)]
    pub anew: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it.
    #[command(flatten)]
    pub send: SendArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}
