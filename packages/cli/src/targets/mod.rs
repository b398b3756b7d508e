//! `defenders targets`: the target rule on a file.

pub mod input;
mod tables;

use cosmwasm_std::Uint128;
use defenders_allocation::{
    AllocationError, Binding, Groups, compute_bindings, compute_caps, compute_targets,
};
use serde::Serialize;

use crate::file_command::{Args, FileCommandError, impossible};
use crate::input::load;
use crate::output::{print, to_json};
use input::TargetsInput;

/// The result of the rule. Amounts are strings in base units.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Report {
    /// In ascending operator address.
    targets: Vec<Row>,
    /// What the caps leave no place for.
    unplaced: Uint128,
}

/// One validator.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Row {
    /// Operator address.
    validator: String,
    /// Its target.
    tokens: Uint128,
    /// Its own cap: the least of those that are set.
    cap: Uint128,
    /// What keeps it from one unit more.
    binding: String,
}

/// Reads the file, runs the rule, and writes the result to standard output.
pub fn run(args: &Args) -> Result<(), FileCommandError> {
    let input = load(&args.input, TargetsInput::read)?;
    let report = compute_report(&input).map_err(|error| impossible(&error, &args.input))?;
    let text = match args.json {
        true => to_json(&report)?,
        false => tables::render(&input, &report),
    };
    Ok(print(&text)?)
}

fn compute_report(input: &TargetsInput) -> Result<Report, AllocationError> {
    let TargetsInput {
        total,
        total_bonded,
        policy,
        groups,
        validators,
    } = input;
    let caps = compute_caps(*total, *total_bonded, policy, validators)?;
    let result = compute_targets(*total, *total_bonded, policy, validators, groups)?;
    let bindings = compute_bindings(*total, &caps, groups, &result.tokens);
    let rows = validators.iter().zip(caps).zip(result.tokens).zip(bindings);
    let mut targets: Vec<Row> = rows
        .map(|(((validator, cap), tokens), binding)| Row {
            validator: validator.address.clone(),
            tokens: tokens.into(),
            cap: cap.tokens.into(),
            binding: binding_name(binding, groups),
        })
        .collect();
    targets.sort_by(|a, b| a.validator.cmp(&b.validator));
    Ok(Report {
        targets,
        unplaced: result.unplaced.into(),
    })
}

fn binding_name(binding: Binding, groups: &Groups) -> String {
    let name = match binding {
        Binding::None => "none",
        Binding::Ineligible => "ineligible",
        Binding::VaultShare => "vault_share",
        Binding::ChainShare => "chain_share",
        Binding::Match => "match",
        Binding::Declared => "declared",
        Binding::Bond => "bond",
        Binding::Group(index) => {
            let name = groups.list().get(index).map_or("", |group| &group.name);
            return format!("group:{name}");
        }
    };
    name.to_string()
}
