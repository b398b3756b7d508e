//! `defenders concentration`: how concentrated the stake of a set is, with the vault's stake,
//! without it, and with a deposit more.

mod args;
mod chain;
mod error;
mod live;
mod report;
mod tables;

pub use args::Args;
pub use error::ConcentrationError;
pub use live::compare_live;
pub use report::{Metrics, States};

use crate::notice;
use crate::output::{print, to_json};

/// Reads the files, and writes the report to standard output.
pub fn run(args: &Args) -> Result<(), ConcentrationError> {
    let chain = chain::load_chain(args)?;
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
