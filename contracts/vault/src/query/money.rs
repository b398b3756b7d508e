//! What the vault has, and what shares are worth.

use cosmwasm_std::{Decimal, Uint128};
use defenders_accounting::Rate;
use defenders_types::{RateResponse, SolvencyResponse, TotalsResponse};

use crate::error::ContractError;
use crate::jobs::View;
use crate::staking;
use crate::state::FEES_OWED;

pub fn totals(view: &View) -> Result<TotalsResponse, ContractError> {
    let roster = view.roster()?;
    let total_shares = view.total_shares;
    let (book, now) = (view.book, view.now());
    let money = &book.money;
    Ok(TotalsResponse {
        total_assets: money.total_assets(now)?,
        bonded: money.bonded,
        idle: money.idle,
        restaking: money.restaking,
        locked_profit: money.locked_profit.locked_at_ceil(now)?,
        unbonding: money.unbonding,
        claimable: money.claimable,
        held: money.held,
        fees_owed: money.fees_owed,
        reserve: book.reserve(now, total_shares)?,
        total_shares,
        seed_shares: view.config.seed_shares,
        escrow_shares: book.queue.escrow_shares,
        capacity: book.placement.capacity,
        external_bonded: book.placement.external_bonded,
        synced_at: book.synced_at,
        refreshed_at: roster.summary.as_ref().map(|s| s.refreshed_at),
        vault_share_cap_in_force: roster.vault_share_cap_in_force(&view.config.policy),
    })
}

pub fn rate(view: &View) -> Result<RateResponse, ContractError> {
    let Rate { tokens, shares } = leaving_rate(view)?;
    Ok(RateResponse {
        tokens_per_share: Decimal::checked_from_ratio(tokens, shares).unwrap_or_default(),
        total_assets: tokens,
        total_shares: shares,
    })
}

pub fn preview_deposit(view: &View, tokens: Uint128) -> Result<Uint128, ContractError> {
    let rate = view.book.deposit_rate(view.total_shares)?;
    Ok(rate.shares_for_tokens_floor(tokens)?)
}

pub fn convert_to_shares(view: &View, tokens: Uint128) -> Result<Uint128, ContractError> {
    Ok(leaving_rate(view)?.shares_for_tokens_floor(tokens)?)
}

pub fn convert_to_assets(view: &View, shares: Uint128) -> Result<Uint128, ContractError> {
    Ok(leaving_rate(view)?.tokens_for_shares_floor(shares)?)
}

pub fn solvency(view: &View) -> Result<SolvencyResponse, ContractError> {
    let vault = &view.env.contract.address;
    let balance = view
        .deps
        .querier
        .query_balance(vault, &view.config.denom)?
        .amount;
    let mut bonded_by_chain = Uint128::zero();
    for (_, tokens) in staking::query_delegations(view.deps, vault)? {
        bonded_by_chain = bonded_by_chain.checked_add(tokens)?;
    }
    let money = &view.book.money;
    Ok(SolvencyResponse {
        bank_balance: balance,
        idle: money.idle,
        claimable: money.claimable,
        fees_owed: money.fees_owed,
        held: money.held,
        surplus: money.surplus(balance)?,
        deficit: money.owned_balance()?.saturating_sub(balance),
        bonded_by_book: money.bonded,
        bonded_by_chain,
    })
}

pub fn fee_owed(view: &View, recipient: &str) -> Result<Uint128, ContractError> {
    let recipient = view.deps.api.addr_validate(recipient)?;
    let owed = FEES_OWED.may_load(view.deps.storage, &recipient)?;
    Ok(owed.unwrap_or_default())
}

fn leaving_rate(view: &View) -> Result<Rate, ContractError> {
    view.book.rate(view.now(), view.total_shares)
}
