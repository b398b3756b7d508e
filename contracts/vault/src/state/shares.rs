//! The share token: the vault is its own cw20, by way of cw20-base. The vault's own balance is
//! seed + escrow; nothing else ever gets there.

use cosmwasm_std::{Addr, OverflowError, StdError, Storage, Uint128};
use cw20_base::state::{TokenInfo, BALANCES, TOKEN_INFO};
use thiserror::Error;

/// What the token refuses.
#[derive(Error, Debug, PartialEq)]
pub enum SharesError {
    /// What is stored is damaged.
    #[error("{0}")]
    Std(#[from] StdError),
    /// A supply or balance beyond 128 bits, or below zero.
    #[error("{0}")]
    Overflow(#[from] OverflowError),
    /// More shares than the sender has.
    #[error("{shares} shares asked for, {balance} held")]
    NotEnough {
        /// Shares asked for.
        shares: Uint128,
        /// Shares that it has.
        balance: Uint128,
    },
}

/// The supply, read once in a call.
pub struct Supply(TokenInfo);

impl Supply {
    /// Reads it.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, SharesError> {
        Ok(Self(TOKEN_INFO.load(storage)?))
    }

    /// All shares.
    #[must_use]
    pub fn shares(&self) -> Uint128 {
        self.0.total_supply
    }

    /// Makes shares.
    ///
    /// # Errors
    /// When the supply is beyond 128 bits.
    pub fn mint(
        &mut self,
        storage: &mut dyn Storage,
        owner: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.0.total_supply = self.0.total_supply.checked_add(shares)?;
        let balance = shares_of(storage, owner)?.checked_add(shares)?;
        BALANCES.save(storage, owner, &balance)?;
        Ok(TOKEN_INFO.save(storage, &self.0)?)
    }

    /// Destroys shares.
    ///
    /// # Errors
    /// When the account has fewer.
    pub fn burn(
        &mut self,
        storage: &mut dyn Storage,
        owner: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.0.total_supply = self.0.total_supply.checked_sub(shares)?;
        let balance = shares_of(storage, owner)?.checked_sub(shares)?;
        BALANCES.save(storage, owner, &balance)?;
        Ok(TOKEN_INFO.save(storage, &self.0)?)
    }
}

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
    let balance = shares_of(storage, from)?;
    let left = balance
        .checked_sub(shares)
        .map_err(|_| SharesError::NotEnough { shares, balance })?;
    BALANCES.save(storage, from, &left)?;
    let received = shares_of(storage, to)?.checked_add(shares)?;
    BALANCES.save(storage, to, &received)?;
    Ok(())
}
