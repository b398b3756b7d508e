//! `MsgCancelUnbondingDelegation`: an entry, or part of it, becomes a delegation again.

use cosmwasm_std::{Addr, Coin};

use super::undelegate::save_entries;
use super::{Source, add_delegation, ensure_bond_denom, ensure_positive, load_validator};
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{MessageKind, ensure_accepted};
use crate::store::{UNBONDINGS, load_params};

/// `MsgCancelUnbondingDelegation`; the entry is named by its creation height.
pub(crate) fn cancel_unbonding(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    amount: &Coin,
    creation_height: u64,
) -> Outcome<()> {
    ensure_accepted(env.storage, validator, MessageKind::CancelUnbonding)?;
    ensure_positive(amount, "invalid amount")?;
    if creation_height == 0 {
        return Err(ChainError::InvalidRequest {
            reason: "invalid height",
        });
    }
    ensure_bond_denom(amount, &load_params(env.storage)?.bond_denom)?;
    let state = load_validator(env.storage, validator)?;
    if state.has_invalid_exchange_rate() {
        return Err(ChainError::DelegatorShareExRateInvalid);
    }
    if state.jailed {
        return Err(ChainError::ValidatorJailed);
    }

    let mut entries = UNBONDINGS
        .may_load(env.storage, (delegator, validator))?
        .ok_or_else(|| ChainError::unregistered("unbonding delegation not found"))?;
    let position = entries
        .iter()
        .position(|entry| entry.creation_height == creation_height)
        .ok_or(ChainError::NoUnbondingEntry { creation_height })?;
    let entry = entries
        .get_mut(position)
        .ok_or(ChainError::NoUnbondingEntry { creation_height })?;
    if entry.balance < amount.amount {
        return Err(ChainError::InvalidRequest {
            reason: "amount is greater than the unbonding delegation entry balance",
        });
    }
    if entry.completion_time < env.block.time {
        return Err(ChainError::InvalidRequest {
            reason: "unbonding delegation is already processed",
        });
    }

    entry.balance = entry.balance.checked_sub(amount.amount)?;
    entry.initial_balance = entry.initial_balance.checked_sub(amount.amount)?;
    if entry.balance.is_zero() {
        entries.remove(position);
    }
    add_delegation(env, delegator, amount.amount, Source::NotBondedPool, state)?;
    save_entries(env.storage, delegator, validator, &entries)
}
