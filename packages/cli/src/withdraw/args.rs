//! The arguments of `defenders withdraw`.

use std::convert::Infallible;
use std::str::FromStr;

use crate::config::{NodeArgs, SendArgs};
use crate::deposit::Tolerance;
use crate::terminal::ViewArgs;

/// What `withdraw` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many shares: base units as 1000000, or in their display unit as 1.5VAULT; `all` for all that there are.
    #[arg(value_name = "SHARES|all")]
    pub shares: Amount,

    /// Who is paid, and may cancel: an address, or the name of a key. Default: who signs.
    #[arg(long, value_name = "ADDRESS|KEY")]
    pub recipient: Option<String>,

    /// Refuse it when the shares are worth less than that now. Later they may be worth more or less. Default: what they
    /// are worth now, less the tolerance.
    #[arg(long, value_name = "TOKENS", conflicts_with = "tolerance")]
    pub min_tokens: Option<String>,

    /// How many percent less than now they may be worth in the block that takes it: 0 to 100.
    #[arg(long, value_name = "PERCENT", default_value = "0.5")]
    pub tolerance: Tolerance,

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

/// A number of shares, as given, or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// All that the account has.
    All,
    /// So many; understood once the vault has said what its shares are.
    Of(String),
}

impl FromStr for Amount {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "all" => Self::All,
            text => Self::Of(text.to_string()),
        })
    }
}
