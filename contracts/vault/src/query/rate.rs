//! What shares are worth to those who leave, and what they cost those who come.

use cosmwasm_std::{Decimal, Timestamp, Uint128};
use defenders_accounting::Rate;
use defenders_types::{EntryPurpose, RateResponse, RedemptionRateResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::messages::test_chain::TEST_TOKENS;
use crate::shares;
use crate::state::unbonding::{completing_between, last_fixed, LedgerRow};
use crate::state::POWER_SUMMARY;

/// For price oracles: of the shares, and of nothing else.
///
/// # Errors
/// [`ContractError::ForeignDenom`]; when storage is damaged.
pub fn redemption_rate(
    view: &View,
    denom: String,
) -> Result<RedemptionRateResponse, Box<ContractError>> {
    let share = shares::name(view.config, &view.env.contract.address);
    if denom != share {
        return Err(ContractError::ForeignDenom { denom, share }.into());
    }
    let mut update_time = view.book.synced_at;
    if !view.book.money.restaking.is_zero() {
        let summary = POWER_SUMMARY.may_load(view.deps.storage)?;
        let marks_as_of = summary.map_or(0, |summary| summary.marks_as_of);
        update_time = update_time.min(marks_as_of);
        if let Some(began_at) = first_unmarked(view)? {
            update_time = update_time.min(began_at);
        }
    }
    Ok(RedemptionRateResponse {
        redemption_rate: rate(view)?.tokens_per_share,
        update_time,
    })
}

/// When the first of the entries began that restake and show no slash until they arrive, seconds.
fn first_unmarked(view: &View) -> Result<Option<u64>, Box<ContractError>> {
    let is_unmarked = |row: &LedgerRow| {
        let mut parts = row.parts.iter();
        row.kept_at_entry.is_none()
            && !row.is_settled
            && parts
                .any(|part| part.purpose == EntryPurpose::Restake {} && part.tokens > TEST_TOKENS)
    };
    let storage = view.deps.storage;
    let first = completing_between(storage, last_fixed(storage)?, u64::MAX, 1, is_unmarked)?;
    Ok(first.first().map(|entry| {
        let completion = Timestamp::from_nanos(entry.completion_nanos).seconds();
        completion.saturating_sub(view.book.unbonding_time)
    }))
}

pub fn rate(view: &View) -> Result<RateResponse, Box<ContractError>> {
    let Rate { tokens, shares } = view.valuation().rate()?;
    Ok(RateResponse {
        tokens_per_share: Decimal::checked_from_ratio(tokens, shares).unwrap_or_default(),
        total_assets: tokens,
        total_shares: shares,
    })
}

pub fn preview_deposit(view: &View, tokens: Uint128) -> Result<Uint128, Box<ContractError>> {
    let rate = view.valuation().deposit_rate()?;
    Ok(rate.shares_for_tokens_floor(tokens)?)
}

pub fn convert_to_shares(view: &View, tokens: Uint128) -> Result<Uint128, Box<ContractError>> {
    Ok(view.valuation().rate()?.shares_for_tokens_floor(tokens)?)
}

pub fn convert_to_assets(view: &View, shares: Uint128) -> Result<Uint128, Box<ContractError>> {
    Ok(view.valuation().rate()?.tokens_for_shares_floor(shares)?)
}
