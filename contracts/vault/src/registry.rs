//! Which validators the vault knows: gives each its row among the powers, and forgets those that
//! were drained and are gone, so that no loop over validators grows with history.

use cosmwasm_std::Storage;

use crate::error::ContractError;
use crate::roster::{load_powers, Powers};
use crate::state::{Holding, HOLDINGS, POWER_SUMMARY, REFRESH, VALIDATORS, VALIDATOR_COUNT};

/// Most validators that are listed or hold stake: what one call can still read.
pub const MAX_VALIDATORS: usize = 300;

/// Gives a validator the lowest free row. Rows below `VALIDATOR_COUNT` may be free.
///
/// # Errors
/// [`ContractError::ListFull`] when all 65,536 rows are taken.
pub fn enter(storage: &mut dyn Storage, validator: &str) -> Result<u16, ContractError> {
    let count = VALIDATOR_COUNT.load(storage)?;
    let mut free: u32 = 0;
    for taken in VALIDATORS.range(storage, ..) {
        let (index, _) = taken?;
        if u32::from(index) != free {
            break;
        }
        free = free.saturating_add(1);
    }
    let index = u16::try_from(free).map_err(|_| ContractError::ListFull {
        most: usize::from(u16::MAX).saturating_add(1),
    })?;
    VALIDATORS.save(storage, index, &validator.to_owned());
    VALIDATOR_COUNT.save(storage, &count.max(free.saturating_add(1)));
    Ok(index)
}

/// Forgets validators that were drained and hold neither stake nor unbonding entries. Their rows
/// are given away again, so a row that still says something of its old owner is kept until the
/// next refresh, and a reading under way begins anew.
///
/// # Errors
/// When storage is damaged.
pub fn forget_gone(storage: &mut dyn Storage) -> Result<(), ContractError> {
    REFRESH.remove(storage);
    let powers = match POWER_SUMMARY.may_load(storage)? {
        Some(summary) => load_powers(storage, summary.generation)?,
        None => Powers::default(),
    };
    let gone = HOLDINGS
        .range(storage, ..)
        .filter(|row| row.as_ref().map_or(true, |(_, holding)| holding.is_gone()))
        .collect::<Result<Vec<(String, Holding)>, _>>()?;
    for (validator, holding) in gone {
        let power = powers.of(holding.index);
        if !power.is_some_and(|power| power.is_read) {
            HOLDINGS.remove(storage, &validator);
            VALIDATORS.remove(storage, holding.index);
        }
    }
    Ok(())
}

/// Whether another validator may be listed.
///
/// # Errors
/// [`ContractError::ListFull`].
pub fn ensure_not_full(storage: &dyn Storage) -> Result<(), ContractError> {
    let known = HOLDINGS.range(storage, ..).take(MAX_VALIDATORS).count();
    if known < MAX_VALIDATORS {
        return Ok(());
    }
    Err(ContractError::ListFull {
        most: MAX_VALIDATORS,
    })
}
