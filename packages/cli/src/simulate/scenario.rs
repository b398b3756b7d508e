//! The scenarios: what happens to the chain, its validators and the list while the vault works.

use anyhow::Result;
use serde::Serialize;

use super::churn::Churn;
use super::incidents::Incidents;
use super::listing;
use super::stream;
use super::whale::Whale;
use super::world::World;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Delegators join, one validator is jailed, another signs twice
    Join,
    /// Half-way a third of the chain's stake arrives at the top three
    Whale,
    /// A tenth of the list a month is jailed, signs twice, leaves or raises its commission; others enter
    Churn,
    /// The vault begins with everything on ten validators
    Concentrated,
    /// As join, with the groups of --groups
    Hosting,
}

impl Scenario {
    /// As the argument and the JSON have it.
    pub fn name(self) -> &'static str {
        match self {
            Scenario::Join => "join",
            Scenario::Whale => "whale",
            Scenario::Churn => "churn",
            Scenario::Concentrated => "concentrated",
            Scenario::Hosting => "hosting",
        }
    }

    /// What it is, in a sentence.
    pub fn tell(self) -> &'static str {
        match self {
            Scenario::Join => {
                "Delegators join the vault; one of its validators is jailed, another signs twice."
            }
            Scenario::Whale => {
                "Half-way a third of all bonded stake arrives at the three largest validators."
            }
            Scenario::Churn => {
                "A tenth of the list a month is jailed, signs twice, leaves or raises its \
                 commission; others take the places of those who are gone."
            }
            Scenario::Concentrated => {
                "The vault begins with everything on ten validators, then the others are listed."
            }
            Scenario::Hosting => {
                "Delegators join a vault that knows who shares an operator, a hosting provider, a \
                 jurisdiction."
            }
        }
    }

    /// Most validators listed on the first day; the rest is to be listed in its evening, and waits.
    pub fn listed_first(self) -> Option<usize> {
        match self {
            Scenario::Concentrated => Some(10),
            _ => None,
        }
    }
}

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
