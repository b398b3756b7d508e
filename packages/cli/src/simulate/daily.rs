//! The days of a simulation, a line each, for other programs.

use anyhow::Result;
use staking_sim::Status;

use super::concentration::compute_concentration;
use super::world::World;

const FIELDS: [&str; 20] = [
    "day",
    "deposited",
    "withdrawn",
    "rewards",
    "fees",
    "slashed",
    "refused",
    "total_assets",
    "delegated",
    "idle",
    "restaking",
    "unbonding",
    "claimable",
    "tokens_per_share",
    "bonded_stake",
    "nakamoto_third",
    "nakamoto_two_thirds",
    "effective",
    "top10_share",
    "largest_share",
];

/// Lines of CSV, the header first.
#[derive(Clone, Debug)]
pub struct Daily(String);

impl Default for Daily {
    fn default() -> Self {
        Self(FIELDS.join(",") + "\n")
    }
}

impl Daily {
    /// Adds what there is in the evening of a day, counted from 1; 0 is before the first.
    pub fn record(&mut self, world: &World, day: u32) -> Result<()> {
        let vault = &world.vault;
        let totals = vault.totals();
        let bonded = vault.chain.validators().into_iter();
        let bonded = bonded.filter(|validator| validator.status == Status::Bonded);
        let stakes: Vec<u128> = bonded.map(|validator| validator.tokens.u128()).collect();
        let concentration = compute_concentration(&stakes)?;
        let flows = &world.flows;
        let values: [String; 20] = [
            day.to_string(),
            flows.deposited.to_string(),
            flows.withdrawn.to_string(),
            flows.rewards.to_string(),
            flows.fees.to_string(),
            flows.slashed().to_string(),
            world
                .refusals
                .rows()
                .iter()
                .map(|row| row.deposits)
                .sum::<u64>()
                .to_string(),
            totals.total_assets.to_string(),
            totals.bonded.to_string(),
            totals.idle.to_string(),
            totals.restaking.to_string(),
            totals.unbonding.to_string(),
            totals.claimable.to_string(),
            vault.rate().tokens_per_share.to_string(),
            stakes.iter().sum::<u128>().to_string(),
            concentration.nakamoto_third.to_string(),
            concentration.nakamoto_two_thirds.to_string(),
            concentration.effective.to_string(),
            concentration.top10_share.to_string(),
            concentration.largest_share.to_string(),
        ];
        self.0 += &(values.join(",") + "\n");
        Ok(())
    }

    /// All lines.
    pub fn text(&self) -> &str {
        &self.0
    }
}
