//! `defenders targets`: the target rule on a file.

pub mod input;
mod tables;

use std::path::{Path, PathBuf};

use cosmwasm_std::Uint128;
use defenders_allocation::{
    AllocationError, Binding, Groups, compute_bindings, compute_caps, compute_targets,
};
use serde::Serialize;

use crate::input::{FileError, InputError, load};
use crate::output::{OutputError, print, to_json};
use input::TargetsInput;

/// Which file, and how to show the result.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Total, policy, groups and validators, as JSON.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,

    /// Print one JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Why there are no targets.
#[derive(Debug, thiserror::Error)]
pub enum TargetsError {
    /// The file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl TargetsError {
    /// 2 when the user can mend it, else 1.
    pub fn exit_status(&self) -> u8 {
        match self {
            TargetsError::File(_) => 2,
            TargetsError::Output(_) => 1,
        }
    }
}

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
pub fn run(args: &Args) -> Result<(), TargetsError> {
    let input = load(&args.input, TargetsInput::read)?;
    let report = compute_report(&input).map_err(|error| impossible(&error, &args.input))?;
    let text = match args.json {
        true => to_json(&report)?,
        false => tables::render(&input, &report),
    };
    Ok(print(&text)?)
}

/// Numbers that are right each and have no answer together.
pub fn impossible(error: &AllocationError, file: &Path) -> FileError {
    let error = InputError::Impossible {
        place: "top level".to_string(),
        reason: error.to_string(),
    };
    error.in_file(file)
}

fn compute_report(input: &TargetsInput) -> Result<Report, AllocationError> {
    let TargetsInput {
        total,
        total_bonded,
        policy,
        groups,
        seats,
    } = input;
    let caps = compute_caps(*total, *total_bonded, policy, seats)?;
    let result = compute_targets(*total, *total_bonded, policy, seats, groups)?;
    let bindings = compute_bindings(*total, &caps, groups, &result.tokens);
    let rows = seats.iter().zip(caps).zip(result.tokens).zip(bindings);
    let mut targets: Vec<Row> = rows
        .map(|(((seat, cap), tokens), binding)| Row {
            validator: seat.validator.clone(),
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
