//! `MsgUndelegate`, and the payment of mature entries.

use cosmwasm_std::{Addr, Coin, Empty, Order, Storage, Timestamp, Uint128, coin};

use super::unbond::{compute_shares_to_unbond, unbond};
use super::{ensure_bond_denom, ensure_positive, load_validator};
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{MessageKind, ensure_accepted};
use crate::store::{
    UNBONDING_QUEUE, UNBONDINGS, UNBONDINGS_BY_VALIDATOR, UnbondingEntry, load_params,
};

/// What `MsgUndelegate` answers.
pub(crate) struct Undelegated {
    pub completion_time: Timestamp,
    pub amount: Coin,
}

/// `MsgUndelegate`: always the full unbonding time, whatever the validator's status.
pub(crate) fn undelegate(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    amount: &Coin,
) -> Outcome<Undelegated> {
    ensure_accepted(env.storage, validator, MessageKind::Undelegate)?;
    ensure_positive(amount, "invalid shares amount")?;
    let shares = compute_shares_to_unbond(env.storage, delegator, validator, amount.amount)?;
    let params = load_params(env.storage)?;
    ensure_bond_denom(amount, &params.bond_denom)?;

    let is_bonded = load_validator(env.storage, validator)?.is_bonded();
    ensure_entry_slot(env.storage, delegator, validator, params.max_entries)?;
    let tokens = unbond(env, delegator, validator, shares)?;
    let amount = coin(tokens.u128(), params.bond_denom);
    if is_bonded {
        env.move_to_not_bonded(amount.clone())?;
    }
    let completion_time = env.block.time.plus_seconds(params.unbonding_time);
    add_entry(env, delegator, validator, completion_time, tokens)?;
    Ok(Undelegated {
        completion_time,
        amount,
    })
}

/// Counts before merging: with `max_entries` entries even one that would merge is refused.
fn ensure_entry_slot(
    storage: &dyn Storage,
    delegator: &Addr,
    validator: &str,
    max_entries: u32,
) -> Outcome<()> {
    let entries = UNBONDINGS
        .may_load(storage, (delegator, validator))?
        .unwrap_or_default();
    if entries.len() >= max_entries as usize {
        return Err(ChainError::MaxUnbondingDelegationEntries { max_entries });
    }
    Ok(())
}

/// Entries of one creation height and completion time are one entry.
fn add_entry(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    completion_time: Timestamp,
    tokens: Uint128,
) -> Outcome<()> {
    let mut entries = UNBONDINGS
        .may_load(env.storage, (delegator, validator))?
        .unwrap_or_default();
    let creation_height = env.block.height;
    let twin = entries.iter_mut().find(|entry| {
        entry.creation_height == creation_height && entry.completion_time == completion_time
    });
    match twin {
        Some(entry) => {
            entry.balance = entry.balance.checked_add(tokens)?;
            entry.initial_balance = entry.initial_balance.checked_add(tokens)?;
        }
        None => entries.push(UnbondingEntry {
            creation_height,
            completion_time,
            initial_balance: tokens,
            balance: tokens,
        }),
    }
    save_entries(env.storage, delegator, validator, &entries)?;
    let mut due = UNBONDING_QUEUE
        .may_load(env.storage, completion_time.nanos())?
        .unwrap_or_default();
    due.push((delegator.clone(), validator.to_string()));
    Ok(UNBONDING_QUEUE.save(env.storage, completion_time.nanos(), &due)?)
}

/// Saves the entries of a pair with their index; no entry, no record.
pub(super) fn save_entries(
    storage: &mut dyn Storage,
    delegator: &Addr,
    validator: &str,
    entries: &Vec<UnbondingEntry>,
) -> Outcome<()> {
    if entries.is_empty() {
        UNBONDINGS.remove(storage, (delegator, validator));
        UNBONDINGS_BY_VALIDATOR.remove(storage, (validator, delegator));
    } else {
        UNBONDINGS.save(storage, (delegator, validator), entries)?;
        UNBONDINGS_BY_VALIDATOR.save(storage, (validator, delegator), &Empty {})?;
    }
    Ok(())
}

/// End block: pays every entry that is due at the block's time.
pub(crate) fn complete_unbondings(env: &mut Env<'_>) -> Outcome<()> {
    let now = env.block.time;
    let due: Vec<_> = UNBONDING_QUEUE
        .range(env.storage, None, None, Order::Ascending)
        .take_while(|item| item.as_ref().map_or(true, |(time, _)| *time <= now.nanos()))
        .collect::<Result<_, _>>()?;
    let bond_denom = load_params(env.storage)?.bond_denom;
    for (time, pairs) in due {
        UNBONDING_QUEUE.remove(env.storage, time);
        for (delegator, validator) in pairs {
            pay_mature(env, &delegator, &validator, &bond_denom)?;
        }
    }
    Ok(())
}

/// `CompleteUnbonding`. An entry that the bank cannot pay stays, out of the queue: the chain
/// skips it.
fn pay_mature(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    bond_denom: &str,
) -> Outcome<()> {
    let now = env.block.time;
    let pool = env.accounts.not_bonded_pool.clone();
    let entries = UNBONDINGS
        .may_load(env.storage, (delegator, validator))?
        .unwrap_or_default();
    let mut left = Vec::new();
    for entry in entries {
        let payment = coin(entry.balance.u128(), bond_denom);
        if !entry.is_mature(now) || env.send(&pool, delegator, vec![payment]).is_err() {
            left.push(entry);
        }
    }
    save_entries(env.storage, delegator, validator, &left)
}
