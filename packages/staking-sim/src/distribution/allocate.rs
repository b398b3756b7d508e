//! Sharing out a block's rewards (`x/distribution/keeper/allocation.go`).

use cosmwasm_std::{Addr, Coin, Storage, Uint128};

use super::DecCoins;
use super::periods::add_to_community_pool;
use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::staking::validator_set::load_voting_set;
use crate::store::{REWARDS, VALIDATORS, ValidatorState, load_params};

/// Mints `coins` and shares them among the validators of the last commit by power, whether
/// they signed or not. What is left by truncation goes to the community pool.
pub(crate) fn allocate(env: &mut Env<'_>, coins: &[Coin]) -> Outcome<()> {
    env.bank
        .mint(env.storage, &env.accounts.distribution, coins.to_vec())?;
    let all = DecCoins::from_coins(coins)?;
    let tax = Dec18::from(load_params(env.storage)?.community_tax);
    let for_validators = all.mul_floor(Dec18::one().checked_sub(tax)?)?;

    let voters = load_voting_set(env.storage)?;
    let total_power: u128 = voters.iter().map(|member| u128::from(member.power)).sum();
    let total_power = Dec18::from_int(Uint128::new(total_power));
    let mut remaining = all;
    for voter in voters {
        let Some(validator) = VALIDATORS.may_load(env.storage, &voter.operator)? else {
            continue;
        };
        let power = Dec18::from_int(Uint128::from(voter.power));
        let share = for_validators.mul_floor(power.quo_floor(total_power)?)?;
        allocate_to_validator(env.storage, &validator, &share)?;
        remaining = remaining.checked_sub(&share)?;
    }
    add_to_community_pool(env.storage, &remaining)
}

fn allocate_to_validator(
    storage: &mut dyn Storage,
    validator: &ValidatorState,
    share: &DecCoins,
) -> Outcome<()> {
    let operator = validator.operator.as_str();
    let mut account = REWARDS.load(storage, operator)?;
    let commission = share.mul_half_even(Dec18::from(validator.commission_rate))?;
    account.current = account
        .current
        .checked_add(&share.checked_sub(&commission)?)?;
    account.commission = account.commission.checked_add(&commission)?;
    account.outstanding = account.outstanding.checked_add(share)?;
    Ok(REWARDS.save(storage, operator, &account)?)
}

/// `MsgFundCommunityPool`.
pub(crate) fn fund_community_pool(
    env: &mut Env<'_>,
    depositor: &Addr,
    coins: &[Coin],
) -> Outcome<()> {
    if coins.is_empty() || coins.iter().any(|coin| coin.amount.is_zero()) {
        return Err(ChainError::InvalidRequest {
            reason: "invalid coins",
        });
    }
    for Coin { denom, amount } in coins {
        let balance = env.bank.balance(env.storage, depositor, denom)?;
        if balance < *amount {
            return Err(ChainError::InsufficientFunds {
                balance,
                wanted: *amount,
            });
        }
    }
    let to = env.accounts.distribution.clone();
    env.send(depositor, &to, coins.to_vec())?;
    add_to_community_pool(env.storage, &DecCoins::from_coins(coins)?)
}
