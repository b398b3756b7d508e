//! What a reader of targets should be warned of: numbers that are allowed, and hardly meant.

use super::input::TargetsInput;
use super::report::Report;
use crate::terminal::count;

/// Warnings, the gravest first.
pub fn find(input: &TargetsInput, report: &Report) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(warning) = tell_unplaced(input.total, report.unplaced.u128()) {
        let why = tell_bindings(report);
        found.push(format!("{warning}: {why}"));
    }
    if let Some(warning) = tell_bonded(input) {
        found.push(warning);
    }
    found
}

/// That nothing has a place.
pub fn tell_unplaced(total: u128, unplaced: u128) -> Option<String> {
    let is_lost = total > 0 && unplaced == total;
    is_lost.then(|| format!("everything is unplaced, all of the total of {total}"))
}

/// `2 ineligible, 1 chain_share`
fn tell_bindings(report: &Report) -> String {
    let mut bindings: Vec<(&str, usize)> = Vec::new();
    for row in &report.targets {
        match bindings.iter_mut().find(|(name, _)| *name == row.binding) {
            Some((_, number)) => *number += 1,
            None => bindings.push((&row.binding, 1)),
        }
    }
    let told: Vec<String> = bindings
        .iter()
        .map(|(name, number)| format!("{number} bound by {name}"))
        .collect();
    match told.is_empty() {
        true => "there is no validator".to_string(),
        false => told.join(", "),
    }
}

/// The chain share cap is a part of all bonded stake, so that has to hold the eligible.
fn tell_bonded(input: &TargetsInput) -> Option<String> {
    input.policy.chain_share_cap?;
    let eligible = input.validators.iter().filter(|it| it.is_eligible());
    let mut amounts = eligible.clone().map(|it| it.external);
    let external = amounts.try_fold(0u128, |sum, tokens| sum.checked_add(tokens))?;
    (external > input.total_bonded).then(|| {
        format!(
            "{} together {external} external tokens, more than the total_bonded of {}",
            count(
                eligible.count(),
                "eligible validator has",
                "eligible validators have"
            ),
            input.total_bonded
        )
    })
}
