//! `defenders plan`: which stake moves where, on a file, or by the vault's own answer.

mod args;
mod input;
mod live;
mod report;
mod tables;

use std::path::Path;

use defenders_allocation::{
    AllocationError, Plan, PlanInput, PlanRows, compute_plan, compute_plan_rows,
};

pub use args::Args;

use crate::command_error::CommandError;
use crate::file_command::{FileCommandError, impossible};
use crate::input::load;
use crate::notice;
use crate::output::{print, to_json};
use crate::targets::input::TargetsInput;
use crate::targets::oddities::tell_unplaced;
use input::PlanFile;
use report::Report;

/// Answers the file, or asks the vault.
pub fn run(args: &Args) -> Result<(), CommandError> {
    match &args.input {
        Some(input) => Ok(answer_file(args, input)?),
        None => Ok(live::run(args)?),
    }
}

/// Reads the file, plans, and writes the result to standard output.
fn answer_file(args: &Args, input: &Path) -> Result<(), FileCommandError> {
    let file = load(input, PlanFile::read)?;
    let (rows, plan) = compute(&file).map_err(|error| impossible(&error, input))?;
    let report = Report::new(&file, &rows, &plan);
    if let Some(warning) = tell_unplaced(file.targets.total, report.unplaced.u128()) {
        notice::warn(&warning);
    }
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&report, &args.view.screen(None)),
    };
    Ok(print(&text)?)
}

/// The rows with their targets, what has no place, and the plan.
fn compute(file: &PlanFile) -> Result<(PlanRows, Plan), AllocationError> {
    let TargetsInput {
        total,
        base,
        total_bonded,
        policy,
        groups,
        validators,
    } = &file.targets;
    let rows = compute_plan_rows(
        *total,
        *base,
        *total_bonded,
        policy,
        validators.clone(),
        groups,
    )?;
    let plan = compute_plan(&PlanInput {
        base: *base,
        snapshot: file.snapshot,
        rows: &rows.rows,
        groups,
        live: &file.live,
        now: file.now,
        limits: file.limits,
    })?;
    Ok((rows, plan))
}
