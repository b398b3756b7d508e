//! What must hold of stake: ledger, caps, book.

use super::{Invariants, Step};
use crate::simulate::view::View;
use anyhow::Result;
use cosmwasm_std::Uint128;
use defenders_allocation::{Policy, Seat, compute_caps};
use defenders_types::{LedgerEntry, TotalsResponse};

impl Invariants {
    /// 8: entries not yet paid are the chain's, by validator, completion time and face value.
    pub(super) fn check_ledger(&mut self, view: View<'_>, step: &Step<'_>, ledger: &[LedgerEntry]) {
        let by_chain = view.unbonding_entries();
        let by_vault: Vec<_> = ledger
            .iter()
            .map(|entry| {
                let key = (entry.completion_time, entry.validator.clone());
                (key, entry.tokens)
            })
            .filter(|(key, _)| by_chain.contains_key(key) || key.0 > view.now())
            .collect();
        let agrees = by_vault.len() == by_chain.len()
            && by_vault
                .iter()
                .all(|(key, tokens)| by_chain.get(key) == Some(tokens));
        self.ensure(
            agrees,
            step,
            "8",
            format_args!("by the vault {by_vault:?}, by the chain {by_chain:?}"),
        );
    }

    /// 6: whoever got stake is eligible and within its caps, by the last refresh.
    pub(super) fn check_caps(
        &mut self,
        view: View<'_>,
        step: &Step<'_>,
        totals: &TotalsResponse,
    ) -> Result<()> {
        if step.effects.delegated.is_empty() {
            return Ok(());
        }
        let config = view.query_config()?;
        // S as of the last refresh is not told, so the vault answers for the chain share cap
        let policy = Policy {
            vault_share_cap: totals.vault_share_cap_in_force,
            chain_share_cap: None,
            match_cap: config.policy.match_cap,
            bond_factor: None,
            floor: config.policy.floor,
        };
        let total = totals.bonded + totals.idle.saturating_sub(totals.reserve);
        for validator in &step.effects.delegated {
            let row = view.query_validator(validator)?;
            let seat = Seat {
                validator: validator.clone(),
                external: row.external.unwrap_or_default().u128(),
                held: row.delegated.u128(),
                declared_max: None,
                self_bond: None,
                eligible: row.exclusion.is_none(),
            };
            let caps = compute_caps(total.u128(), u128::MAX, &policy, &[seat])?;
            let cap = caps.first().map(|cap| cap.tokens).unwrap_or_default();
            let cap = cap.min(row.cap.u128());
            self.ensure(
                row.delegated.u128() <= cap,
                step,
                "6",
                format_args!(
                    "{validator} holds {} of at most {cap}, excluded for {:?}",
                    row.delegated, row.exclusion
                ),
            );
        }
        Ok(())
    }

    /// 9: after synchronising, the book is the chain's.
    pub(super) fn check_book(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
        let by_chain = view.delegations();
        for row in view.query_validators()? {
            let chain = by_chain.get(&row.validator).copied().unwrap_or_default();
            self.ensure(
                row.delegated == chain,
                step,
                "9",
                format_args!(
                    "{}: {} by the book, {chain} by the chain",
                    row.validator, row.delegated
                ),
            );
        }
        let solvency = view.query_solvency()?;
        self.ensure(
            solvency.bonded_by_book == by_chain.values().sum::<Uint128>(),
            step,
            "9",
            format_args!("the book's sum is {}", solvency.bonded_by_book),
        );
        Ok(())
    }
}
