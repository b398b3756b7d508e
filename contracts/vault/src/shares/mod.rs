//! The shares, and nothing of what they are worth: how many there are and whose they are, how they are
//! made, escrowed, given back, moved and destroyed. Nothing else writes supply, balances or allowances.
//!
//! The vault is its own cw20 token, in all that can be observed like cw20-base (`tests/cw20_base` runs
//! both side by side), on packed storage. Its own balance is seed + escrow; nothing else ever gets there.

pub mod allowance;
mod error;
pub mod logo;

use cosmwasm_std::{Addr, Storage, Uint128};

pub use error::SharesError;

use crate::state::shares::{BALANCES, SUPPLY};

/// The supply, read once in a call.
pub struct Shares {
    supply: Uint128,
}

impl Shares {
    /// None exist yet.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            supply: Uint128::zero(),
        }
    }

    /// Reads the supply.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, SharesError> {
        let supply = SUPPLY.load(storage)?;
        Ok(Self { supply })
    }

    /// All shares.
    #[must_use]
    pub fn supply(&self) -> Uint128 {
        self.supply
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
        self.supply = self.supply.checked_add(shares)?;
        add(storage, owner, shares)?;
        SUPPLY.save(storage, &self.supply);
        Ok(())
    }

    /// Destroys shares that are in escrow.
    ///
    /// # Errors
    /// When the vault has fewer.
    pub fn burn_escrowed(
        &mut self,
        storage: &mut dyn Storage,
        vault: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.supply = self.supply.checked_sub(shares)?;
        take(storage, vault, shares)?;
        SUPPLY.save(storage, &self.supply);
        Ok(())
    }

    /// Makes shares in escrow again: the message that they were destroyed for was refused.
    ///
    /// # Errors
    /// When the supply is beyond 128 bits.
    pub fn restore_escrowed(
        &mut self,
        storage: &mut dyn Storage,
        vault: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.mint(storage, vault, shares)
    }

    /// Takes an owner's shares into escrow.
    ///
    /// # Errors
    /// [`SharesError::NotEnough`].
    pub fn escrow(
        &self,
        storage: &mut dyn Storage,
        vault: &Addr,
        owner: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        transfer(storage, owner, vault, shares)
    }

    /// Gives shares in escrow back.
    ///
    /// # Errors
    /// When the vault has fewer.
    pub fn give_back(
        &self,
        storage: &mut dyn Storage,
        vault: &Addr,
        owner: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        transfer(storage, vault, owner, shares)
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
    take(storage, from, shares)?;
    add(storage, to, shares)
}

fn take(storage: &mut dyn Storage, from: &Addr, shares: Uint128) -> Result<(), SharesError> {
    let balance = shares_of(storage, from)?;
    let left = balance
        .checked_sub(shares)
        .map_err(|_| SharesError::NotEnough { shares, balance })?;
    BALANCES.save(storage, from, &left);
    Ok(())
}

fn add(storage: &mut dyn Storage, to: &Addr, shares: Uint128) -> Result<(), SharesError> {
    let balance = shares_of(storage, to)?.checked_add(shares)?;
    BALANCES.save(storage, to, &balance);
    Ok(())
}
