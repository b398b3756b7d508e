//! `defenders targets`: the target rule on a file.

pub mod input;
pub mod oddities;
mod report;
mod tables;

use crate::file_command::{Args, FileCommandError, impossible};
use crate::input::load;
use crate::notice;
use crate::output::{print, to_json};
use input::TargetsInput;
pub use report::binding_name;
use report::compute_report;

/// Reads the file, runs the rule, and writes the result to standard output.
pub fn run(args: &Args) -> Result<(), FileCommandError> {
    let input = load(&args.input, TargetsInput::read)?;
    let report = compute_report(&input).map_err(|error| impossible(&error, &args.input))?;
    for oddity in oddities::find(&input, &report) {
        notice::warn(&oddity);
    }
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&input, &report, &args.view.screen(None)),
    };
    Ok(print(&text)?)
}
