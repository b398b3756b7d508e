//! Each check, from facts: pure.

mod check;
mod code;
mod control;
mod money;
#[cfg(test)]
mod tests;
mod waiting;

use check::check;
pub use check::{Check, Finding};

use super::facts::{Contract, Facts};
use crate::checksums::Checksums;

/// All checks, in the order in which a depositor asks.
pub fn compute_all(
    facts: &Facts,
    checksums: Option<&Checksums>,
    owner: Option<&str>,
) -> Vec<Check> {
    let (vault, pot) = (&facts.vault, &facts.pot);
    vec![
        code::check_code("vault's code", vault, code::VAULT, checksums),
        code::check_past("vault's earlier codes", vault, code::VAULT, checksums),
        code::check_version("vault's name and version", vault, "defenders-vault"),
        code::check_admin("who may replace the vault's code", vault, &vault.address),
        code::check_code("pot's code", pot, code::REWARD_POT, checksums),
        code::check_past("pot's earlier codes", pot, code::REWARD_POT, checksums),
        code::check_admin("who may replace the pot's code", pot, &vault.address),
        money::check_pot(facts),
        control::check_owner(facts, owner),
        control::check_owner_code(facts, checksums),
        control::check_past(facts, checksums),
        control::check_decision(facts),
        control::check_group_code(facts, checksums),
        control::check_group(facts),
        waiting::check_proposals(facts),
        waiting::check_offer(facts),
        waiting::check_changes(facts, checksums),
        money::check_denom(facts),
        money::check_pool(facts),
        waiting::check_bounds(&facts.config),
        money::check_open(facts),
        money::check_solvency(facts),
    ]
}

/// What can be said of a contract that calls itself a vault and does not answer as one.
pub fn compute_dumb(vault: &Contract, reason: &str, checksums: Option<&Checksums>) -> Vec<Check> {
    vec![
        check(
            "what it answers",
            false,
            format!("it calls itself a vault, and does not answer as one: {reason}"),
        ),
        code::check_code("vault's code", vault, code::VAULT, checksums),
        code::check_past("vault's earlier codes", vault, code::VAULT, checksums),
        code::check_version("vault's name and version", vault, "defenders-vault"),
        code::check_admin("who may replace the vault's code", vault, &vault.address),
    ]
}
