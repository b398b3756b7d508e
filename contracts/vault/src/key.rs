//! The keys of maps. Laid out as those of cw-storage-plus, so that tools which read a chain's raw
//! state know them.

use cosmwasm_std::Addr;

/// A key of a map. Its bytes sort as it does.
pub trait Key {
    /// What a range gives.
    type Owned;
    /// Appends its bytes.
    fn write(&self, to: &mut Vec<u8>);
    /// The key of these bytes. `None`: they are no such key.
    fn read(bytes: &[u8]) -> Option<Self::Owned>;
}

macro_rules! number_keys {
    ($($number:ty),+) => {$(
        impl Key for $number {
            type Owned = Self;

            fn write(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_be_bytes());
            }

            fn read(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self::from_be_bytes)
            }
        }
    )+};
}
number_keys!(u8, u16, u64);

impl Key for &str {
    type Owned = String;

    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<String> {
        String::from_utf8(bytes.to_vec()).ok()
    }
}

impl Key for &Addr {
    type Owned = Addr;

    fn write(&self, to: &mut Vec<u8>) {
        self.as_str().write(to);
    }

    fn read(bytes: &[u8]) -> Option<Addr> {
        <&str>::read(bytes).map(Addr::unchecked)
    }
}

/// Two keys in one: the first after its length, so that none begins another.
impl<A: Key, B: Key> Key for (A, B) {
    type Owned = (A::Owned, B::Owned);

    fn write(&self, to: &mut Vec<u8>) {
        let mut first = vec![];
        self.0.write(&mut first);
        let length = u16::try_from(first.len()).unwrap_or(u16::MAX);
        to.extend_from_slice(&length.to_be_bytes());
        to.extend_from_slice(&first);
        self.1.write(to);
    }

    fn read(bytes: &[u8]) -> Option<Self::Owned> {
        let (length, rest) = bytes.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (first, second) = rest.split_at_checked(length)?;
        Some((A::read(first)?, B::read(second)?))
    }
}
