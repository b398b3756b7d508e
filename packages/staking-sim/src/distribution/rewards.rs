//! Rewards of a delegation: how much, and paying them
//! (`x/distribution/keeper/delegation.go`).

use cosmwasm_std::{Addr, BlockInfo, Coin, Order, Storage, coins};
use cw_storage_plus::Bound;

use super::DecCoins;
use super::periods::{
    add_to_community_pool, increment_period, preview_ratio, release_period, retain_period,
};
use super::withdraw_address::withdraw_address;
use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{MessageKind, are_rewards_kept, ensure_accepted};
use crate::panics::panic_as_ordered;
use crate::staking::load_validator;
use crate::store::{
    DELEGATIONS, HISTORICAL, KEPT_REWARDS, REWARDS, SLASH_EVENTS, STARTING, StartingInfo,
    ValidatorState, load_params,
};

/// `MsgWithdrawDelegatorReward`. Returns what was paid; one zero coin when nothing was.
pub(crate) fn withdraw_reward(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
) -> Outcome<Vec<Coin>> {
    ensure_accepted(env.storage, validator, MessageKind::Withdraw)?;
    let state = load_validator(env.storage, validator)?;
    let shares = DELEGATIONS
        .may_load(env.storage, (delegator, validator))?
        .ok_or(ChainError::NoDelegation)?;
    let earned = settle(env, &state, delegator, shares)?;
    let paid = pay(env, delegator, validator, earned)?;
    initialize_delegation(env, &state, delegator, shares)?;
    if paid.is_empty() {
        return Ok(coins(0, load_params(env.storage)?.bond_denom));
    }
    Ok(paid)
}

/// `initializeDelegation`: rewards count from the period that has just ended.
pub(crate) fn initialize_delegation(
    env: &mut Env<'_>,
    validator: &ValidatorState,
    delegator: &Addr,
    shares: Dec18,
) -> Outcome<()> {
    let operator = validator.operator.as_str();
    let previous_period = REWARDS.load(env.storage, operator)?.period - 1;
    retain_period(env.storage, operator, previous_period)?;
    // truncated, so as not to pay more than was earned
    let stake = validator.tokens_for_shares_floor(shares)?;
    let info = StartingInfo {
        previous_period,
        stake,
        height: env.block.height,
    };
    Ok(STARTING.save(env.storage, (delegator, operator), &info)?)
}

/// What a touch does: pays what the delegation earned, or keeps it, where that was ordered.
pub(crate) fn touch(
    env: &mut Env<'_>,
    validator: &ValidatorState,
    delegator: &Addr,
    shares: Dec18,
) -> Outcome<()> {
    let operator = validator.operator.as_str();
    let earned = settle(env, validator, delegator, shares)?;
    if are_rewards_kept(env.storage)? {
        let kept = load_kept(env.storage, delegator, operator)?;
        let kept = kept.checked_add(&DecCoins::from_coins(&earned)?)?;
        return Ok(KEPT_REWARDS.save(env.storage, (delegator, operator), &kept)?);
    }
    pay(env, delegator, operator, earned).map(drop)
}

/// Pays what was kept for a delegation that ends.
pub(crate) fn pay_kept(env: &mut Env<'_>, delegator: &Addr, operator: &str) -> Outcome<()> {
    pay(env, delegator, operator, Vec::new()).map(drop)
}

/// Sends it, with what was kept before.
fn pay(
    env: &mut Env<'_>,
    delegator: &Addr,
    operator: &str,
    earned: Vec<Coin>,
) -> Outcome<Vec<Coin>> {
    let kept = load_kept(env.storage, delegator, operator)?;
    let paid = match kept.is_empty() {
        true => earned,
        false => {
            kept.checked_add(&DecCoins::from_coins(&earned)?)?
                .split_whole()?
                .0
        }
    };
    KEPT_REWARDS.remove(env.storage, (delegator, operator));
    let payee = withdraw_address(env.storage, delegator)?;
    let from = env.accounts.distribution.clone();
    env.send(&from, &payee, paid.clone())?;
    Ok(paid)
}

/// What was kept for a delegation: whole coins.
fn load_kept(storage: &dyn Storage, delegator: &Addr, operator: &str) -> Outcome<DecCoins> {
    let kept = KEPT_REWARDS.may_load(storage, (delegator, operator))?;
    Ok(kept.unwrap_or_default())
}

/// `withdrawDelegationRewards` without its payment: what the delegation earned. Forgets its start.
fn settle(
    env: &mut Env<'_>,
    validator: &ValidatorState,
    delegator: &Addr,
    shares: Dec18,
) -> Outcome<Vec<Coin>> {
    let operator = validator.operator.as_str();
    let start = STARTING
        .may_load(env.storage, (delegator, operator))?
        .ok_or(ChainError::EmptyDelegationDistInfo)?;
    let ended = increment_period(env.storage, validator)?;
    let end = HISTORICAL.load(env.storage, (operator, ended))?.ratio;
    let earned = compute_rewards(
        env.storage,
        env.block.height,
        validator,
        &start,
        shares,
        &end,
    )?;

    let mut account = REWARDS.load(env.storage, operator)?;
    // rounding may leave the account a few atomics short
    let earned = earned.intersect(&account.outstanding);
    let (paid, fractions) = earned.split_whole()?;
    account.outstanding = account.outstanding.checked_sub(&earned)?;
    REWARDS.save(env.storage, operator, &account)?;
    add_to_community_pool(env.storage, &fractions)?;
    release_period(env.storage, operator, start.previous_period)?;
    STARTING.remove(env.storage, (delegator, operator));
    Ok(paid)
}

/// What the delegation would be paid now, with fractions.
pub(crate) fn preview_rewards(
    storage: &dyn Storage,
    block: &BlockInfo,
    validator: &ValidatorState,
    delegator: &Addr,
    shares: Dec18,
) -> Outcome<DecCoins> {
    let operator = validator.operator.as_str();
    let start = STARTING
        .may_load(storage, (delegator, operator))?
        .ok_or(ChainError::EmptyDelegationDistInfo)?;
    let account = REWARDS.load(storage, operator)?;
    let end = preview_ratio(storage, &account, validator)?;
    let earned = compute_rewards(storage, block.height, validator, &start, shares, &end)?;
    Ok(earned.checked_add(&load_kept(storage, delegator, operator)?)?)
}

/// `CalculateDelegationRewards`: stake times the growth of rewards per token, from slash to
/// slash, the stake shrinking at each.
fn compute_rewards(
    storage: &dyn Storage,
    height: u64,
    validator: &ValidatorState,
    start: &StartingInfo,
    shares: Dec18,
    end: &DecCoins,
) -> Outcome<DecCoins> {
    let operator = validator.operator.as_str();
    // nothing is earned in the block in which the delegation was touched
    if start.height == height {
        return Ok(DecCoins::default());
    }
    let mut rewards = DecCoins::default();
    let mut stake = start.stake;
    let mut period = start.previous_period;
    let mut ratio = HISTORICAL.load(storage, (operator, period))?.ratio;

    let slashes = SLASH_EVENTS.sub_prefix(operator).range(
        storage,
        Some(Bound::inclusive((start.height, 0))),
        Some(Bound::inclusive((height, u64::MAX))),
        Order::Ascending,
    );
    for slash in slashes {
        let (_, slash) = slash?;
        if slash.period > period {
            let at_slash = HISTORICAL.load(storage, (operator, slash.period))?.ratio;
            rewards = rewards.checked_add(&at_slash.checked_sub(&ratio)?.mul_floor(stake)?)?;
            stake = stake.mul_floor(Dec18::one().checked_sub(slash.fraction)?)?;
            period = slash.period;
            ratio = at_slash;
        }
    }
    panic_as_ordered(storage, operator, start)?;
    let stake = cap_stake(stake, validator.tokens_for_shares_half_even(shares)?)?;
    Ok(rewards.checked_add(&end.checked_sub(&ratio)?.mul_floor(stake)?)?)
}

/// The replayed stake may exceed the present one by rounding only; the SDK panics beyond
/// three atomics.
fn cap_stake(replayed: Dec18, present: Dec18) -> Outcome<Dec18> {
    let mut margin = present;
    for _ in 0..3 {
        margin = margin.checked_add(Dec18::smallest())?;
    }
    if replayed > margin {
        return Err(ChainError::unregistered(format!(
            "final stake {replayed} greater than current stake {present}"
        )));
    }
    Ok(replayed.min(present))
}
