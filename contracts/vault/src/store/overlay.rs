//! A storage over another: what is written stays in memory, so that a query can run what would change
//! the vault.

use defenders_allocation::Gather;
use std::iter::Peekable;
use std::vec::IntoIter;

use cosmwasm_std::{Order, Record, Storage};

/// A key and what was written there. `None`: removed.
type Written = (Vec<u8>, Option<Vec<u8>>);

/// Reads through, and keeps what is written for itself.
pub struct Overlay<'a> {
    base: &'a dyn Storage,
    /// In ascending key: a call writes some hundred at most, and a map is 8 KB of code.
    writes: Vec<Written>,
}

impl<'a> Overlay<'a> {
    /// Nothing is written yet.
    #[must_use]
    pub fn new(base: &'a dyn Storage) -> Self {
        Self {
            base,
            writes: vec![],
        }
    }

    /// Where the key is, or belongs.
    fn place(&self, key: &[u8]) -> Result<usize, usize> {
        let writes = &self.writes;
        writes.binary_search_by(|(written, _)| written.as_slice().cmp(key))
    }

    fn write(&mut self, key: &[u8], value: Option<Vec<u8>>) {
        let written = (key.to_vec(), value);
        match self.place(key) {
            Ok(place) => {
                if let Some(row) = self.writes.get_mut(place) {
                    *row = written;
                }
            }
            Err(place) => self.writes.insert(place, written),
        }
    }
}

impl Storage for Overlay<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        match self
            .place(key)
            .ok()
            .and_then(|place| self.writes.get(place))
        {
            Some((_, value)) => value.clone(),
            None => self.base.get(key),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.write(key, Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.write(key, None);
    }

    fn range<'s>(
        &'s self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 's> {
        let is_inside = |key: &[u8]| {
            start.map_or(true, |start| key >= start) && end.map_or(true, |end| key < end)
        };
        let written = self.writes.iter().filter(|(key, _)| is_inside(key));
        let mut written: Vec<_> = written.cloned().gather();
        if order == Order::Descending {
            written.reverse();
        }
        Box::new(Merged {
            base: self.base.range(start, end, order).peekable(),
            written: written.into_iter().peekable(),
            order,
        })
    }
}

/// Both in one order; of one key what was written.
struct Merged<'a> {
    base: Peekable<Box<dyn Iterator<Item = Record> + 'a>>,
    written: Peekable<IntoIter<Written>>,
    order: Order,
}

impl Merged<'_> {
    fn is_base_first(&mut self) -> bool {
        match (self.base.peek(), self.written.peek()) {
            (Some((base, _)), Some((written, _))) => match self.order {
                Order::Ascending => base < written,
                Order::Descending => base > written,
            },
            (_, written) => written.is_none(),
        }
    }
}

impl Iterator for Merged<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if self.is_base_first() {
                return self.base.next();
            }
            let (key, value) = self.written.next()?;
            self.base.next_if(|(base, _)| *base == key);
            if let Some(value) = value {
                return Some((key, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    /// Every way of writing under some keys, over and under an overlay, read in every range and order:
    /// as if all had been written to one storage.
    #[test]
    fn reads_are_those_of_one_storage() {
        let keys: [&[u8]; 4] = [b"a", b"ab", b"b", b"c"];
        for below in 0..16_usize {
            for above in 0..81_usize {
                let mut base = MockStorage::new();
                for (place, key) in keys.iter().enumerate() {
                    if below >> place & 1 == 1 {
                        base.set(key, b"below");
                    }
                }
                let mut one = MockStorage::new();
                for (key, value) in base.range(None, None, Order::Ascending) {
                    one.set(&key, &value);
                }
                let mut overlay = Overlay::new(&base);
                let mut ways = above;
                for key in keys {
                    match ways % 3 {
                        0 => {}
                        1 => {
                            overlay.set(key, b"above");
                            one.set(key, b"above");
                        }
                        _ => {
                            overlay.remove(key);
                            one.remove(key);
                        }
                    }
                    ways /= 3;
                }
                for key in keys {
                    assert_eq!(overlay.get(key), one.get(key));
                }
                let bounds: [Option<&[u8]>; 4] = [None, Some(b"a"), Some(b"aa"), Some(b"c")];
                for start in bounds {
                    for end in bounds {
                        for order in [Order::Ascending, Order::Descending] {
                            let read: Vec<_> = overlay.range(start, end, order).collect();
                            let expected: Vec<_> = one.range(start, end, order).collect();
                            assert_eq!(read, expected, "{below} {above} {start:?} {end:?}");
                        }
                    }
                }
            }
        }
    }
}
