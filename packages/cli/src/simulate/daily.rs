//! The days of a simulation one by one, for other programs and for pictures.

use std::collections::BTreeSet;

use anyhow::Result;
use cosmwasm_std::{Addr, Decimal, Uint128};
use defenders_allocation::{compute_effective_number, compute_largest_share};
use staking_sim::Status;

use super::concentration::compute_concentration;
use super::report::Concentration;
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

/// The evening of a day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Counted from 1.
    pub day: u32,
    /// What a share is worth.
    pub tokens_per_share: Decimal,
    /// Concentration of all bonded stake.
    pub chain: Concentration,
    /// The vault's delegations by the chain, tokens.
    pub delegated: Uint128,
    /// Of these on validators that a redelegation has locked.
    pub locked: Uint128,
    /// Effective number of validators by the vault's own stake.
    pub own_effective: Decimal,
    /// Part of its stake with the validator that has most of it.
    pub own_largest: Decimal,
    line: String,
}

/// All days, in order.
#[derive(Clone, Debug, Default)]
pub struct Days(Vec<Day>);

impl Days {
    /// Adds what there is in the evening of a day, counted from 1.
    pub fn record(&mut self, world: &World, day: u32) -> Result<()> {
        let vault = &world.vault;
        let totals = vault.totals();
        let bonded = vault.chain.validators().into_iter();
        let bonded = bonded.filter(|validator| validator.status == Status::Bonded);
        let stakes: Vec<u128> = bonded.map(|validator| validator.tokens.u128()).collect();
        let concentration = compute_concentration(&stakes)?;
        let tokens_per_share = vault.rate().tokens_per_share;
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
            tokens_per_share.to_string(),
            stakes.iter().sum::<u128>().to_string(),
            concentration.nakamoto_third.to_string(),
            concentration.nakamoto_two_thirds.to_string(),
            concentration.effective.to_string(),
            concentration.top10_share.to_string(),
            concentration.largest_share.to_string(),
        ];
        let account = Addr::unchecked(&vault.vault);
        let own = vault.chain.delegations(&account);
        let now = vault.chain.app.block_info().time;
        let redelegations = vault.chain.redelegations(&account).into_iter();
        let locked: BTreeSet<String> = redelegations
            .filter(|it| it.entry.completion_time > now)
            .map(|it| it.dst_validator)
            .collect();
        let locked = own.iter().filter(|(it, _)| locked.contains(it));
        let own_stakes: Vec<u128> = own.iter().map(|(_, tokens)| tokens.u128()).collect();
        self.0.push(Day {
            day,
            tokens_per_share,
            chain: concentration,
            delegated: own_stakes.iter().sum::<u128>().into(),
            locked: locked.map(|(_, tokens)| tokens).sum(),
            own_effective: compute_effective_number(&own_stakes),
            own_largest: compute_largest_share(&own_stakes),
            line: values.join(","),
        });
        Ok(())
    }

    /// One by one.
    pub fn rows(&self) -> &[Day] {
        &self.0
    }

    /// Lines of CSV, the header first.
    pub fn to_csv(&self) -> String {
        let header = FIELDS.join(",") + "\n";
        let lines = self.0.iter().map(|day| format!("{}\n", day.line));
        header + &lines.collect::<String>()
    }
}
