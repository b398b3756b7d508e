//! The shares, and nothing of what they are worth: how many there are and whose they are, how they are
//! made, escrowed, given back, moved and destroyed. Nothing else writes supply, balances or allowances, and
//! nothing else knows what the shares are:
//!
//! - a cw20: the vault is its own token, in all that can be observed like cw20-base (`tests/cw20_base` runs
//!   both side by side), on packed storage. Its own balance is seed + escrow; nothing else ever gets there.
//! - coins of the bank, of which the vault is the only admin. The supply is the book's own counter: whoever
//!   burns coins lowers the bank's, and nobody's price. The vault's balance is at least seed + escrow;
//!   coins that strangers sent are nobody's. Within a piece destroyed coins lie there too: each undelegation's
//!   are burnt when the chain has taken it, so that a refused one needs no mint.
//!
//! What changes shares gives the messages that the chain must carry out for it; a refusal of one undoes the
//! whole call.

pub mod allowance;
pub mod balances;
mod error;
pub mod logo;
pub mod received;
mod token;

use cosmwasm_std::{Addr, CosmosMsg, Storage, Uint128};

pub use error::SharesError;
pub use token::{describe, ensure_cw20, load_supply, name, query_shares_of, query_supply_by_token};

use crate::chain::{bank, token_factory};
use crate::state::shares::{ShareDenom, SUPPLY};
use crate::state::Config;

/// The supply, read once in a call, and what the shares are.
pub struct Shares {
    supply: Uint128,
    denom: Option<ShareDenom>,
}

impl Shares {
    /// None exist yet.
    #[must_use]
    pub fn none(config: &Config) -> Self {
        Self {
            supply: Uint128::zero(),
            denom: config.share_denom.clone(),
        }
    }

    /// Reads the supply.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage, config: &Config) -> Result<Self, SharesError> {
        Ok(Self {
            supply: load_supply(storage)?,
            ..Self::none(config)
        })
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
        vault: &Addr,
        owner: &Addr,
        shares: Uint128,
    ) -> Result<Vec<CosmosMsg>, SharesError> {
        self.supply = self.supply.checked_add(shares)?;
        SUPPLY.save(storage, &self.supply);
        let Some(ShareDenom {
            denom,
            message_prefix,
        }) = &self.denom
        else {
            balances::add(storage, owner, shares)?;
            return Ok(vec![]);
        };
        let mint = token_factory::mint(message_prefix, vault, denom, shares);
        if owner == vault {
            return Ok(vec![mint]);
        }
        Ok(vec![mint, bank::send(owner, denom, shares).into()])
    }

    /// Makes the seed's shares, which are the first. Of coins one more is made and burnt: where contracts cannot
    /// burn nobody could ever leave, and there is no vault.
    ///
    /// # Errors
    /// When the supply is beyond 128 bits.
    pub fn found(
        &mut self,
        storage: &mut dyn Storage,
        vault: &Addr,
        shares: Uint128,
    ) -> Result<Vec<CosmosMsg>, SharesError> {
        let mut messages = self.mint(storage, vault, vault, shares)?;
        if let Some(ShareDenom {
            denom,
            message_prefix,
        }) = &self.denom
        {
            let one = Uint128::one();
            messages.push(token_factory::mint(message_prefix, vault, denom, one));
            messages.push(bank::burn(denom, one).into());
        }
        Ok(messages)
    }

    /// Destroys shares that are in escrow. Coins are yet to be burnt: see [`burn`].
    ///
    /// # Errors
    /// When the vault has fewer.
    pub fn destroy_escrowed(
        &mut self,
        storage: &mut dyn Storage,
        vault: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.supply = self.supply.checked_sub(shares)?;
        SUPPLY.save(storage, &self.supply);
        match self.denom {
            Some(_) => Ok(()),
            None => balances::take(storage, vault, shares),
        }
    }

    /// Makes shares in escrow again: the message that they were destroyed for was refused, so as coins they were
    /// not burnt.
    ///
    /// # Errors
    /// When the supply is beyond 128 bits.
    pub fn restore_escrowed(
        &mut self,
        storage: &mut dyn Storage,
        vault: &Addr,
        shares: Uint128,
    ) -> Result<(), SharesError> {
        self.supply = self.supply.checked_add(shares)?;
        SUPPLY.save(storage, &self.supply);
        match self.denom {
            Some(_) => Ok(()),
            None => balances::add(storage, vault, shares),
        }
    }

    /// What the shares are called as coins.
    #[must_use]
    pub fn denom(&self) -> Option<String> {
        self.denom.as_ref().map(|coins| coins.denom.clone())
    }

    /// Takes an owner's shares into escrow. Coins have come with the call; see [`received`].
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
        match self.denom {
            Some(_) => Ok(()),
            None => balances::transfer(storage, owner, vault, shares),
        }
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
    ) -> Result<Vec<CosmosMsg>, SharesError> {
        let Some(ShareDenom { denom, .. }) = &self.denom else {
            balances::transfer(storage, vault, owner, shares)?;
            return Ok(vec![]);
        };
        Ok(vec![bank::send(owner, denom, shares).into()])
    }
}

/// Burns destroyed shares that are coins, of this denom. Only when nothing can bring them back any more: to make
/// them again would need a mint, which the chain may refuse.
#[must_use]
pub fn burn(denom: Option<&String>, shares: Uint128) -> Option<CosmosMsg> {
    let denom = denom.filter(|_| !shares.is_zero())?;
    Some(bank::burn(denom, shares).into())
}
