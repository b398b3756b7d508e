//! Validators that come and go: a tenth of the list a month.

use std::collections::{BTreeSet, VecDeque};

use anyhow::Result;
use cosmwasm_std::{Decimal, Uint128};
use rand_chacha::ChaCha8Rng;

use super::findings::Incident;
use super::incidents::{self, choose};
use super::listing;
use super::world::World;
use crate::validator_set::{SetValidator, Status};

/// A tenth in 30 days is one in so many days and validators.
const DAYS_AND_VALIDATORS: u64 = 300;
/// Days in jail.
const JAIL_DAYS: u32 = 2;
/// What a newcomer charges.
const NEWCOMERS_RATE: Decimal = Decimal::percent(5);
/// They go round, so that every long run has all of them.
const KINDS: [Incident; 4] = [
    Incident::Jailed,
    Incident::CommissionRaised,
    Incident::DoubleSigned,
    Incident::Left,
];
/// Of the four kinds two make place for a newcomer.
const PER_NEWCOMER: u64 = 2;

/// Who comes and who goes.
#[derive(Clone, Debug)]
pub struct Churn {
    rng: ChaCha8Rng,
    /// Validators listed at the beginning.
    listed: u64,
    struck: u64,
    /// Whom something happened to: not again, while there are others.
    hit: BTreeSet<String>,
    /// With the day on which they come back.
    jailed: Vec<(u32, String)>,
    tombstoned: Vec<String>,
    /// Places in the set that newcomers can take.
    places: usize,
    newcomers: VecDeque<String>,
}

/// How many have been struck by the evening of a day, counted from 0.
fn count_due(listed: u64, day: u32) -> u64 {
    (listed * (u64::from(day) + 1)).div_ceil(DAYS_AND_VALIDATORS)
}

/// Adds those who will enter: outside the set at the beginning, each with the median stake of the
/// bonded.
pub fn add_newcomers(set: &mut Vec<SetValidator>, days: u32) {
    let bonded = set.iter().filter(|validator| validator.is_bonded());
    let mut stakes: Vec<Uint128> = bonded.map(|validator| validator.tokens).collect();
    stakes.sort_unstable();
    let median = stakes.get(stakes.len() / 2).copied().unwrap_or_default();
    let due = count_due(stakes.len() as u64, days.saturating_sub(1));
    let newcomers = due.div_ceil(PER_NEWCOMER);
    let prefix = set.first().map_or("", |first| &first.operator);
    let prefix = prefix.rsplit_once('1').map_or(prefix, |(prefix, _)| prefix);
    let newcomers: Vec<SetValidator> = (1..=newcomers)
        .map(|number| SetValidator {
            operator: newcomer(prefix, number),
            status: Status::Unbonded,
            jailed: false,
            tokens: median,
            commission_rate: NEWCOMERS_RATE,
            name: Some(format!("newcomer {number}")),
        })
        .collect();
    set.extend(newcomers);
    set.sort_by(|a, b| a.operator.cmp(&b.operator));
    set.dedup_by(|a, b| a.operator == b.operator);
}

fn newcomer(prefix: &str, number: u64) -> String {
    format!("{prefix}1newcomer{number:04}")
}

impl Churn {
    /// Of a world that has just begun.
    pub fn plan(rng: ChaCha8Rng, world: &World) -> Self {
        let operators = world.vault.chain.validators().into_iter();
        let operators = operators.map(|validator| validator.operator);
        Self {
            rng,
            listed: world.list.listed as u64,
            struck: 0,
            hit: BTreeSet::new(),
            jailed: Vec::new(),
            tombstoned: Vec::new(),
            places: 0,
            newcomers: operators.filter(|it| it.contains("1newcomer")).collect(),
        }
    }

    /// The morning after: the owner drains who was tombstoned, who was jailed two days before comes
    /// back, newcomers take the places of those who are gone, and the owner lists them: the keeper applies that
    /// when it is due.
    pub fn follow_up(&mut self, world: &mut World, day: u32) -> Result<()> {
        let drained = std::mem::take(&mut self.tombstoned);
        if !drained.is_empty() {
            incidents::drain(world, drained)?;
        }
        let back = |(until, _): &(u32, String)| *until <= day;
        let (back, jailed) = std::mem::take(&mut self.jailed).into_iter().partition(back);
        self.jailed = jailed;
        for (_, validator) in back {
            incidents::unjail(world, &validator)?;
        }
        let mut entered = vec![];
        for _ in 0..std::mem::take(&mut self.places) {
            if let Some(newcomer) = self.newcomers.pop_front() {
                entered.extend(enter(world, newcomer)?);
            }
        }
        match world.has_own_list || entered.is_empty() {
            true => Ok(()),
            false => listing::list(world, &entered),
        }
    }

    /// The evening's share of what happens to the list.
    pub fn strike(&mut self, world: &mut World, day: u32, morning_height: u64) -> Result<()> {
        while self.struck < count_due(self.listed, day) {
            let kind = KINDS[self.struck as usize % KINDS.len()];
            self.struck += 1;
            let Some(validator) = choose(&mut self.rng, world, &self.hit)? else {
                continue;
            };
            self.hit.insert(validator.clone());
            match kind {
                Incident::Jailed => {
                    incidents::jail(world, &validator)?;
                    self.jailed.push((day + JAIL_DAYS, validator));
                }
                Incident::DoubleSigned => {
                    incidents::double_sign(world, &validator, morning_height)?;
                    self.tombstoned.push(validator);
                    self.places += 1;
                }
                Incident::CommissionRaised => raise_commission(world, &validator)?,
                _ => {
                    leave(world, &validator)?;
                    self.places += 1;
                }
            }
        }
        Ok(())
    }
}

/// To the most that the validator may ever charge.
fn raise_commission(world: &mut World, validator: &str) -> Result<()> {
    let delegated = world.delegated(validator);
    let chain = &mut world.vault.chain;
    let most = chain.validator(validator).map(|it| it.max_commission_rate);
    chain.set_commission_rate(validator, most.unwrap_or_default())?;
    world.note_incident(Incident::CommissionRaised, validator, delegated);
    world.pass_block()
}

/// The operator shuts down: out of the set without a slash, and never back.
fn leave(world: &mut World, validator: &str) -> Result<()> {
    let delegated = world.delegated(validator);
    world.vault.chain.jail(validator)?;
    world.note_incident(Incident::Left, validator, delegated);
    world.pass_block()?;
    world.observe("a departure", &[], &[]);
    Ok(())
}

/// A newcomer begins to sign, and is to be listed unless the user's own list says who is.
fn enter(world: &mut World, newcomer: String) -> Result<Option<String>> {
    if world.vault.chain.unjail(&newcomer).is_err() {
        return Ok(None);
    }
    world.pass_block()?;
    world.note_incident(Incident::Entered, &newcomer, Uint128::zero());
    world.entered.insert(newcomer.clone());
    if !world.has_own_list {
        world.left_out.remove(&newcomer);
    }
    Ok(Some(newcomer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenth_of_the_list_is_struck_in_a_month() {
        assert_eq!(count_due(150, 29), 15);
        assert_eq!(count_due(150, 89), 45);
        assert_eq!(count_due(20, 0), 1); // 20 / 300, the first evening already
        assert_eq!(count_due(0, 89), 0);
    }

    #[test]
    fn newcomers_stand_outside_with_the_median_stake() {
        let validator = |operator: &str, tokens: u128| SetValidator {
            operator: operator.to_string(),
            status: Status::Bonded,
            jailed: false,
            tokens: tokens.into(),
            commission_rate: Decimal::percent(7),
            name: None,
        };
        let mut set = vec![validator("xvaloper1a", 30), validator("xvaloper1z", 10)];
        set.push(validator("xvaloper1zz", 20));
        add_newcomers(&mut set, 300); // 3 x 300 / 300 = 3 strikes, 2 newcomers
        let added = |it: &&SetValidator| !it.is_bonded();
        let added: Vec<_> = set.iter().filter(added).collect();
        let names: Vec<&str> = added.iter().map(|it| it.operator.as_str()).collect();
        assert_eq!(names, ["xvaloper1newcomer0001", "xvaloper1newcomer0002"]);
        assert!(added.iter().all(|it| it.tokens.u128() == 20));
        assert!(set.is_sorted_by_key(|it| it.operator.clone()));
    }
}
