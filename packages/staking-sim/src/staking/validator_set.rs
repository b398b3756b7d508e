//! The bonded set, renewed in end block (`x/staking/keeper/val_state_change.go`).

use std::collections::BTreeMap;

use cosmwasm_std::{Empty, Order, Storage, Uint128, coin};

use super::index::{ranked_operators, remove_validator, save_validator};
use super::load_validator;
use crate::address::compute_order_key;
use crate::env::Env;
use crate::error::Outcome;
use crate::slashing;
use crate::store::{
    Member, POWER_CHANGED, POWER_HISTORY, SET_WINDOW, Status, VALIDATOR_QUEUE, VALIDATOR_SETS,
    VALIDATORS, load_params,
};

/// The set whose votes came with the open block.
pub(crate) fn load_voting_set(storage: &dyn Storage) -> Outcome<Vec<Member>> {
    let window = SET_WINDOW.may_load(storage)?.unwrap_or_default();
    load_set(storage, window[0])
}

/// Whether another set is about to vote: one decided lately, or one that the open block may
/// decide.
pub(crate) fn is_set_changing(storage: &dyn Storage) -> Outcome<bool> {
    if POWER_CHANGED.may_load(storage)?.unwrap_or_default() {
        return Ok(true);
    }
    let window = SET_WINDOW.may_load(storage)?.unwrap_or_default();
    let names = |number: u64| -> Outcome<Vec<String>> {
        let mut names: Vec<_> = load_set(storage, number)?
            .into_iter()
            .map(|member| member.operator)
            .collect();
        names.sort();
        Ok(names)
    };
    if window[0] == window[2] {
        return Ok(false);
    }
    let newest = names(window[2])?;
    Ok(newest != names(window[0])? || newest != names(window[1])?)
}

fn load_set(storage: &dyn Storage, number: u64) -> Outcome<Vec<Member>> {
    Ok(VALIDATOR_SETS
        .may_load(storage, number)?
        .unwrap_or_default())
}

/// The first set, taken as decided long ago, and bonded one block before the first.
pub(crate) fn initialize(env: &mut Env<'_>, members: &Vec<Member>) -> Outcome<()> {
    VALIDATOR_SETS.save(env.storage, 0, members)?;
    SET_WINDOW.save(env.storage, &[0; 3])?;
    let genesis_height = env.block.height.saturating_sub(1);
    for member in members {
        POWER_HISTORY.save(env.storage, (&member.operator, 0), &member.power)?;
        slashing::record_bonded(env.storage, &member.operator, genesis_height)?;
    }
    Ok(POWER_CHANGED.save(env.storage, &false)?)
}

/// `ApplyAndReturnValidatorSetUpdates`: the highest ranked are bonded, the others leave.
pub(crate) fn update_set(env: &mut Env<'_>) -> Outcome<()> {
    let window = SET_WINDOW.may_load(env.storage)?.unwrap_or_default();
    if !POWER_CHANGED.may_load(env.storage)?.unwrap_or_default() {
        return shift_window(env, window, window[2]);
    }
    let params = load_params(env.storage)?;
    let before = load_set(env.storage, window[2])?;
    let mut leaving: BTreeMap<&str, u64> = before
        .iter()
        .map(|member| (member.operator.as_str(), member.power))
        .collect();

    let after: Vec<Member> = ranked_operators(env.storage)
        // those without power are never bonded, and rank below all others
        .take_while(|item| item.as_ref().map_or(true, |(power, _)| *power > 0))
        .take(params.max_validators as usize)
        .map(|item| item.map(|(power, operator)| Member { operator, power }))
        .collect::<Outcome<_>>()?;

    let (mut joined, mut left) = (Uint128::zero(), Uint128::zero());
    for Member { operator, power } in &after {
        let power_before = leaving.remove(operator.as_str());
        if power_before.is_none() {
            joined = joined.checked_add(bond(env, operator)?)?;
        }
        if power_before != Some(*power) {
            POWER_HISTORY.save(env.storage, (operator, env.block.height), power)?;
        }
    }
    let mut leaving: Vec<&str> = leaving.into_keys().collect();
    leaving.sort_by_key(|operator| compute_order_key(operator));
    for operator in leaving {
        left = left.checked_add(begin_unbonding(env, operator)?)?;
        POWER_HISTORY.save(env.storage, (operator, env.block.height), &0)?;
    }
    // one transfer for the difference
    if joined > left {
        env.move_to_bonded(coin((joined - left).u128(), &params.bond_denom))?;
    } else {
        env.move_to_not_bonded(coin((left - joined).u128(), &params.bond_denom))?;
    }

    POWER_CHANGED.save(env.storage, &false)?;
    if after == before {
        return shift_window(env, window, window[2]);
    }
    let number = window[2] + 1;
    VALIDATOR_SETS.save(env.storage, number, &after)?;
    shift_window(env, window, number)
}

fn shift_window(env: &mut Env<'_>, window: [u64; 3], newest: u64) -> Outcome<()> {
    if window == [newest; 3] {
        return Ok(());
    }
    if window[0] != window[1] {
        VALIDATOR_SETS.remove(env.storage, window[0]);
    }
    Ok(SET_WINDOW.save(env.storage, &[window[1], window[2], newest])?)
}

/// Into the set. Returns the tokens that move with it.
fn bond(env: &mut Env<'_>, operator: &str) -> Outcome<Uint128> {
    let mut validator = load_validator(env.storage, operator)?;
    VALIDATOR_QUEUE.remove(env.storage, (validator.unbonding_time.nanos(), operator));
    validator.status = Status::Bonded;
    save_validator(env.storage, &validator)?;
    slashing::record_bonded(env.storage, operator, env.block.height)?;
    Ok(validator.tokens)
}

/// Out of the set. Returns the tokens that move with it.
fn begin_unbonding(env: &mut Env<'_>, operator: &str) -> Outcome<Uint128> {
    let mut validator = load_validator(env.storage, operator)?;
    validator.status = Status::Unbonding;
    validator.unbonding_height = env.block.height;
    validator.unbonding_time = env
        .block
        .time
        .plus_seconds(load_params(env.storage)?.unbonding_time);
    save_validator(env.storage, &validator)?;
    let key = (validator.unbonding_time.nanos(), operator);
    VALIDATOR_QUEUE.save(env.storage, key, &Empty {})?;
    Ok(validator.tokens)
}

/// `UnbondAllMatureValidators`: unbonding validators whose time is over are unbonded, and
/// deleted when nothing is delegated to them.
pub(crate) fn unbond_mature(env: &mut Env<'_>) -> Outcome<()> {
    let now = env.block.time.nanos();
    let due: Vec<(u64, String)> = VALIDATOR_QUEUE
        .keys(env.storage, None, None, Order::Ascending)
        .take_while(|key| key.as_ref().map_or(true, |(time, _)| *time <= now))
        .collect::<Result<_, _>>()?;
    for (time, operator) in due {
        VALIDATOR_QUEUE.remove(env.storage, (time, &operator));
        let Some(mut validator) = VALIDATORS.may_load(env.storage, &operator)? else {
            continue;
        };
        validator.status = Status::Unbonded;
        save_validator(env.storage, &validator)?;
        if validator.delegator_shares.is_zero() {
            remove_validator(env, &validator)?;
        }
    }
    Ok(())
}
