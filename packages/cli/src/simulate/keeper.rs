//! The keeper: turns the vault's cranks until nothing is due.

use anyhow::{Result, bail};
use defenders_suite::messages;
use defenders_types::Job;

use super::world::World;

/// More ticks than this in one day mean that a job never gets done.
const MOST_TICKS_PER_DAY: u32 = 2_000;

/// Ticks until nothing is due, then synchronises the book.
pub fn work(world: &mut World) -> Result<()> {
    let mut ticks = 0;
    while let Some(jobs) = due_jobs(world) {
        ticks += 1;
        if ticks > MOST_TICKS_PER_DAY {
            bail!("{jobs} still due after {MOST_TICKS_PER_DAY} ticks in one day");
        }
        tick(world, None)?;
    }
    tick(world, Some(Job::Sync))
}

/// Names of the jobs that `tick` without a job would choose from.
fn due_jobs(world: &World) -> Option<String> {
    let jobs = world.vault.jobs();
    let due: Vec<&str> = jobs
        .iter()
        .filter(|state| state.due)
        .map(|state| state.job.as_str())
        .collect();
    (!due.is_empty()).then(|| due.join(", "))
}

fn tick(world: &mut World, job: Option<Job>) -> Result<()> {
    let keeper = world.accounts.keeper.clone();
    world.act(&keeper, &messages::tick(job), 0)
}
