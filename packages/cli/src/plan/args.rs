//! The arguments of `defenders plan`.

use std::path::PathBuf;

use crate::config::NodeArgs;
use crate::terminal::ViewArgs;

/// Which plan, and how to show it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The numbers to answer, as JSON; - is standard input. Without it the vault on the chain is asked what its next
    /// tick would do.
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,

    /// Which chain, without --input.
    #[command(flatten)]
    pub node: NodeArgs,

    #[command(flatten)]
    pub view: ViewArgs,
}
