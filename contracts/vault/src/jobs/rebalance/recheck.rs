//! The last refresh may be a day old. Before stake moves, both ends of each move are read once more: a
//! move that no longer makes sense is dropped, and the next refresh tells what to do instead.

use defenders_allocation::{self as allocation, compute_caps, BondStatus};
use defenders_types::{MoveReason, PowerSource};

use crate::call::View;
use crate::chain::staking;
use crate::error::ContractError;
use crate::moves::{Plan, PlannedMove};
use crate::state::Power;
use crate::validators::power_reader::PowerReader;
use crate::validators::{eligibility, Validator, Validators};

/// Which moves of a plan are fit to be made: one answer for each, in their order.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn find_fit(view: &View, plan: &Plan) -> Result<Vec<bool>, Box<ContractError>> {
    let validators = view.validators()?;
    let source = &view.config.power_source;
    // where it does not say of each validator whether it is bonded
    let bonded = match source {
        PowerSource::Grpc | PowerSource::Stargate => vec![],
        PowerSource::Rank { .. } | PowerSource::Attested { .. } => {
            staking::query_bonded_validators(&view.deps.querier).unwrap_or_default()
        }
    };
    let mut check = Recheck {
        view,
        reader: PowerReader::open(view.deps, view.config)?,
        bonded,
        validators,
        base: plan.base.u128(),
        fresh: vec![],
    };
    let mut fit = Vec::with_capacity(plan.moves.len());
    for planned in &plan.moves {
        fit.push(check.is_fit(planned)?);
    }
    Ok(fit)
}

/// What was read once more, with the moves that are kept so far.
struct Recheck<'a> {
    view: &'a View<'a>,
    reader: PowerReader<'a>,
    /// Operator addresses of the bonded validators, where they are asked for.
    bonded: Vec<String>,
    validators: &'a Validators,
    base: u128,
    /// By operator address. `None`: it could not be read.
    fresh: Vec<(String, Option<Fresh>)>,
}

#[derive(Clone)]
struct Fresh {
    member: Validator,
    delegated: u128,
}

impl Fresh {
    fn level(&self) -> u128 {
        self.member.external().saturating_add(self.delegated)
    }
}

impl Recheck<'_> {
    fn is_fit(&mut self, planned: &PlannedMove) -> Result<bool, Box<ContractError>> {
        let Some(destination) = &planned.destination else {
            return Ok(true);
        };
        let tokens = planned.tokens.u128();
        let source = self.read(&planned.source);
        let Some(to) = self.read(destination) else {
            return Ok(false);
        };
        let is_fit = self.is_source_fit(planned, source.as_ref())
            && self.is_destination_fit(&to, tokens)?
            && is_evening(planned, source.as_ref(), &to);
        if is_fit {
            self.change(&planned.source, |delegated| {
                delegated.saturating_sub(tokens)
            });
            self.change(destination, |delegated| delegated.saturating_add(tokens));
        }
        Ok(is_fit)
    }

    /// What leaves because of something that is over stays. What leaves for another reason leaves a
    /// validator that cannot be read as well.
    fn is_source_fit(&self, planned: &PlannedMove, source: Option<&Fresh>) -> bool {
        let Some(source) = source else {
            return planned.reason.is_leaving();
        };
        let Some(power) = source.member.power else {
            return false;
        };
        let is_bonded = power.status == BondStatus::Bonded;
        match planned.reason {
            MoveReason::Jailed => power.is_jailed || !is_bonded,
            MoveReason::Unbonded => !is_bonded,
            MoveReason::Tombstoned
            | MoveReason::Drained
            | MoveReason::Ended
            | MoveReason::Ineligible
            | MoveReason::AboveCap
            | MoveReason::OwnMaximum
            | MoveReason::Quality => true,
        }
    }

    /// Eligible by what was read now, and below its cap with the tokens.
    fn is_destination_fit(&self, to: &Fresh, tokens: u128) -> Result<bool, Box<ContractError>> {
        let policy = &self.view.config.policy;
        let summary = self.validators.summary.as_ref();
        let now = self.view.now();
        if eligibility::exclusion_now(policy, summary, &to.member, now).is_some() {
            return Ok(false);
        }
        let validator: allocation::Validator = self.validators.input_of(&to.member);
        let policy = self.validators.policy_in_force(policy);
        let total_bonded = self.validators.total_bonded();
        let caps = compute_caps(self.base, total_bonded, &policy, &[validator])?;
        let cap = caps.first().map_or(0, |cap| cap.tokens);
        Ok(to.delegated.saturating_add(tokens) <= cap)
    }

    fn read(&mut self, address: &str) -> Option<Fresh> {
        if let Some((_, known)) = self.fresh.iter().find(|(known, _)| known == address) {
            return known.clone();
        }
        let fresh = self.query(address);
        self.fresh.push((address.to_owned(), fresh.clone()));
        fresh
    }

    fn query(&self, address: &str) -> Option<Fresh> {
        let mut member = self.validators.member(address)?.clone();
        let delegated = member.holding.delegated;
        let is_bonded = self.bonded.iter().any(|bonded| bonded == address);
        let read = self.reader.read(address, delegated, is_bonded).ok()?;
        let self_bond = member.power.and_then(|power| power.self_bond);
        member.power = Some(Power {
            self_bond,
            ..read.power
        });
        Some(Fresh {
            delegated: delegated.u128(),
            member,
        })
    }

    fn change(&mut self, address: &str, change: impl Fn(u128) -> u128) {
        for (known, fresh) in &mut self.fresh {
            if known == address {
                if let Some(fresh) = fresh {
                    fresh.delegated = change(fresh.delegated);
                }
            }
        }
    }
}

/// A move for quality must bring stake to rest below where it was.
fn is_evening(planned: &PlannedMove, source: Option<&Fresh>, to: &Fresh) -> bool {
    if planned.reason != MoveReason::Quality {
        return true;
    }
    let tokens = planned.tokens.u128();
    source.is_some_and(|source| to.level().saturating_add(tokens) < source.level())
}
