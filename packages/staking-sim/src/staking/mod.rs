//! x/staking: delegations, their rates, the ways out, slashing and the validator set.

mod cancel_unbonding;
mod delegate;
pub(crate) mod index;
mod module;
mod punishment;
mod query;
mod redelegate;
mod shares;
mod slash;
mod slash_redelegation;
mod unbond;
mod undelegate;
pub(crate) mod validator_set;

pub(crate) use cancel_unbonding::cancel_unbonding;
pub(crate) use delegate::{Source, add_delegation, delegate};
pub use module::SimStaking;
pub(crate) use query::load_delegations;
pub(crate) use redelegate::{complete_redelegations, redelegate};
pub(crate) use slash::slash;
pub(crate) use undelegate::{complete_unbondings, undelegate};

use cosmwasm_std::{Coin, Storage};

use crate::error::{ChainError, Outcome};
use crate::store::{VALIDATORS, ValidatorState};

/// The validator, or `staking/3`.
pub(crate) fn load_validator(storage: &dyn Storage, validator: &str) -> Outcome<ValidatorState> {
    VALIDATORS
        .may_load(storage, validator)?
        .ok_or_else(|| ChainError::NoValidatorFound {
            validator: validator.to_string(),
        })
}

fn ensure_positive(coin: &Coin, reason: &'static str) -> Outcome<()> {
    if coin.amount.is_zero() {
        return Err(ChainError::InvalidRequest { reason });
    }
    Ok(())
}

fn ensure_bond_denom(coin: &Coin, bond_denom: &str) -> Outcome<()> {
    if coin.denom != bond_denom {
        return Err(ChainError::InvalidRequest {
            reason: "invalid coin denomination",
        });
    }
    Ok(())
}
