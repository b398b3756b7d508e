//! The book's aggregates.

use defenders_types::{BookDoubt, TotalsResponse};

use crate::call::View;
use crate::error::ContractError;

pub fn totals(view: &View) -> Result<TotalsResponse, Box<ContractError>> {
    let validators = view.validators()?;
    let (book, now) = (view.book, view.now());
    let money = &book.money;
    Ok(TotalsResponse {
        total_assets: money.total_assets(now)?,
        bonded: money.bonded,
        idle: money.idle,
        restaking: money.restaking,
        restaking_at_marks: money.restaking.saturating_sub(money.marked_down),
        marked_down: money.marked_down,
        locked_profit: money.locked_profit.locked_at_ceil(now)?,
        unbonding: money.unbonding,
        claimable: money.claimable,
        awaiting_settlement: money.awaiting_settlement,
        fees_owed: money.fees_owed,
        reserve: view.valuation().reserve_floor()?,
        total_shares: view.total_shares,
        seed_shares: view.config.seed_shares,
        escrow_shares: book.queue.escrow_shares,
        capacity: book.deposits.capacity,
        external_bonded: book.deposits.external_bonded,
        synced_at: book.synced_at,
        doubt: book.doubt.map(|doubt| BookDoubt {
            height: doubt.height,
            since: doubt.since,
            shown: doubt.shown,
        }),
        refreshed_at: validators.summary.as_ref().map(|s| s.refreshed_at),
        powers_stale: view.are_powers_stale()?,
        vault_share_cap_in_force: validators.vault_share_cap_in_force(&view.config.policy),
    })
}
