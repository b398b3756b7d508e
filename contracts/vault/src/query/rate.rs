//! What shares are worth to those who leave, and what they cost those who come.

use cosmwasm_std::{Decimal, Uint128};
use defenders_accounting::Rate;
use defenders_types::{RateResponse, RedemptionRateResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::shares;

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
    let book = view.book;
    let mut update_time = book.synced_at;
    if !book.money.restaking.is_zero() {
        let refreshed = view.validators()?.summary.as_ref();
        update_time = update_time.min(refreshed.map_or(0, |summary| summary.refreshed_at));
    }
    Ok(RedemptionRateResponse {
        redemption_rate: rate(view)?.tokens_per_share,
        update_time,
    })
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
