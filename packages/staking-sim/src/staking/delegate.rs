//! `MsgDelegate`, and the delegating half shared with redelegation and cancelled unbonding.

use cosmwasm_std::{Addr, Coin, Uint128, coin};

use super::index::save_validator;
use super::{ensure_bond_denom, ensure_positive, load_validator};
use crate::dec18::Dec18;
use crate::distribution;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{MessageKind, ensure_accepted};
use crate::store::{DELEGATIONS, ValidatorState, load_params};

/// Where the tokens to delegate are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// In the delegator's own account.
    Account,
    /// In the bonded pool.
    BondedPool,
    /// In the not-bonded pool.
    NotBondedPool,
}

/// `MsgDelegate`. Jailed, unbonding and unbonded validators are accepted, as on the chain.
pub(crate) fn delegate(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    amount: &Coin,
) -> Outcome<()> {
    ensure_accepted(env.storage, validator, MessageKind::Delegate)?;
    ensure_positive(amount, "invalid delegation amount")?;
    let validator = load_validator(env.storage, validator)?;
    ensure_bond_denom(amount, &load_params(env.storage)?.bond_denom)?;
    add_delegation(env, delegator, amount.amount, Source::Account, validator).map(drop)
}

/// `Keeper.Delegate`: pays rewards of an existing delegation, moves the tokens to the
/// validator's pool, issues shares. Returns the new shares.
pub(crate) fn add_delegation(
    env: &mut Env<'_>,
    delegator: &Addr,
    tokens: Uint128,
    source: Source,
    mut validator: ValidatorState,
) -> Outcome<Dec18> {
    if validator.has_invalid_exchange_rate() {
        return Err(ChainError::DelegatorShareExRateInvalid);
    }
    let operator = validator.operator.clone();
    let existing = DELEGATIONS.may_load(env.storage, (delegator, &operator))?;
    match existing {
        Some(shares) => distribution::touch(env, &validator, delegator, shares)?,
        None => distribution::increment_period(env.storage, &validator).map(drop)?,
    }
    move_tokens(env, delegator, tokens, source, &validator)?;
    let issued = validator.add_tokens(tokens)?;
    save_validator(env.storage, &validator)?;
    let shares = existing.unwrap_or_default().checked_add(issued)?;
    DELEGATIONS.save(env.storage, (delegator, &operator), &shares)?;
    distribution::initialize_delegation(env, &validator, delegator, shares)?;
    Ok(issued)
}

fn move_tokens(
    env: &mut Env<'_>,
    delegator: &Addr,
    tokens: Uint128,
    source: Source,
    validator: &ValidatorState,
) -> Outcome<()> {
    let tokens = coin(tokens.u128(), load_params(env.storage)?.bond_denom);
    match (source, validator.is_bonded()) {
        (Source::Account, is_bonded) => {
            let balance = env.bank.balance(env.storage, delegator, &tokens.denom)?;
            if balance < tokens.amount {
                return Err(ChainError::InsufficientFunds {
                    balance,
                    wanted: tokens.amount,
                });
            }
            let pool = if is_bonded {
                env.accounts.bonded_pool.clone()
            } else {
                env.accounts.not_bonded_pool.clone()
            };
            env.send(delegator, &pool, vec![tokens])
        }
        (Source::BondedPool, false) => env.move_to_not_bonded(tokens),
        (Source::NotBondedPool, true) => env.move_to_bonded(tokens),
        (Source::BondedPool, true) | (Source::NotBondedPool, false) => Ok(()),
    }
}
