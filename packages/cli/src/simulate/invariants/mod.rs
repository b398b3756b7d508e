//! What must hold after every step, by the numbers of the vault's own list of invariants.

mod money;
mod stake;

use std::collections::BTreeMap;
use std::fmt::Display;

use anyhow::Result;
use cosmwasm_std::{Addr, Uint128};

use super::flows::{CallEffects, Flows};
use super::view::View;

/// Counts, and what must be remembered from step to step.
#[derive(Debug, Default)]
pub struct Invariants {
    /// Checks made.
    pub checked: u64,
    /// Checks that did not hold.
    pub violated: u64,
    /// Assets and shares after the step before.
    last_rate: Option<(Uint128, Uint128)>,
    /// All batches up to here are fully served.
    served_up_to: Option<u64>,
    /// Shares of everyone but the vault.
    balances: BTreeMap<Addr, Uint128>,
}

/// A call that succeeded, and its record.
pub struct Step<'a> {
    /// For messages.
    pub name: &'a str,
    /// What the call did.
    pub effects: &'a CallEffects,
    /// Sums before it.
    pub flows_before: &'a Flows,
    /// Sums after it.
    pub flows: &'a Flows,
    /// Accounts whose shares the call may have changed.
    pub touched: &'a [&'a Addr],
    /// Everyone who may hold shares, the vault aside.
    pub depositors: &'a [Addr],
}
impl Invariants {
    /// Checks all that a step may have broken.
    pub fn check(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
        let totals = view.query_totals()?;
        self.check_balance(view, step)?;
        self.check_shares(view, step, &totals)?;
        self.check_rate(step, &totals);
        self.check_claims(view, step)?;
        self.check_caps(view, step, &totals)?;
        self.check_flows(step, &totals);
        if step.effects.is_synced && !step.effects.has_moved_stake {
            self.check_book(view, step)?;
        }
        Ok(())
    }

    fn ensure(&mut self, holds: bool, step: &Step<'_>, number: &str, detail: impl Display) {
        self.checked += 1;
        if !holds {
            self.violated += 1;
            eprintln!("violated: invariant {number} after {}: {detail}", step.name);
        }
    }
}
