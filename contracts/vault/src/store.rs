//! Where values lie: one under a key, or many under keys of one kind. Keys are laid out as those
//! of cw-storage-plus, so that tools which read a chain's raw state know them; values are
//! [`Packed`].

use std::marker::PhantomData;
use std::ops::{Bound, RangeBounds};

use cosmwasm_std::{Order, Record, Storage};
use thiserror::Error;

use crate::key::Key;
use crate::packed::{pack, unpack, Packed};

/// Storage that is not as the vault wrote it. Keys as text, with the bytes that are none escaped.
#[derive(Error, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Nothing is there.
    #[error("nothing is stored under {key}")]
    Missing {
        /// The key.
        key: String,
    },
    /// What is there is no value of its kind.
    #[error("the {bytes} bytes stored under {key} are damaged")]
    Damaged {
        /// The key.
        key: String,
        /// Length of the value.
        bytes: usize,
    },
}

/// One value.
pub struct Item<T> {
    key: &'static str,
    value: PhantomData<T>,
}

/// Many values by key.
pub struct Map<K, T> {
    namespace: &'static str,
    kind: PhantomData<(K, T)>,
}

impl<T: Packed> Item<T> {
    /// Under this key.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            value: PhantomData,
        }
    }

    /// What must be there.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn load(&self, storage: &dyn Storage) -> Result<T, StoreError> {
        load(storage, self.key.as_bytes())
    }

    /// What may be there.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn may_load(&self, storage: &dyn Storage) -> Result<Option<T>, StoreError> {
        may_load(storage, self.key.as_bytes())
    }

    /// Replaces it.
    pub fn save(&self, storage: &mut dyn Storage, value: &T) {
        storage.set(self.key.as_bytes(), &pack(value));
    }

    /// Leaves nothing there.
    pub fn remove(&self, storage: &mut dyn Storage) {
        storage.remove(self.key.as_bytes());
    }
}

impl<K: Key, T: Packed> Map<K, T> {
    /// Under keys that begin with this.
    #[must_use]
    pub const fn new(namespace: &'static str) -> Self {
        Self {
            namespace,
            kind: PhantomData,
        }
    }

    /// What must be there.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn load(&self, storage: &dyn Storage, key: K) -> Result<T, StoreError> {
        load(storage, &self.path(&key))
    }

    /// What may be there.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn may_load(&self, storage: &dyn Storage, key: K) -> Result<Option<T>, StoreError> {
        may_load(storage, &self.path(&key))
    }

    /// Whether something is there.
    #[must_use]
    pub fn has(&self, storage: &dyn Storage, key: K) -> bool {
        storage.get(&self.path(&key)).is_some()
    }

    /// Replaces it.
    pub fn save(&self, storage: &mut dyn Storage, key: K, value: &T) {
        storage.set(&self.path(&key), &pack(value));
    }

    /// Leaves nothing there.
    pub fn remove(&self, storage: &mut dyn Storage, key: K) {
        storage.remove(&self.path(&key));
    }

    /// Keys and values within bounds, keys ascending.
    pub fn range<'a>(&self, storage: &'a dyn Storage, keys: impl RangeBounds<K>) -> Rows<'a, K, T> {
        let prefix = prefix_of(self.namespace);
        let skipped = prefix.len();
        let start = match keys.start_bound() {
            Bound::Included(key) => self.path(key),
            Bound::Excluded(key) => just_after(self.path(key)),
            Bound::Unbounded => prefix.clone(),
        };
        let end = match keys.end_bound() {
            Bound::Included(key) => just_after(self.path(key)),
            Bound::Excluded(key) => self.path(key),
            Bound::Unbounded => end_of(prefix),
        };
        Rows {
            records: storage.range(Some(&start), Some(&end), Order::Ascending),
            skipped,
            kind: PhantomData,
        }
    }

    fn path(&self, key: &K) -> Vec<u8> {
        let mut path = prefix_of(self.namespace);
        key.write(&mut path);
        path
    }
}

/// Keys and values, read one by one.
pub struct Rows<'a, K, T> {
    records: Box<dyn Iterator<Item = Record> + 'a>,
    skipped: usize,
    kind: PhantomData<(K, T)>,
}

impl<K: Key, T: Packed> Iterator for Rows<'_, K, T> {
    type Item = Result<(K::Owned, T), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.records.next()?;
        let own = key.get(self.skipped..).and_then(K::read);
        let row = own.zip(unpack(&value));
        Some(row.ok_or_else(|| damaged(&key, value.len())))
    }
}

fn may_load<T: Packed>(storage: &dyn Storage, key: &[u8]) -> Result<Option<T>, StoreError> {
    let Some(value) = storage.get(key) else {
        return Ok(None);
    };
    match unpack(&value) {
        Some(value) => Ok(Some(value)),
        None => Err(damaged(key, value.len())),
    }
}

fn load<T: Packed>(storage: &dyn Storage, key: &[u8]) -> Result<T, StoreError> {
    may_load(storage, key)?.ok_or_else(|| StoreError::Missing {
        key: key.escape_ascii().to_string(),
    })
}

fn damaged(key: &[u8], bytes: usize) -> StoreError {
    StoreError::Damaged {
        key: key.escape_ascii().to_string(),
        bytes,
    }
}

/// The namespace after its length in two bytes, so that none begins another.
fn prefix_of(namespace: &str) -> Vec<u8> {
    let length = u16::try_from(namespace.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes(), namespace.as_bytes()].concat()
}

/// The least key above this one.
fn just_after(mut key: Vec<u8>) -> Vec<u8> {
    key.push(0);
    key
}

/// The least key above all that begin with this. A namespace ends in a letter.
fn end_of(mut prefix: Vec<u8>) -> Vec<u8> {
    if let Some(last) = prefix.last_mut() {
        *last = last.saturating_add(1);
    }
    prefix
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    const NAMES: Map<(u64, &str), u64> = Map::new("name");

    fn named(storage: &dyn Storage, keys: impl RangeBounds<(u64, &'static str)>) -> Vec<u64> {
        let rows = NAMES.range(storage, keys);
        rows.map(|row| row.map(|(_, value)| value))
            .collect::<Result<_, _>>()
            .unwrap_or_default()
    }

    fn stored() -> MockStorage {
        let mut storage = MockStorage::new();
        // neighbours on both sides
        Map::<&str, u64>::new("namd").save(&mut storage, "z", &90);
        Map::<&str, u64>::new("namf").save(&mut storage, "a", &91);
        for (key, value) in [
            ((1, "b"), 11),
            ((1, "bb"), 12),
            ((2, "a"), 20),
            ((256, ""), 30),
        ] {
            NAMES.save(&mut storage, key, &value);
        }
        storage
    }

    #[test]
    fn ranges_keep_to_their_bounds_and_to_their_map() {
        let storage = stored();
        let after = |key| (Bound::Excluded(key), Bound::Unbounded);
        assert_eq!(named(&storage, ..), [11, 12, 20, 30]);
        assert_eq!(named(&storage, (1, "bb")..), [12, 20, 30]);
        assert_eq!(named(&storage, after((1, "b"))), [12, 20, 30]);
        assert_eq!(named(&storage, (2, "")..(3, "")), [20]);
        assert_eq!(named(&storage, (1, "b")..=(1, "bb")), [11, 12]);
    }

    #[test]
    fn keys_come_back_with_their_values() {
        let storage = stored();
        let keys = NAMES.range(&storage, ..).map(|row| row.map(|(key, _)| key));
        let keys: Vec<_> = keys.filter_map(Result::ok).collect();
        let expected = [(1, "b"), (1, "bb"), (2, "a"), (256, "")];
        assert_eq!(
            keys,
            expected.map(|(number, name)| (number, name.to_owned()))
        );
    }

    #[test]
    fn what_is_missing_or_damaged_is_named_with_its_length() {
        let mut storage = stored();
        assert_eq!(
            NAMES.load(&storage, (5, "x")),
            Err(StoreError::Missing {
                key: r"\x00\x04name\x00\x08\x00\x00\x00\x00\x00\x00\x00\x05x".to_owned(),
            })
        );
        let item: Item<u64> = Item::new("item");
        item.save(&mut storage, &7);
        assert_eq!(item.may_load(&storage), Ok(Some(7)));
        storage.set(b"item", &[9; 9]);
        let damaged = StoreError::Damaged {
            key: "item".to_owned(),
            bytes: 9,
        };
        assert_eq!(item.load(&storage), Err(damaged));
        item.remove(&mut storage);
        assert_eq!(item.may_load(&storage), Ok(None));
    }

    #[test]
    fn a_damaged_row_ends_as_an_error() {
        let mut storage = stored();
        Map::<&str, u64>::new("name").save(&mut storage, "no pair", &1);
        let rows = NAMES.range(&storage, ..);
        assert!(rows.last().is_some_and(|row| row.is_err()));
    }
}
