//! The arguments of `defenders propose`.

use std::path::PathBuf;

use crate::config::{NodeArgs, SendArgs};
use crate::proposal::ContextArgs;
use crate::terminal::WholeViewArgs;

/// What to propose, and where to write it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is proposed, as JSON; - is standard input.
    #[arg(value_name = "FILE")]
    pub input: PathBuf,

    /// Where the multisig's proposal goes. Default: NAME.cw3.json beside NAME.json.
    #[arg(long, value_name = "FILE")]
    pub cw3: Option<PathBuf>,

    /// Where the file goes that DAO DAO imports. Default: NAME.dao-dao.json beside NAME.json.
    #[arg(long, value_name = "FILE")]
    pub dao_dao: Option<PathBuf>,

    /// Propose it to the multisig as well.
    #[arg(long)]
    pub send: bool,

    /// Ask no node, even where the settings name one: files tell all that is known.
    #[arg(long, conflicts_with = "send")]
    pub offline: bool,

    #[command(flatten)]
    pub context: ContextArgs,

    #[command(flatten)]
    pub node: NodeArgs,

    #[command(flatten)]
    pub sending: SendArgs,

    #[command(flatten)]
    pub view: WholeViewArgs,
}
