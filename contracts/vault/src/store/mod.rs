//! Where values lie: one under a key, or many under keys of one kind. Keys and prefixes are those of
//! cw-storage-plus; values are [`Packed`].

mod key;
pub mod overlay;
pub mod packed;

use std::marker::PhantomData;

use cosmwasm_std::{Order, Record, Storage};
use thiserror::Error;

use key::write_prefix;
use packed::{pack, unpack, Packed};

pub use key::Key;

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

/// Most keys are shorter.
const KEY_LENGTH: usize = 128;

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
    pub fn load(&self, storage: &dyn Storage) -> Result<T, Box<StoreError>> {
        load(storage, self.key.as_bytes())
    }

    /// What may be there.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn may_load(&self, storage: &dyn Storage) -> Result<Option<T>, Box<StoreError>> {
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

/// An end of a range.
#[derive(Clone, Copy, Debug)]
pub enum Bound<K> {
    /// With this key.
    Inclusive(K),
    /// Without it.
    Exclusive(K),
}

impl<K> Bound<K> {
    /// With this key.
    pub fn inclusive(key: K) -> Self {
        Self::Inclusive(key)
    }

    /// Without it.
    pub fn exclusive(key: K) -> Self {
        Self::Exclusive(key)
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
    pub fn load(&self, storage: &dyn Storage, key: K) -> Result<T, Box<StoreError>> {
        load(storage, &self.path(&key))
    }

    /// What may be there.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn may_load(&self, storage: &dyn Storage, key: K) -> Result<Option<T>, Box<StoreError>> {
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

    /// All keys and values, keys ascending.
    pub fn all<'a>(&self, storage: &'a dyn Storage) -> Rows<'a, K, T> {
        self.range(storage, None, None)
    }

    /// Keys and values within bounds, keys ascending.
    pub fn range<'a>(
        &self,
        storage: &'a dyn Storage,
        min: Option<Bound<K>>,
        max: Option<Bound<K>>,
    ) -> Rows<'a, K, T> {
        let prefix = prefix_of(self.namespace);
        let length = prefix.len();
        let (mut first, mut end) = (prefix.clone(), prefix);
        match min {
            None => {}
            Some(Bound::Inclusive(key)) => key.write(&mut first),
            Some(Bound::Exclusive(key)) => {
                key.write(&mut first);
                first.push(0);
            }
        }
        match max {
            None => go_beyond(&mut end),
            Some(Bound::Exclusive(key)) => key.write(&mut end),
            Some(Bound::Inclusive(key)) => {
                key.write(&mut end);
                end.push(0);
            }
        }
        Rows {
            records: storage.range(Some(&first), Some(&end), Order::Ascending),
            prefix: length,
            kind: PhantomData,
        }
    }

    fn path(&self, key: &K) -> Vec<u8> {
        let mut path = prefix_of(self.namespace);
        key.write(&mut path);
        path
    }
}

// what does not depend on the kind of key or value is code once, not for each kind

#[inline(never)]
fn prefix_of(namespace: &str) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(KEY_LENGTH);
    write_prefix(namespace.as_bytes(), &mut prefix);
    prefix
}

/// Past all keys that begin with a namespace: its last letter is no 255.
fn go_beyond(prefix: &mut [u8]) {
    if let Some(last) = prefix.last_mut() {
        *last = last.saturating_add(1);
    }
}

/// Keys and values, read one by one.
pub struct Rows<'a, K, T> {
    records: Box<dyn Iterator<Item = Record> + 'a>,
    /// How long the namespace is.
    prefix: usize,
    kind: PhantomData<(K, T)>,
}

impl<K: Key, T: Packed> Iterator for Rows<'_, K, T> {
    type Item = Result<(K::Owned, T), Box<StoreError>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (path, value) = self.records.next()?;
        let key = path.get(self.prefix..).and_then(K::read);
        let row = key.zip(unpack(&value));
        Some(row.ok_or_else(|| damaged(&path, value.len())))
    }
}

fn may_load<T: Packed>(storage: &dyn Storage, key: &[u8]) -> Result<Option<T>, Box<StoreError>> {
    let Some(value) = storage.get(key) else {
        return Ok(None);
    };
    match unpack(&value) {
        Some(value) => Ok(Some(value)),
        None => Err(damaged(key, value.len())),
    }
}

fn load<T: Packed>(storage: &dyn Storage, key: &[u8]) -> Result<T, Box<StoreError>> {
    may_load(storage, key)?.ok_or_else(|| missing(key))
}

/// Nothing is there.
#[cold]
#[inline(never)]
#[must_use]
pub fn missing(key: &[u8]) -> Box<StoreError> {
    Box::new(StoreError::Missing {
        key: key.escape_ascii().to_string(),
    })
}

/// What is there is no value of its kind.
#[cold]
#[inline(never)]
#[must_use]
pub fn damaged(key: &[u8], bytes: usize) -> Box<StoreError> {
    Box::new(StoreError::Damaged {
        key: key.escape_ascii().to_string(),
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    const NAMES: Map<(u64, &str), u64> = Map::new("name");

    type Name = (u64, &'static str);

    fn named(storage: &dyn Storage, min: Option<Name>, max: Option<Name>) -> Vec<u64> {
        let (min, max) = (min.map(Bound::inclusive), max.map(Bound::exclusive));
        let rows = NAMES.range(storage, min, max);
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
        assert_eq!(named(&storage, None, None), [11, 12, 20, 30]);
        assert_eq!(named(&storage, Some((1, "bb")), None), [12, 20, 30]);
        assert_eq!(named(&storage, Some((2, "")), Some((3, ""))), [20]);
        assert_eq!(named(&storage, Some((1, "b")), Some((1, "bb"))), [11]);

        let after: Bound<Name> = Bound::exclusive((1, "b"));
        let until: Bound<Name> = Bound::inclusive((2, "a"));
        let rows = NAMES.range(&storage, Some(after), Some(until));
        let values: Vec<u64> = rows.flatten().map(|(_, value)| value).collect();
        assert_eq!(values, [12, 20]);
    }

    #[test]
    fn keys_come_back_with_their_values() {
        let storage = stored();
        let keys = NAMES.all(&storage).map(|row| row.map(|(key, _)| key));
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
            }
            .into())
        );
        let item: Item<u64> = Item::new("item");
        item.save(&mut storage, &7);
        assert_eq!(item.may_load(&storage), Ok(Some(7)));
        storage.set(b"item", &[9; 9]);
        let damaged = StoreError::Damaged {
            key: "item".to_owned(),
            bytes: 9,
        };
        assert_eq!(item.load(&storage), Err(damaged.into()));
        item.remove(&mut storage);
        assert_eq!(item.may_load(&storage), Ok(None));
    }

    #[test]
    fn a_damaged_row_ends_as_an_error_that_names_its_whole_key() {
        let mut storage = stored();
        let text: Map<(u64, &str), String> = Map::new("name");
        text.save(&mut storage, (999, "x"), &"no number".to_owned());
        let last = NAMES.all(&storage).last();
        assert_eq!(
            last,
            Some(Err(StoreError::Damaged {
                key: r"\x00\x04name\x00\x08\x00\x00\x00\x00\x00\x00\x03\xe7x".to_owned(),
                bytes: 11,
            }
            .into()))
        );
    }
}
