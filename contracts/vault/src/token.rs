//! The share token: the vault is its own cw20, by way of cw20-base. The vault's own balance is
//! seed + escrow; nothing else ever gets there.

use cosmwasm_std::{Addr, Storage, Uint128};
use cw20_base::state::{BALANCES, TOKEN_INFO};

use crate::error::ContractError;

/// Supply of the share token.
///
/// # Errors
/// When storage is damaged.
pub fn total_shares(storage: &dyn Storage) -> Result<Uint128, ContractError> {
    Ok(TOKEN_INFO.load(storage)?.total_supply)
}

/// Shares of an account.
///
/// # Errors
/// When storage is damaged.
pub fn shares_of(storage: &dyn Storage, owner: &Addr) -> Result<Uint128, ContractError> {
    Ok(BALANCES.may_load(storage, owner)?.unwrap_or_default())
}

/// Makes shares. Gives the new supply.
///
/// # Errors
/// When the supply is beyond 128 bits.
pub fn mint(
    storage: &mut dyn Storage,
    owner: &Addr,
    shares: Uint128,
) -> Result<Uint128, ContractError> {
    let mut info = TOKEN_INFO.load(storage)?;
    info.total_supply = info.total_supply.checked_add(shares)?;
    TOKEN_INFO.save(storage, &info)?;
    let balance = shares_of(storage, owner)?.checked_add(shares)?;
    BALANCES.save(storage, owner, &balance)?;
    Ok(info.total_supply)
}

/// Destroys shares.
///
/// # Errors
/// When the account has fewer.
pub fn burn(storage: &mut dyn Storage, owner: &Addr, shares: Uint128) -> Result<(), ContractError> {
    let balance = shares_of(storage, owner)?.checked_sub(shares)?;
    BALANCES.save(storage, owner, &balance)?;
    let mut info = TOKEN_INFO.load(storage)?;
    info.total_supply = info.total_supply.checked_sub(shares)?;
    TOKEN_INFO.save(storage, &info)?;
    Ok(())
}

/// Moves shares.
///
/// # Errors
/// [`ContractError::NotEnoughShares`].
pub fn transfer(
    storage: &mut dyn Storage,
    from: &Addr,
    to: &Addr,
    shares: Uint128,
) -> Result<(), ContractError> {
    let balance = shares_of(storage, from)?;
    let left = balance
        .checked_sub(shares)
        .map_err(|_| ContractError::NotEnoughShares { shares, balance })?;
    BALANCES.save(storage, from, &left)?;
    let received = shares_of(storage, to)?.checked_add(shares)?;
    BALANCES.save(storage, to, &received)?;
    Ok(())
}
