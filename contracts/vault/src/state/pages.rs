//! What is kept of every validator in pages of 25, by its row among the powers: who needs one needs all,
//! and a page costs one read.

use cosmwasm_std::Storage;
use defenders_allocation::Gather;

use super::powers::POWERS_PER_PAGE;
use crate::store::packed::Packed;
use crate::store::{Map, StoreError};

/// All pages of a kind. What was never set has its default.
#[derive(Clone, Debug, Default)]
pub struct Pages<T> {
    pages: Vec<(u16, Vec<T>)>,
    /// Pages that are stored otherwise.
    changed: Vec<u16>,
}

impl<T: Packed + Clone + Default + PartialEq> Pages<T> {
    /// Reads them.
    pub(super) fn read(
        map: &Map<u16, Vec<T>>,
        storage: &dyn Storage,
    ) -> Result<Self, Box<StoreError>> {
        let pages = map.all(storage).gather_ok()?;
        Ok(Self {
            pages,
            changed: vec![],
        })
    }

    /// Stores the pages that have changed.
    pub(super) fn write(self, map: &Map<u16, Vec<T>>, storage: &mut dyn Storage) {
        for (page, rows) in self.pages {
            if self.changed.contains(&page) {
                map.save(storage, page, &rows);
            }
        }
    }

    /// What is kept in this row.
    #[must_use]
    pub fn of(&self, power_row: u16) -> T {
        let (page, row) = place(power_row);
        let found = self.pages.iter().find(|(number, _)| *number == page);
        let value = found.and_then(|(_, rows)| rows.get(row)).cloned();
        value.unwrap_or_default()
    }

    /// Replaces it.
    pub fn set(&mut self, power_row: u16, value: T) {
        if self.of(power_row) == value {
            return;
        }
        let (page, row) = place(power_row);
        let index = match self
            .pages
            .binary_search_by_key(&page, |(number, _)| *number)
        {
            Ok(index) => index,
            Err(index) => {
                self.pages.insert(index, (page, vec![]));
                index
            }
        };
        let Some((_, rows)) = self.pages.get_mut(index) else {
            return;
        };
        if rows.len() <= row {
            rows.resize(row.saturating_add(1), T::default());
        }
        if let Some(place) = rows.get_mut(row) {
            *place = value;
        }
        if !self.changed.contains(&page) {
            self.changed.push(page);
        }
    }

    /// All that is kept.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flat_map(|(_, rows)| rows)
    }
}

/// What is kept in one row.
pub(super) fn load_of<T: Packed + Clone + Default>(
    map: &Map<u16, Vec<T>>,
    storage: &dyn Storage,
    power_row: u16,
) -> Result<T, Box<StoreError>> {
    let (page, row) = place(power_row);
    let rows = map.may_load(storage, page)?;
    Ok(rows
        .and_then(|rows| rows.get(row).cloned())
        .unwrap_or_default())
}

/// Page and row in it.
fn place(power_row: u16) -> (u16, usize) {
    let page = power_row.checked_div(POWERS_PER_PAGE).unwrap_or_default();
    let row = power_row.checked_rem(POWERS_PER_PAGE).unwrap_or_default();
    (page, usize::from(row))
}
