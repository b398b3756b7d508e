//! What must hold after every step, by the numbers of the vault's own list of invariants.

use std::collections::BTreeMap;
use std::fmt::Display;

use anyhow::Result;
use cosmwasm_std::{Addr, Uint128, Uint256};
use defenders_allocation::{Policy, Seat, compute_caps};
use defenders_types::{LedgerEntry, TotalsResponse};

use super::flows::{CallEffects, Flows, difference};
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

    /// 1 and 8: every coin has one owner, and what lies in the vault beyond the book has arrived
    /// from entries that are not settled; those entries are the chain's.
    fn check_balance(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
        let solvency = view.query_solvency()?;
        let balance = view.query_bank_balance(view.vault)?;
        let parts = solvency.idle
            + solvency.claimable
            + solvency.fees_owed
            + solvency.held
            + solvency.surplus;
        self.ensure(
            parts == balance && solvency.deficit.is_zero(),
            step,
            "1",
            format_args!(
                "the balance is {balance}, its parts are {parts}, the deficit is {}",
                solvency.deficit
            ),
        );

        let ledger = view.query_ledger()?;
        let now = view.chain.app.block_info().time;
        let mature: Uint128 = ledger
            .iter()
            .filter(|entry| entry.completion_time <= now)
            .map(|entry| entry.tokens)
            .sum();
        self.ensure(
            solvency.surplus <= mature + Uint128::from(step.flows.operations),
            step,
            "1",
            format_args!(
                "surplus {} of no donation, entries that may have arrived {mature}",
                solvency.surplus
            ),
        );
        self.check_ledger(view, step, &ledger);
        Ok(())
    }

    /// 8: entries not yet paid are the chain's, by validator, completion time and face value.
    fn check_ledger(&mut self, view: View<'_>, step: &Step<'_>, ledger: &[LedgerEntry]) {
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

    /// 2: shares add up, and the vault holds the seed and the escrow. Everyone is asked whenever
    /// the book is synchronised, and in between those whom the call concerns.
    fn check_shares(
        &mut self,
        view: View<'_>,
        step: &Step<'_>,
        totals: &TotalsResponse,
    ) -> Result<()> {
        let own = view.query_shares(view.vault)?;
        let everyone: Vec<&Addr> = step.depositors.iter().collect();
        let asked = match step.effects.is_synced {
            true => &everyone,
            false => step.touched,
        };
        for account in asked {
            let shares = view.query_shares(account)?;
            self.balances.insert((*account).clone(), shares);
        }
        let all: Uint128 = own + self.balances.values().sum::<Uint128>();
        self.ensure(
            all == totals.total_shares,
            step,
            "2",
            format_args!("balances add up to {all}, supply {}", totals.total_shares),
        );
        self.ensure(
            own == totals.seed_shares + totals.escrow_shares,
            step,
            "2",
            format_args!(
                "the vault holds {own} shares, seed {} and escrow {}",
                totals.seed_shares, totals.escrow_shares
            ),
        );

        let batches = view.query_batches(self.served_up_to)?;
        let unserved: Uint128 = batches.iter().map(|batch| batch.unserved_shares).sum();
        self.ensure(
            unserved == totals.escrow_shares,
            step,
            "2",
            format_args!("unserved {unserved}, escrow {}", totals.escrow_shares),
        );
        let served = batches
            .iter()
            .take_while(|batch| batch.submitted_at.is_some() && batch.unserved_shares.is_zero());
        if let Some(last) = served.last() {
            self.served_up_to = Some(last.batch_id);
        }
        Ok(())
    }

    /// 3: a share is worth no less than before, booked losses and one unit of tokens per operation
    /// aside.
    fn check_rate(&mut self, step: &Step<'_>, totals: &TotalsResponse) {
        let now = (totals.total_assets, totals.total_shares);
        if let Some((assets, shares)) = self.last_rate.replace(now) {
            let lost = step.flows.lost - step.flows_before.lost;
            let rounding = u128::from(step.flows.operations - step.flows_before.operations);
            let least = assets.saturating_sub(Uint128::new(lost + rounding));
            // assets now / shares now >= least / shares before
            let holds = wide(now.0) * wide(shares) >= wide(least) * wide(now.1);
            self.ensure(
                holds,
                step,
                "3",
                format_args!(
                    "{assets} tokens for {shares} shares became {} for {}, {lost} lost",
                    now.0, now.1
                ),
            );
        }
    }

    /// 5: a batch pays no more than it has.
    fn check_claims(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
        for (batch_id, paid) in &step.flows.withdrawn_by_batch {
            if step.flows_before.withdrawn_by_batch.get(batch_id) == Some(paid) {
                continue;
            }
            let Some(batch) = view.query_batch(*batch_id)? else {
                continue; // paid out and forgotten
            };
            self.ensure(
                *paid <= batch.tokens.u128() && *paid == batch.claimed.u128(),
                step,
                "5",
                format_args!(
                    "batch {batch_id} has {} tokens, paid {paid}, says {}",
                    batch.tokens, batch.claimed
                ),
            );
        }
        Ok(())
    }

    /// 6: whoever got stake is eligible and within its caps, by the last refresh.
    fn check_caps(
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
            floor: config.policy.floor,
        };
        let total = totals.bonded + totals.idle.saturating_sub(totals.reserve);
        for validator in &step.effects.delegated {
            let row = view.query_validator(validator)?;
            let seat = Seat {
                validator: validator.clone(),
                external: row.external.unwrap_or_default().u128(),
                held: row.delegated.u128(),
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
    fn check_book(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
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

    /// What went in, less what went out and was lost, is what is there: within one unit per
    /// operation. What is held has arrived for entries that still count at face value.
    fn check_flows(&mut self, step: &Step<'_>, totals: &TotalsResponse) {
        let holdings =
            totals.total_assets + totals.locked_profit + totals.unbonding + totals.claimable;
        let expected = step.flows.expected_holdings();
        let gap = expected - difference(holdings.u128(), 0);
        self.ensure(
            gap.unsigned_abs() <= u128::from(step.flows.operations),
            step,
            "flows",
            format_args!("holdings {holdings}, by the flows {expected}"),
        );
    }
}

fn wide(number: Uint128) -> Uint256 {
    Uint256::from(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::Decimal;

    fn totals(assets: u128, shares: u128) -> TotalsResponse {
        let zero = Uint128::zero();
        TotalsResponse {
            total_assets: assets.into(),
            bonded: assets.into(),
            idle: zero,
            restaking: zero,
            locked_profit: zero,
            unbonding: zero,
            claimable: zero,
            held: zero,
            fees_owed: zero,
            reserve: zero,
            total_shares: shares.into(),
            seed_shares: zero,
            escrow_shares: zero,
            capacity: zero,
            external_bonded: zero,
            synced_at: 0,
            refreshed_at: None,
            vault_share_cap_in_force: Decimal::one(),
        }
    }

    /// Violations that `check` finds after a call that booked `lost` tokens of 1,000 deposited.
    fn violations(lost: u128, check: impl Fn(&mut Invariants, &Step<'_>)) -> u64 {
        let before = Flows {
            deposited: 1_000,
            ..Flows::default()
        };
        let after = Flows {
            lost,
            operations: 1,
            ..before.clone()
        };
        let mut invariants = Invariants::default();
        let step = Step {
            name: "test",
            effects: &CallEffects::default(),
            flows_before: &before,
            flows: &after,
            touched: &[],
            depositors: &[],
        };
        check(&mut invariants, &step);
        invariants.violated
    }

    #[test]
    fn rate_may_fall_by_a_booked_loss_and_one_unit_only() {
        let fall_to = |assets, lost| {
            violations(lost, |invariants, step| {
                invariants.check_rate(step, &totals(1_000, 900));
                invariants.check_rate(step, &totals(assets, 900));
            })
        };
        assert_eq!(fall_to(1_000, 0), 0);
        assert_eq!(fall_to(999, 0), 0); // rounding of one operation
        assert_eq!(fall_to(998, 0), 1);
        assert_eq!(fall_to(949, 50), 0); // 1000 - 50 - 1
        assert_eq!(fall_to(948, 50), 1);
    }

    #[test]
    fn shares_minted_too_cheap_are_a_fall_of_the_rate() {
        let found = violations(0, |invariants, step| {
            invariants.check_rate(step, &totals(1_000, 900));
            // 100 tokens are worth 90 shares
            invariants.check_rate(step, &totals(1_100, 992));
        });
        assert_eq!(found, 1);
    }

    #[test]
    fn money_that_no_flow_explains_is_found() {
        let with_holdings = |assets| {
            violations(50, |invariants, step| {
                invariants.check_flows(step, &totals(assets, 900));
            })
        };
        assert_eq!(with_holdings(950), 0); // 1000 - 50
        assert_eq!(with_holdings(951), 0); // one operation
        assert_eq!(with_holdings(952), 1);
        assert_eq!(with_holdings(948), 1);
    }
}
