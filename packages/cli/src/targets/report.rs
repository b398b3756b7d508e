//! The report of `defenders targets`, in the shape of its JSON.

use cosmwasm_std::Uint128;
use defenders_allocation::{
    AllocationError, Binding, Groups, compute_bindings, compute_caps, compute_targets,
};
use serde::Serialize;

use super::input::TargetsInput;

/// The result of the rule. Amounts are strings in base units.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In ascending operator address.
    pub targets: Vec<Row>,
    /// What the caps leave no place for.
    pub unplaced: Uint128,
}

/// One validator.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Operator address.
    pub validator: String,
    /// Its target.
    pub tokens: Uint128,
    /// Its own cap: the least of those that are set.
    pub cap: Uint128,
    /// What keeps it from one unit more.
    pub binding: String,
}

/// The report on a file.
pub fn compute_report(input: &TargetsInput) -> Result<Report, AllocationError> {
    let TargetsInput {
        total,
        base,
        total_bonded,
        policy,
        groups,
        validators,
    } = input;
    let caps = compute_caps(*base, *total_bonded, policy, validators)?;
    let result = compute_targets(*total, *base, *total_bonded, policy, validators, groups)?;
    let bindings = compute_bindings(*base, &caps, groups, &result.tokens);
    let rows = validators.iter().zip(caps).zip(result.tokens).zip(bindings);
    let mut targets: Vec<Row> = rows
        .map(|(((validator, cap), tokens), binding)| Row {
            validator: validator.address.clone(),
            tokens: tokens.into(),
            cap: cap.tokens.into(),
            binding: tell_binding(binding, groups),
        })
        .collect();
    targets.sort_by(|a, b| a.validator.cmp(&b.validator));
    Ok(Report {
        targets,
        unplaced: result.unplaced.into(),
    })
}

fn tell_binding(binding: Binding, groups: &Groups) -> String {
    let name = binding_name(binding);
    match binding {
        Binding::Group(index) => {
            let group = groups.list().get(index).map_or("", |group| &group.name);
            format!("{name}:{group}")
        }
        _ => name.to_string(),
    }
}

/// What binds, without the name of a group.
pub fn binding_name(binding: Binding) -> &'static str {
    match binding {
        Binding::None => "none",
        Binding::Ineligible => "ineligible",
        Binding::VaultShare => "vault_share",
        Binding::ChainShare => "chain_share",
        Binding::Match => "match",
        Binding::OwnerMaximum => "owner_max",
        Binding::OwnMaximum => "own_max",
        Binding::Bond => "bond",
        Binding::Group(_) => "group",
    }
}
