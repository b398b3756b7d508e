//! `defenders concentration`: how concentrated the stake of a set is, with the vault's stake,
//! without it, and with a deposit more.

mod args;
mod chain;
mod error;
mod live;
mod report;
mod set;
mod tables;

pub use args::Args;
pub use error::ConcentrationError;
pub use live::compare_live;
pub use report::{Metrics, States};

use args::Source;
use chain::Chain;

use crate::notice;
use crate::output::{print, to_json};
use crate::validator_set::compact::ShippedSet;
use crate::validator_set::source;

/// Reads the files, and writes the report to standard output.
pub fn run(args: &Args) -> Result<(), ConcentrationError> {
    let chain = load_chain(args)?;
    let report = report::compute_report(&chain, &args.thresholds)?;
    if let Some(warning) = report.warning() {
        notice::warn(&warning);
    }
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&report, &args.view.screen(chain.denom.clone())),
    };
    Ok(print(&text)?)
}

/// Reads what the arguments name.
fn load_chain(args: &Args) -> Result<Chain, ConcentrationError> {
    let Source { validators, set } = &args.source;
    match (validators, set) {
        (None, None) => live::load_chain(args),
        (file, set) => {
            // clap saw to it that there is one of the two
            let shipped = set.unwrap_or(ShippedSet::CosmosHub);
            set::of_set(args, source::load(file.as_deref(), shipped)?)
        }
    }
}
