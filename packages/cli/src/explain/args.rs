//! The arguments of `defenders explain`.

use cosmwasm_std::Decimal;

use crate::config::NodeArgs;
use crate::terminal::ViewArgs;

/// What `explain` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Operator address; or the name that the operator gives itself, where one validator only has it.
    #[arg(value_name = "VALIDATOR")]
    pub validator: String,

    /// What if the operator delegated so many tokens more to itself.
    #[arg(long, value_name = "TOKENS")]
    pub self_bond: Option<String>,

    /// What if it charged this commission, as 0.05.
    #[arg(long, value_name = "RATE", value_parser = parse_rate)]
    pub commission: Option<Decimal>,

    /// What if it wanted at most so many tokens of the vault; `none` for no maximum.
    #[arg(long, value_name = "TOKENS|none")]
    pub own_maximum: Option<String>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

fn parse_rate(text: &str) -> Result<Decimal, &'static str> {
    let rate = text
        .parse::<Decimal>()
        .ok()
        .filter(|rate| *rate <= Decimal::one());
    rate.ok_or("must be a rate from 0 to 1, as 0.05")
}
