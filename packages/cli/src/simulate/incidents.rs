//! What goes wrong on the chain: one listed validator misses blocks, another signs twice.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use cosmwasm_std::Uint128;
use defenders_types::ExecuteMsg;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use staking_sim::Status;

use super::findings::Incident;
use super::world::World;

/// Days, and who is hit.
#[derive(Clone, Debug)]
pub struct Incidents {
    rng: ChaCha8Rng,
    downtime_on: u32,
    double_sign_on: u32,
    jailed: Option<String>,
    tombstoned: Option<String>,
}

impl Incidents {
    /// After a third and after two thirds of the days.
    pub fn plan(rng: ChaCha8Rng, days: u32) -> Self {
        Self {
            rng,
            downtime_on: days / 3,
            double_sign_on: days * 2 / 3,
            jailed: None,
            tombstoned: None,
        }
    }

    /// What follows in the morning: the owner drains who was tombstoned the day before, and who
    /// was jailed two days before asks to come back.
    pub fn follow_up(&mut self, world: &mut World, day: u32) -> Result<()> {
        if let Some(validator) = self.tombstoned.take() {
            drain(world, vec![validator])?;
        }
        if day >= self.downtime_on + 2
            && let Some(validator) = self.jailed.take()
        {
            unjail(world, &validator)?;
        }
        Ok(())
    }

    /// What happens in the evening. `morning_height`: the first block of the day.
    pub fn strike(&mut self, world: &mut World, day: u32, morning_height: u64) -> Result<()> {
        let nobody = BTreeSet::new();
        if day == self.downtime_on
            && let Some(validator) = choose(&mut self.rng, world, &nobody)?
        {
            jail(world, &validator)?;
            self.jailed = Some(validator);
        }
        if day == self.double_sign_on
            && let Some(validator) = choose(&mut self.rng, world, &nobody)?
        {
            double_sign(world, &validator, morning_height)?;
            self.tombstoned = Some(validator);
        }
        Ok(())
    }
}

/// A listed, bonded validator of the smaller half, of those that hold stake of the vault if
/// there are any, and were not `hit` before if there are any of them. `None` when it would be the
/// last of its chain.
pub fn choose(
    rng: &mut ChaCha8Rng,
    world: &World,
    hit: &BTreeSet<String>,
) -> Result<Option<String>> {
    let draw: u32 = rng.random();
    let bonded: BTreeMap<String, Uint128> = world
        .vault
        .chain
        .validators()
        .into_iter()
        .filter(|validator| validator.status == Status::Bonded && !validator.jailed)
        .map(|validator| (validator.operator, validator.tokens))
        .collect();
    let mut candidates = world.vault.validator_infos();
    candidates.retain(|it| it.listed && bonded.contains_key(&it.validator));
    if candidates.iter().any(|it| !it.delegated.is_zero()) {
        candidates.retain(|it| !it.delegated.is_zero());
    }
    if candidates.iter().any(|it| !hit.contains(&it.validator)) {
        candidates.retain(|it| !hit.contains(&it.validator));
    }
    if candidates.is_empty() || bonded.len() < 2 {
        return Ok(None);
    }
    candidates.sort_by_key(|it| bonded.get(&it.validator).copied());
    candidates.truncate(candidates.len().div_ceil(2));
    let index = draw as usize % candidates.len();
    Ok(Some(candidates.swap_remove(index).validator))
}

/// It misses blocks until it is jailed.
pub fn jail(world: &mut World, validator: &str) -> Result<()> {
    let delegated = world.delegated(validator);
    miss_blocks(world, validator)?;
    world.note_incident(Incident::Jailed, validator, delegated);
    world.observe("a jailing", &[], &[]);
    Ok(())
}

/// Its operator asks to come back. One whose own stake is gone stays out.
pub fn unjail(world: &mut World, validator: &str) -> Result<()> {
    let is_back = world.vault.chain.unjail(validator).is_ok();
    world.pass_block()?;
    if is_back {
        world.note_incident(Incident::Unjailed, validator, world.delegated(validator));
    }
    Ok(())
}

/// It signed two blocks of one height. Found in the evening: what left the validator since the morning
/// is slashed too.
pub fn double_sign(world: &mut World, validator: &str, morning_height: u64) -> Result<()> {
    let delegated = world.delegated(validator);
    world.note_incident(Incident::DoubleSigned, validator, delegated);
    world.vault.chain.double_sign(validator, morning_height);
    world.pass_block()?;
    world.observe("a double sign", &[], &[]);
    Ok(())
}

/// The owner takes them off the list.
pub fn drain(world: &mut World, validators: Vec<String>) -> Result<()> {
    for validator in &validators {
        world.note_incident(Incident::Drained, validator, world.delegated(validator));
    }
    let owner = world.accounts.owner.clone();
    world.act(
        &owner,
        &ExecuteMsg::DrainValidators {
            validators,
            valid_until: None,
        },
        0,
    )
}

fn miss_blocks(world: &mut World, validator: &str) -> Result<()> {
    world.vault.chain.set_absent(&[validator.to_string()]);
    // the window begins when a validator joins the set, and must be filled once
    let most_blocks = world.params.signed_blocks_window * 2 + 10;
    let mut blocks = 0;
    while !is_jailed(world, validator) {
        blocks += 1;
        if blocks > most_blocks {
            bail!("{validator} was not jailed after missing {most_blocks} blocks");
        }
        world.pass_block()?;
    }
    world.vault.chain.set_absent(&[]);
    Ok(())
}

fn is_jailed(world: &World, validator: &str) -> bool {
    let validators = world.vault.chain.validators();
    validators
        .iter()
        .any(|it| it.operator == validator && it.jailed)
}
