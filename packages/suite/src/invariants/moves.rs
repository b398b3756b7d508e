//! Invariants 10 and 14: what moves between validators, and what the chain refuses of it.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Decimal, Uint128, Uint256};
use defenders_types::MoveReason;

use super::moved::{moves, reason};
use super::record::Record;
use super::step::Step;
use super::violation::{Checked, Violation};
use crate::event::{number, text, value};

/// No epoch moves more than its budgets, no call makes more moves than it may, a move for quality makes the
/// chain no less even, and no move lifts anybody above its cap. Targets are the planner's to keep: the tests
/// of `allocation` compare them.
pub fn invariant_10_moves_keep_to_their_budgets(
    step: &Step,
    record: &Record,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(10);
    if moves(step).next().is_none() {
        return Ok(checked);
    }
    let (moved, parameters) = (&record.moved, &step.after.config.parameters);
    let share = |rate: Decimal| Uint128::new(moved.worth).mul_floor(rate).u128();
    let emergency = share(parameters.turnover_emergency);
    for (name, tokens, most) in [
        ("quality", moved.quality, share(parameters.turnover_quality)),
        ("emergency", moved.emergency, emergency),
        ("by the owner", moved.by_owner, emergency / 2),
    ] {
        checked.ensure(tokens <= most, || {
            format!("{tokens} moved for {name} in an epoch, of at most {most}: {moved:?}")
        })?;
    }
    let most = parameters.max_moves as usize;
    let ticks = step.named("rebalanced").count();
    checked.ensure(moves(step).count() <= most * ticks, || {
        format!(
            "{ticks} calls made more than {most} moves each: {:?}",
            step.events
        )
    })?;
    if step.txs.len() > 1 {
        return Ok(checked); // what the later ones changed hides what the earlier ones saw
    }
    ensure_caps(step, &mut checked)?;
    ensure_evener(step, &mut checked)?;
    Ok(checked)
}

/// The chain may round a unit away with each message, and the caps are shares of what is left.
fn ensure_caps(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let units = Uint128::new(moves(step).count() as u128);
    for event in step.named("redelegated") {
        let destination = text(event, "destination");
        let mut infos = step.after.validators.iter();
        let info = infos.find(|info| info.validator == destination);
        let is_fit = info.is_some_and(|info| {
            info.delegated <= info.cap + units && info.listed && info.exclusion.is_none()
        });
        checked.ensure(is_fit, || format!("{info:?} was given more by {event:?}"))?;
    }
    Ok(())
}

/// The sum of the squares of the levels, beside what it were without the moves for quality.
fn ensure_evener(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let infos = step.after.validators.iter();
    let levels: BTreeMap<&str, (u128, u128)> = infos
        .map(|info| {
            let external = info.external.unwrap_or_default().u128();
            (info.validator.as_str(), (external, info.delegated.u128()))
        })
        .collect();
    let mut without: BTreeMap<&str, (u128, u128)> = levels.clone();
    for event in step.named("redelegated") {
        if reason(event) != MoveReason::Quality {
            continue;
        }
        let tokens = number(event, "tokens");
        let (source, destination) = (text(event, "source"), text(event, "destination"));
        if let Some((_, delegated)) = without.get_mut(source.as_str()) {
            *delegated += tokens;
        }
        if let Some((_, delegated)) = without.get_mut(destination.as_str()) {
            *delegated -= tokens;
        }
    }
    let sum = |levels: &BTreeMap<&str, (u128, u128)>| {
        let levels = levels
            .values()
            .map(|(external, delegated)| external + delegated);
        levels.fold(Uint256::zero(), |sum, level| {
            sum + Uint256::from(level) * Uint256::from(level)
        })
    };
    let (before, after) = (sum(&without), sum(&levels));
    checked.ensure(after <= before, || {
        format!(
            "the sum of squares rose from {before} to {after}: {:?}",
            step.events
        )
    })
}

/// The chain refuses no redelegation, unless a fault was injected at one of its ends.
pub fn invariant_14_no_redelegation_is_refused(
    step: &Step,
    faulty: &BTreeSet<String>,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(14);
    for refused in step.named("refused") {
        let Some(destination) = value(refused, "destination") else {
            continue;
        };
        let ends = [text(refused, "validator"), destination];
        checked.ensure(ends.iter().any(|end| faulty.contains(end)), || {
            format!("{refused:?}")
        })?;
    }
    for _ in step.named("redelegated") {
        checked.ensure(true, String::new)?;
    }
    Ok(checked)
}
