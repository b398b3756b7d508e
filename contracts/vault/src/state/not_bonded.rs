//! Which validators are not among the bonded ones, and since when. Every contract may ask the chain for
//! those, so it is known even while powers cannot be read. In pages, as the powers.

use cosmwasm_std::Storage;

use super::pages::{load_of, Pages};
use crate::store::{Map, StoreError};

/// By page; row r of page p belongs to row p x 25 + r among the powers. Seconds; 0: it is bonded. Written
/// by `refresh`, and when a validator is forgotten.
pub const NOT_BONDED_SINCE: Map<u16, Vec<u64>> = Map::new("not_bonded");

/// Since when the validator in this row has not been among the bonded ones, seconds. `None`: it was at the
/// last refresh.
///
/// # Errors
/// When storage is damaged.
pub fn load_not_bonded_since(
    storage: &dyn Storage,
    power_row: u16,
) -> Result<Option<u64>, Box<StoreError>> {
    let since = load_of(&NOT_BONDED_SINCE, storage, power_row)?;
    Ok(Some(since).filter(|since| *since > 0))
}

/// Takes in who is bonded now, by row. Only pages that change are written.
///
/// # Errors
/// When storage is damaged.
pub fn note_bonded(
    storage: &mut dyn Storage,
    seen: impl IntoIterator<Item = (u16, bool)>,
    now: u64,
) -> Result<(), Box<StoreError>> {
    let mut pages = Pages::read(&NOT_BONDED_SINCE, storage)?;
    for (power_row, is_bonded) in seen {
        let since = match (is_bonded, pages.of(power_row)) {
            (true, _) => 0,
            (false, 0) => now,
            (false, since) => since,
        };
        pages.set(power_row, since);
    }
    pages.write(&NOT_BONDED_SINCE, storage);
    Ok(())
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    #[test]
    fn who_is_missing_keeps_its_first_time_until_it_is_back() {
        let mut storage = MockStorage::new();
        let since = |storage: &MockStorage, row| load_not_bonded_since(storage, row).unwrap();

        note_bonded(&mut storage, [(0, true), (1, false), (60, false)], 100).unwrap();
        assert_eq!(since(&storage, 0), None);
        assert_eq!(since(&storage, 1), Some(100));
        assert_eq!(since(&storage, 60), Some(100));

        note_bonded(&mut storage, [(0, false), (1, false), (60, true)], 200).unwrap();
        assert_eq!(since(&storage, 0), Some(200));
        assert_eq!(since(&storage, 1), Some(100));
        assert_eq!(since(&storage, 60), None);

        note_bonded(&mut storage, [(60, false)], 300).unwrap();
        assert_eq!(since(&storage, 60), Some(300));
    }

    #[test]
    fn nothing_is_written_while_all_are_bonded() {
        let mut storage = MockStorage::new();
        note_bonded(&mut storage, (0..300).map(|row| (row, true)), 100).unwrap();
        assert_eq!(NOT_BONDED_SINCE.may_load(&storage, 0), Ok(None));
    }
}
