//! Balances of the cw20 token.

use cosmwasm_std::{Addr, Storage, Uint128};

use super::error::SharesError;
use crate::state::shares::BALANCES;

/// Shares of an account.
///
/// # Errors
/// When storage is damaged.
pub fn shares_of(storage: &dyn Storage, owner: &Addr) -> Result<Uint128, SharesError> {
    Ok(BALANCES.may_load(storage, owner)?.unwrap_or_default())
}

/// Moves shares.
///
/// # Errors
/// [`SharesError::NotEnough`].
pub fn transfer(
    storage: &mut dyn Storage,
    from: &Addr,
    to: &Addr,
    shares: Uint128,
) -> Result<(), SharesError> {
    take(storage, from, shares)?;
    add(storage, to, shares)
}

pub(super) fn take(
    storage: &mut dyn Storage,
    from: &Addr,
    shares: Uint128,
) -> Result<(), SharesError> {
    let balance = shares_of(storage, from)?;
    let left = balance
        .checked_sub(shares)
        .map_err(|_| SharesError::NotEnough { shares, balance })?;
    BALANCES.save(storage, from, &left);
    Ok(())
}

pub(super) fn add(
    storage: &mut dyn Storage,
    to: &Addr,
    shares: Uint128,
) -> Result<(), SharesError> {
    let balance = shares_of(storage, to)?.checked_add(shares)?;
    BALANCES.save(storage, to, &balance);
    Ok(())
}
