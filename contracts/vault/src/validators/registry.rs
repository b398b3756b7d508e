//! Which validators the vault knows: gives each its row among the powers, and forgets those that
//! were drained and are gone, so that no loop over validators grows with history.

use cosmwasm_std::Storage;
use defenders_allocation::Gather;

use crate::error::ContractError;
use crate::state::not_bonded::note_bonded;
use crate::state::powers::{load_powers, Powers};
use crate::state::standings::Standings;
use crate::state::terms::{AllTerms, Terms};
use crate::state::{HOLDINGS, POWER_ROWS_EVER, POWER_SUMMARY, REFRESH, VALIDATOR_BY_POWER_ROW};

/// No listing beyond so many validators that are listed or hold stake: what one call can still read.
/// Stake that a sync finds at others is entered all the same.
pub const MAX_VALIDATORS: usize = 300;

/// The rows that are taken, ascending: read once by a call that enters many.
pub struct Registry {
    taken: Vec<u16>,
}

impl Registry {
    /// Reads it.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, Box<ContractError>> {
        let rows = VALIDATOR_BY_POWER_ROW.all(storage);
        let taken = rows.map(|row| row.map(|(index, _)| index));
        Ok(Self {
            taken: taken.gather_ok()?,
        })
    }

    /// Whether another validator may be listed.
    ///
    /// # Errors
    /// [`ContractError::ListFull`].
    pub fn ensure_not_full(&self) -> Result<(), Box<ContractError>> {
        if self.taken.len() < MAX_VALIDATORS {
            return Ok(());
        }
        Err(ContractError::ListFull {
            most: MAX_VALIDATORS,
        }
        .into())
    }

    /// Gives a validator the lowest free row. Rows below `POWER_ROWS_EVER` may be free.
    ///
    /// # Errors
    /// [`ContractError::ListFull`] when all 65,536 rows are taken.
    pub fn enter(
        &mut self,
        storage: &mut dyn Storage,
        validator: &str,
    ) -> Result<u16, Box<ContractError>> {
        let mut rows = self.taken.iter().enumerate();
        let gap = rows.find(|(row, taken)| *row != usize::from(**taken));
        let free = gap.map_or(self.taken.len(), |(row, _)| row);
        let power_row = u16::try_from(free).map_err(|_| ContractError::ListFull {
            most: usize::from(u16::MAX).saturating_add(1),
        })?;
        let count = POWER_ROWS_EVER.load(storage)?;
        VALIDATOR_BY_POWER_ROW.save(storage, power_row, &validator.to_owned());
        POWER_ROWS_EVER.save(storage, &count.max(u32::from(power_row).saturating_add(1)));
        self.taken.insert(free, power_row);
        Ok(power_row)
    }
}

/// Forgets validators that were drained and hold neither stake nor unbonding entries, with their terms,
/// unless they still count where short lists widen caps. Their rows are given away again, so a row that still
/// says something of its old owner is kept until the next refresh, and a reading under way begins anew.
///
/// # Errors
/// When storage is damaged.
pub fn forget_gone(
    storage: &mut dyn Storage,
    all_terms: &mut AllTerms,
    now: u64,
) -> Result<(), Box<ContractError>> {
    REFRESH.remove(storage);
    let powers = match POWER_SUMMARY.may_load(storage)? {
        Some(summary) => load_powers(storage, summary.snapshot)?,
        None => Powers::default(),
    };
    let gone = HOLDINGS
        .all(storage)
        .filter(|row| row.as_ref().map_or(true, |(_, holding)| holding.is_gone()))
        .gather_ok()?;
    let mut standings = Standings::load(storage)?;
    for (validator, holding) in gone {
        let power = powers.of(holding.power_row);
        let counts_until = all_terms.of(holding.power_row).counts_until;
        if counts_until <= now && !power.is_some_and(|power| power.is_read) {
            all_terms.set(holding.power_row, Terms::default());
            standings.set(holding.power_row, None);
            note_bonded(storage, [(holding.power_row, true)], now)?;
            HOLDINGS.remove(storage, &validator);
            VALIDATOR_BY_POWER_ROW.remove(storage, holding.power_row);
        }
    }
    standings.save(storage);
    Ok(())
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    #[test]
    fn lowest_free_row_is_given_first() {
        let mut storage = MockStorage::new();
        POWER_ROWS_EVER.save(&mut storage, &0);
        let mut registry = Registry::load(&storage).unwrap();
        for (row, validator) in ["a", "b", "c", "d"].into_iter().enumerate() {
            let given = registry.enter(&mut storage, validator).unwrap();
            assert_eq!(usize::from(given), row);
        }
        VALIDATOR_BY_POWER_ROW.remove(&mut storage, 0);
        VALIDATOR_BY_POWER_ROW.remove(&mut storage, 2);

        let mut registry = Registry::load(&storage).unwrap();
        let rows = ["e", "f", "g"].map(|new| registry.enter(&mut storage, new).unwrap());

        assert_eq!(rows, [0, 2, 4]);
        assert_eq!(POWER_ROWS_EVER.load(&storage), Ok(5));
        let known = VALIDATOR_BY_POWER_ROW
            .all(&storage)
            .map(|row| row.unwrap().1);
        assert_eq!(known.collect::<Vec<_>>(), ["e", "b", "f", "d", "g"]);
    }
}
