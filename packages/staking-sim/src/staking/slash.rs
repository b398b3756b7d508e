//! Slashing by infraction height (`x/staking/keeper/slash.go`).

use cosmwasm_std::{Addr, Order, Uint128, coin};

use super::index::save_validator;
use super::load_validator;
use super::punishment::{Punishment, is_liable, take};
use super::slash_redelegation::slash_redelegations;
use super::undelegate::save_entries;
use crate::dec18::Dec18;
use crate::distribution;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::store::{Status, UNBONDINGS, UNBONDINGS_BY_VALIDATOR, load_params};

/// `Keeper.Slash`: takes `fraction` of `power`, first from unbonding entries, then from
/// redelegations, then from the validator's own tokens. Returns what the validator lost.
pub(crate) fn slash(
    env: &mut Env<'_>,
    validator: &str,
    infraction_height: u64,
    power: u64,
    fraction: Dec18,
) -> Outcome<Uint128> {
    let params = load_params(env.storage)?;
    let state = load_validator(env.storage, validator)?;
    if state.status == Status::Unbonded {
        return Err(ChainError::unregistered(
            "should not be slashing unbonded validator",
        ));
    }
    if infraction_height > env.block.height {
        return Err(ChainError::unregistered(
            "impossible attempt to slash future infraction",
        ));
    }
    let stake =
        Uint128::new(u128::from(power)).checked_mul(Uint128::new(params.power_reduction))?;
    let mut to_take = Dec18::from_int(stake)
        .mul_half_even(fraction)?
        .to_int_floor()?;

    // an infraction at the current height reaches no entry: the chain does not even look
    if infraction_height < env.block.height {
        let punishment = Punishment {
            infraction_height,
            fraction,
        };
        let from_unbonding = slash_unbondings(env, validator, punishment)?;
        let from_redelegations = slash_redelegations(env, validator, punishment)?;
        to_take = to_take
            .saturating_sub(from_unbonding)
            .saturating_sub(from_redelegations);
    }
    slash_validator_tokens(env, validator, to_take)
}

/// Takes from the tokens of the validator, pro rata over all its delegations.
fn slash_validator_tokens(env: &mut Env<'_>, validator: &str, tokens: Uint128) -> Outcome<Uint128> {
    let mut state = load_validator(env.storage, validator)?;
    let tokens = tokens.min(state.tokens);
    if tokens.is_zero() {
        return Ok(Uint128::zero());
    }
    let effective = Dec18::from_int(tokens).quo_ceil(Dec18::from_int(state.tokens))?;
    distribution::record_slash(env, &state, effective.min(Dec18::one()))?;
    state.tokens = state.tokens.checked_sub(tokens)?;
    save_validator(env.storage, &state)?;
    let burnt = coin(tokens.u128(), load_params(env.storage)?.bond_denom);
    if state.is_bonded() {
        env.burn_bonded(burnt)?;
    } else {
        env.burn_not_bonded(burnt)?;
    }
    Ok(tokens)
}

/// Slashes the entries out of the validator. Returns what would have been taken had every
/// entry still had its initial balance.
fn slash_unbondings(
    env: &mut Env<'_>,
    validator: &str,
    punishment: Punishment,
) -> Outcome<Uint128> {
    let delegators: Vec<Addr> = UNBONDINGS_BY_VALIDATOR
        .prefix(validator)
        .keys(env.storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()?;
    let bond_denom = load_params(env.storage)?.bond_denom;
    let mut nominal = Uint128::zero();
    for delegator in delegators {
        let mut entries = UNBONDINGS
            .may_load(env.storage, (&delegator, validator))?
            .unwrap_or_default();
        let mut burnt = Uint128::zero();
        for entry in &mut entries {
            if is_liable(entry, env, punishment) {
                let share = punishment.compute_share_floor(entry.initial_balance)?;
                nominal = nominal.checked_add(share)?;
                burnt = burnt.checked_add(take(entry, share)?)?;
            }
        }
        save_entries(env.storage, &delegator, validator, &entries)?;
        env.burn_not_bonded(coin(burnt.u128(), &bond_denom))?;
    }
    Ok(nominal)
}
