//! The scenarios by name.

use serde::Serialize;

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
