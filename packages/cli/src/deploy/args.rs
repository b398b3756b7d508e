//! What `deploy` takes.

use std::path::PathBuf;

use crate::config::{NodeArgs, SendArgs};
use crate::terminal::WholeViewArgs;

/// What is deployed, and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to deploy, as TOML; packages/cli/README.md has all fields.
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,

    /// Where it is noted what stands already. Default: the file's name with .state.json.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Price of a unit of gas for storing code, where chains charge more for much gas. Default: --gas-price.
    #[arg(long, value_name = "PRICE")]
    pub upload_gas_price: Option<String>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it.
    #[command(flatten)]
    pub send: SendArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}
