//! The keeper: turns the vault's cranks until nothing is due, every hour.

use anyhow::{Result, bail};
use defenders_suite::messages;
use defenders_types::{ChangesResponse, DAY, ExecuteMsg, HOUR, Job, QueryMsg};

use super::world::World;

/// More ticks than this at one time mean that a job never gets done.
const MOST_TICKS: u32 = 2_000;

/// Ticks until nothing is due, then synchronises the book.
pub fn work(world: &mut World) -> Result<()> {
    tick_while_due(world)?;
    tick(world, Some(Job::Sync))
}

/// The rest of a day, counted from 0: every hour, ticks until nothing is due.
pub fn work_through(world: &mut World, day: u32) -> Result<()> {
    for hour in 1..DAY / HOUR {
        world.pass_to_hour(day, hour)?;
        tick_while_due(world)?;
    }
    Ok(())
}

fn tick_while_due(world: &mut World) -> Result<()> {
    apply_what_is_due(world)?;
    let mut ticks = 0;
    while let Some(jobs) = due_jobs(world) {
        ticks += 1;
        if ticks > MOST_TICKS {
            bail!("{jobs} still due after {MOST_TICKS} ticks in a row");
        }
        tick(world, None)?;
    }
    Ok(())
}

/// Changes that have waited for the exit delay.
fn apply_what_is_due(world: &mut World) -> Result<()> {
    let told: ChangesResponse = world.vault.query(&QueryMsg::Changes {});
    let now = world.vault.now();
    for change in told.changes {
        if change.due_at <= now {
            let keeper = world.accounts.keeper.clone();
            world.act(&keeper, &ExecuteMsg::ApplyChange { id: change.id }, 0)?;
        }
    }
    Ok(())
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
