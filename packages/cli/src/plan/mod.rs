//! `defenders plan`: which stake moves where, on a file.

mod input;
mod report;
mod tables;

use std::path::PathBuf;

use defenders_allocation::{
    AllocationError, Plan, PlanInput, PlanSeat, compute_caps, compute_plan, compute_targets,
};

use crate::input::{FileError, load};
use crate::output::{OutputError, print, to_json};
use crate::targets::impossible;
use input::PlanFile;
use report::Report;

/// Which file, and how to show the result.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The input of `targets`, with stake held, locks, budgets and bounds, as JSON.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,

    /// Print one JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl PlanError {
    /// 2 when the user can mend it, else 1.
    pub fn exit_status(&self) -> u8 {
        match self {
            PlanError::File(_) => 2,
            PlanError::Output(_) => 1,
        }
    }
}

/// Reads the file, plans, and writes the result to standard output.
pub fn run(args: &Args) -> Result<(), PlanError> {
    let file = load(&args.input, PlanFile::read)?;
    let (seats, plan, unplaced) =
        compute(&file).map_err(|error| impossible(&error, &args.input))?;
    let report = Report::new(&file, &seats, &plan, unplaced);
    let text = match args.json {
        true => to_json(&report)?,
        false => tables::render(&report),
    };
    Ok(print(&text)?)
}

/// Seats with targets, the plan, and what has no place.
fn compute(file: &PlanFile) -> Result<(Vec<PlanSeat>, Plan, u128), AllocationError> {
    let input = &file.targets;
    let caps = compute_caps(input.total, input.total_bonded, &input.policy, &input.seats)?;
    let targets = compute_targets(
        input.total,
        input.total_bonded,
        &input.policy,
        &input.seats,
        &input.groups,
    )?;
    let rows = input.seats.iter().zip(&file.posts);
    let rows = rows.zip(caps.iter().zip(&targets.tokens));
    let seats: Vec<_> = rows
        .map(|((seat, post), (cap, target))| PlanSeat {
            validator: seat.validator.clone(),
            external: seat.external,
            held: seat.held,
            target: *target,
            cap: cap.tokens,
            stance: post.stance,
            pinned_until: post.pinned_until,
            unbonding_entries: post.unbonding_entries,
        })
        .collect();
    let plan = compute_plan(&PlanInput {
        total: input.total,
        seats: &seats,
        groups: &input.groups,
        live: &file.live,
        now: file.now,
        limits: file.limits,
    })?;
    Ok((seats, plan, targets.unplaced))
}
