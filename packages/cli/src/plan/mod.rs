//! `defenders plan`: which stake moves where, on a file.

mod input;
mod report;
mod tables;

use defenders_allocation::{
    AllocationError, Plan, PlanInput, PlanSeat, compute_caps, compute_plan, compute_targets,
};

use crate::file_command::{Args, FileCommandError, impossible};
use crate::input::load;
use crate::output::{print, to_json};
use input::PlanFile;
use report::Report;

/// Reads the file, plans, and writes the result to standard output.
pub fn run(args: &Args) -> Result<(), FileCommandError> {
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
