//! Jailing by hand, and `MsgUnjail` (`x/slashing/keeper/unjail.go`).

use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::staking::{index, load_validator};
use crate::store::DELEGATIONS;

/// Jails without a slash and without a term: an unjail works at once.
pub(crate) fn jail(env: &mut Env<'_>, validator: &str) -> Outcome<()> {
    let mut state = load_validator(env.storage, validator)?;
    index::jail(env.storage, &mut state)
}

/// `MsgUnjail`.
pub(crate) fn unjail(env: &mut Env<'_>, validator: &str) -> Outcome<()> {
    let mut state = load_validator(env.storage, validator)?;
    let shares = DELEGATIONS
        .may_load(env.storage, (&state.self_delegator, validator))?
        .ok_or(ChainError::NoDelegation)?;
    if state.whole_tokens_for_shares(shares)? < state.min_self_delegation {
        return Err(ChainError::SelfDelegationTooLowToUnjail);
    }
    if !state.jailed {
        return Err(ChainError::NotJailed);
    }
    if state.tombstoned || env.block.time < state.jailed_until {
        return Err(ChainError::StillJailed);
    }
    index::unjail(env.storage, &mut state)
}
