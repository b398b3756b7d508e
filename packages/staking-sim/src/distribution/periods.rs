//! Reward periods of a validator: rewards per token, cut at every change of its stake
//! (`x/distribution/keeper/validator.go`).

use cosmwasm_std::{Order, Storage};

use super::DecCoins;
use super::withdraw_address::withdraw_address;
use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::store::{
    COMMUNITY_POOL, HISTORICAL, HistoricalRewards, REWARDS, SLASH_EVENTS, SlashEvent,
    ValidatorRewards, ValidatorState,
};

/// Opens the reward account of a new validator.
pub(crate) fn initialize_validator(storage: &mut dyn Storage, validator: &str) -> Outcome<()> {
    let origin = HistoricalRewards {
        ratio: DecCoins::default(),
        references: 1,
    };
    HISTORICAL.save(storage, (validator, 0), &origin)?;
    let account = ValidatorRewards {
        period: 1,
        ..Default::default()
    };
    Ok(REWARDS.save(storage, validator, &account)?)
}

/// Rewards per token at the end of the current period, were it to end now.
pub(super) fn preview_ratio(
    storage: &dyn Storage,
    account: &ValidatorRewards,
    validator: &ValidatorState,
) -> Outcome<DecCoins> {
    let before = HISTORICAL
        .load(storage, (&validator.operator, account.period - 1))?
        .ratio;
    if validator.tokens.is_zero() {
        return Ok(before);
    }
    let current = account
        .current
        .quo_floor(Dec18::from_int(validator.tokens))?;
    Ok(before.checked_add(&current)?)
}

/// `IncrementValidatorPeriod`: ends the current period, returns its number. Rewards of a
/// validator without tokens go to the community pool.
pub(crate) fn increment_period(
    storage: &mut dyn Storage,
    validator: &ValidatorState,
) -> Outcome<u64> {
    let operator = validator.operator.as_str();
    let mut account = REWARDS.load(storage, operator)?;
    let ended = account.period;
    let ratio = preview_ratio(storage, &account, validator)?;
    if validator.tokens.is_zero() {
        add_to_community_pool(storage, &account.current)?;
        account.outstanding = account.outstanding.checked_sub(&account.current)?;
    }
    release_period(storage, operator, ended - 1)?;
    HISTORICAL.save(
        storage,
        (operator, ended),
        &HistoricalRewards {
            ratio,
            references: 1,
        },
    )?;
    account.current = DecCoins::default();
    account.period = ended + 1;
    REWARDS.save(storage, operator, &account)?;
    Ok(ended)
}

/// Counts one more user of a period's record.
pub(super) fn retain_period(
    storage: &mut dyn Storage,
    validator: &str,
    period: u64,
) -> Outcome<()> {
    let mut record = HISTORICAL.load(storage, (validator, period))?;
    record.references += 1;
    Ok(HISTORICAL.save(storage, (validator, period), &record)?)
}

/// Counts one user less; the last one deletes the record.
pub(super) fn release_period(
    storage: &mut dyn Storage,
    validator: &str,
    period: u64,
) -> Outcome<()> {
    let mut record = HISTORICAL.load(storage, (validator, period))?;
    record.references = record
        .references
        .checked_sub(1)
        .ok_or_else(|| ChainError::unregistered("negative reference count"))?;
    if record.references == 0 {
        HISTORICAL.remove(storage, (validator, period));
        return Ok(());
    }
    Ok(HISTORICAL.save(storage, (validator, period), &record)?)
}

/// `BeforeValidatorSlashed`: delegations replay the slash when they count their rewards.
pub(crate) fn record_slash(
    env: &mut Env<'_>,
    validator: &ValidatorState,
    fraction: Dec18,
) -> Outcome<()> {
    let operator = validator.operator.as_str();
    let period = increment_period(env.storage, validator)?;
    retain_period(env.storage, operator, period)?;
    let key = (operator, env.block.height, period);
    Ok(SLASH_EVENTS.save(env.storage, key, &SlashEvent { period, fraction })?)
}

/// Adds to the community pool; the coins are in the distribution account already.
pub(super) fn add_to_community_pool(storage: &mut dyn Storage, amount: &DecCoins) -> Outcome<()> {
    let pool = COMMUNITY_POOL.may_load(storage)?.unwrap_or_default();
    Ok(COMMUNITY_POOL.save(storage, &pool.checked_add(amount)?)?)
}

/// `AfterValidatorRemoved`: pays the commission to the operator, the dust to the community
/// pool, and closes the account.
pub(crate) fn close_validator(env: &mut Env<'_>, validator: &ValidatorState) -> Outcome<()> {
    let operator = validator.operator.as_str();
    let account = REWARDS.load(env.storage, operator)?;
    let (commission, fractions) = account.commission.split_whole()?;
    let dust = account
        .outstanding
        .checked_sub(&account.commission)?
        .checked_add(&fractions)?;
    add_to_community_pool(env.storage, &dust)?;
    let payee = withdraw_address(env.storage, &validator.self_delegator)?;
    let from = env.accounts.distribution.clone();
    env.send(&from, &payee, commission)?;

    REWARDS.remove(env.storage, operator);
    let periods: Vec<u64> = HISTORICAL
        .prefix(operator)
        .keys(env.storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()?;
    for period in periods {
        HISTORICAL.remove(env.storage, (operator, period));
    }
    let slashes: Vec<(u64, u64)> = SLASH_EVENTS
        .sub_prefix(operator)
        .keys(env.storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()?;
    for (height, period) in slashes {
        SLASH_EVENTS.remove(env.storage, (operator, height, period));
    }
    Ok(())
}
