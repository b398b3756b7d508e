//! What can be asked of the shares, whatever they are.

use cosmwasm_std::{Addr, Deps, Storage, Uint128};
use defenders_types::Share;

use super::balances;
use super::error::SharesError;
use crate::chain::bank;
use crate::state::shares::{ShareDenom, SUPPLY};
use crate::state::Config;

/// All shares.
///
/// # Errors
/// When storage is damaged.
pub fn load_supply(storage: &dyn Storage) -> Result<Uint128, SharesError> {
    Ok(SUPPLY.load(storage)?)
}

/// Shares of an account.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn query_shares_of(deps: Deps, config: &Config, owner: &Addr) -> Result<Uint128, SharesError> {
    match &config.share_denom {
        Some(ShareDenom { denom, .. }) => Ok(bank::query_balance(&deps.querier, owner, denom)?),
        None => balances::shares_of(deps.storage, owner),
    }
}

/// All shares as the token shows them: of coins, without what holders have burnt.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn query_supply_by_token(deps: Deps, config: &Config) -> Result<Uint128, SharesError> {
    match &config.share_denom {
        Some(ShareDenom { denom, .. }) => Ok(bank::query_supply(&deps.querier, denom)?),
        None => load_supply(deps.storage),
    }
}

/// Coins have no messages and answers of a cw20.
///
/// # Errors
/// [`SharesError::SharesAreADenom`].
pub fn ensure_cw20(config: &Config) -> Result<(), SharesError> {
    match &config.share_denom {
        Some(ShareDenom { denom, .. }) => Err(SharesError::SharesAreADenom {
            denom: denom.clone(),
        }),
        None => Ok(()),
    }
}

/// What the shares are.
#[must_use]
pub fn describe(config: &Config) -> Share {
    match config.share_denom.clone() {
        Some(ShareDenom {
            denom,
            message_prefix,
        }) => Share::Denom {
            denom,
            message_prefix,
        },
        None => Share::Cw20 {},
    }
}

/// The denom of coins, the address of a cw20.
#[must_use]
pub fn name(config: &Config, vault: &Addr) -> String {
    match &config.share_denom {
        Some(coins) => coins.denom.clone(),
        None => vault.to_string(),
    }
}
