//! What happens to the chain, its validators and the list while the vault works.

use anyhow::Result;

use super::chance::stream;
use super::churn::Churn;
use super::incidents::Incidents;
use super::listing;
use super::scenario::Scenario;
use super::whale::Whale;
use super::world::World;

/// What is still to happen.
pub enum Course {
    /// One is jailed, one signs twice.
    Incidents(Incidents),
    /// Stake arrives from outside.
    Whale(Whale),
    /// Validators come and go.
    Churn(Churn),
    /// The owner lists these in the evening of the first day, which waits for the exit delay.
    Listing(Vec<String>),
}

impl Course {
    /// Of a world that has just begun.
    pub fn plan(scenario: Scenario, seed: u64, days: u32, world: &mut World) -> Self {
        let chance = stream(seed, 1);
        match scenario {
            Scenario::Join | Scenario::Hosting => Course::Incidents(Incidents::plan(chance, days)),
            Scenario::Whale => Course::Whale(Whale::plan(days)),
            Scenario::Churn => Course::Churn(Churn::plan(chance, world)),
            Scenario::Concentrated => Course::Listing(std::mem::take(&mut world.not_yet_listed)),
        }
    }

    /// What happens before anybody acts. Days are counted from 0.
    pub fn begin_day(&mut self, world: &mut World, day: u32) -> Result<()> {
        match self {
            Course::Incidents(incidents) => incidents.follow_up(world, day),
            Course::Churn(churn) => churn.follow_up(world, day),
            Course::Whale(_) | Course::Listing(_) => Ok(()),
        }
    }

    /// What happens in the evening. `morning_height`: the first block of the day.
    pub fn end_day(&mut self, world: &mut World, day: u32, morning_height: u64) -> Result<()> {
        match self {
            Course::Incidents(incidents) => incidents.strike(world, day, morning_height),
            Course::Churn(churn) => churn.strike(world, day, morning_height),
            Course::Whale(whale) => whale.arrive(world, day),
            Course::Listing(rest) => listing::list(world, &std::mem::take(rest)),
        }
    }
}
