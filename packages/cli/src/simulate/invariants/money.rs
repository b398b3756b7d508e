//! What must hold of tokens and shares: balance, shares, rate, claims, flows.

use super::{Invariants, Step};
use crate::simulate::flows::difference;
use crate::simulate::view::View;
use anyhow::Result;
use cosmwasm_std::{Addr, Uint128, Uint256};
use defenders_types::TotalsResponse;

impl Invariants {
    /// 1 and 8: every coin has one owner, and what lies in the vault beyond the book has arrived
    /// from entries that are not settled; those entries are the chain's.
    pub(super) fn check_balance(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
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

    /// 2: shares add up, and the vault holds the seed and the escrow. Everyone is asked whenever
    /// the book is synchronised, and in between those whom the call concerns.
    pub(super) fn check_shares(
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
    pub(super) fn check_rate(&mut self, step: &Step<'_>, totals: &TotalsResponse) {
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
    pub(super) fn check_claims(&mut self, view: View<'_>, step: &Step<'_>) -> Result<()> {
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

    /// What went in, less what went out and was lost, is what is there: within one unit per
    /// operation. What is held has arrived for entries that still count at face value.
    pub(super) fn check_flows(&mut self, step: &Step<'_>, totals: &TotalsResponse) {
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
    use crate::simulate::flows::{CallEffects, Flows};
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
