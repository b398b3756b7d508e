//! Saving validators, and the power index that ranks them.

use cosmwasm_std::{Order, Storage};

use crate::address::{compute_consensus_address, compute_order_key};
use crate::distribution;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::store::{
    BY_CONSENSUS_ADDRESS, INDEXED_POWER, POWER_CHANGED, POWER_INDEX, Status, VALIDATOR_QUEUE,
    VALIDATORS, ValidatorState, load_params,
};

/// Power first, then the inverted address order: descending keys are the ranking, ties going
/// to the lower address. 0xff closes the address so that a prefix sorts as lower too.
fn compute_index_key(power: u64, operator: &str) -> Vec<u8> {
    let mut key = power.to_be_bytes().to_vec();
    key.extend(compute_order_key(operator).into_iter().map(|byte| !byte));
    key.push(0xff);
    key
}

/// Saves the validator and its place in the ranking; the jailed have none.
pub(crate) fn save_validator(storage: &mut dyn Storage, validator: &ValidatorState) -> Outcome<()> {
    let operator = validator.operator.as_str();
    VALIDATORS.save(storage, operator, validator)?;
    let power = if validator.jailed {
        None
    } else {
        Some(validator.potential_power(load_params(storage)?.power_reduction))
    };
    let indexed = INDEXED_POWER.may_load(storage, operator)?;
    if indexed == power {
        return Ok(());
    }
    if let Some(old) = indexed {
        POWER_INDEX.remove(storage, &compute_index_key(old, operator));
        INDEXED_POWER.remove(storage, operator);
    }
    if let Some(new) = power {
        POWER_INDEX.save(
            storage,
            &compute_index_key(new, operator),
            &operator.to_string(),
        )?;
        INDEXED_POWER.save(storage, operator, &new)?;
    }
    Ok(POWER_CHANGED.save(storage, &true)?)
}

/// Whether the validator exists and is not jailed.
pub(crate) fn is_in_power_index(storage: &dyn Storage, operator: &str) -> bool {
    INDEXED_POWER.has(storage, operator)
}

/// Unjailed validators by power, highest first, ties to the lower address.
pub(crate) fn ranked_operators<'a>(
    storage: &'a dyn Storage,
) -> Box<dyn Iterator<Item = Outcome<(u64, String)>> + 'a> {
    Box::new(
        POWER_INDEX
            .range(storage, None, None, Order::Descending)
            .map(|item| {
                let (key, operator) = item?;
                let bytes = key.first_chunk::<8>().copied().unwrap_or_default();
                Ok((u64::from_be_bytes(bytes), operator))
            }),
    )
}

/// Records a new validator.
pub(crate) fn create_validator(env: &mut Env<'_>, validator: &ValidatorState) -> Outcome<()> {
    if validator.operator.is_empty() || VALIDATORS.has(env.storage, &validator.operator) {
        return Err(ChainError::unregistered(format!(
            "operator address empty or taken: {:?}",
            validator.operator
        )));
    }
    let consensus_address = compute_consensus_address(&validator.operator)?;
    BY_CONSENSUS_ADDRESS.save(env.storage, &consensus_address, &validator.operator)?;
    distribution::initialize_validator(env.storage, &validator.operator)?;
    save_validator(env.storage, validator)
}

/// Deletes an unbonded validator without shares, and pays out its commission.
pub(crate) fn remove_validator(env: &mut Env<'_>, validator: &ValidatorState) -> Outcome<()> {
    let operator = validator.operator.as_str();
    if validator.status != Status::Unbonded || !validator.tokens.is_zero() {
        return Err(ChainError::unregistered(format!(
            "{operator} cannot be removed yet"
        )));
    }
    VALIDATORS.remove(env.storage, operator);
    BY_CONSENSUS_ADDRESS.remove(env.storage, &compute_consensus_address(operator)?);
    if let Some(power) = INDEXED_POWER.may_load(env.storage, operator)? {
        POWER_INDEX.remove(env.storage, &compute_index_key(power, operator));
        INDEXED_POWER.remove(env.storage, operator);
    }
    VALIDATOR_QUEUE.remove(env.storage, (validator.unbonding_time.nanos(), operator));
    distribution::close_validator(env, validator)
}

/// Jails: out of the power index at once, out of the set in the end block.
pub(crate) fn jail(storage: &mut dyn Storage, validator: &mut ValidatorState) -> Outcome<()> {
    if validator.jailed {
        return Err(ChainError::ValidatorJailed);
    }
    validator.jailed = true;
    save_validator(storage, validator)
}

/// Lets a validator back into the power index.
pub(crate) fn unjail(storage: &mut dyn Storage, validator: &mut ValidatorState) -> Outcome<()> {
    validator.jailed = false;
    save_validator(storage, validator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranking_is_by_power_then_lower_address() {
        let mut keys = [
            compute_index_key(5, "b"),
            compute_index_key(9, "z"),
            compute_index_key(5, "a"),
            compute_index_key(5, "ab"),
        ];
        keys.sort_by(|left, right| right.cmp(left));
        let expected = [
            compute_index_key(9, "z"),
            compute_index_key(5, "a"),
            compute_index_key(5, "ab"),
            compute_index_key(5, "b"),
        ];
        assert_eq!(keys, expected);
    }
}
