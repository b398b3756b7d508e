//! What keys are made of. A key lies under its namespace and, where it has two parts, under its first part:
//! both with their length in two bytes before them, as cw-storage-plus has it.

use cosmwasm_std::Addr;

/// A key, as bytes whose order is its own.
pub trait Key {
    /// As it comes back.
    type Owned;

    /// Appends its bytes.
    fn write(&self, to: &mut Vec<u8>);
    /// Out of its bytes, all of them. `None`: they are none of its kind.
    fn read(bytes: &[u8]) -> Option<Self::Owned>;
}

/// Appends something with its length before it: namespaces and first parts, which are short.
#[inline(never)]
pub(super) fn write_prefix(part: &[u8], to: &mut Vec<u8>) {
    let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
    to.extend_from_slice(&length.to_be_bytes());
    to.extend_from_slice(part);
}

macro_rules! keys_of_numbers {
    ($($kind:ty),+) => {$(
        impl Key for $kind {
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
keys_of_numbers!(u8, u16, u32, u64);

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
        to.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Addr> {
        // it was checked before it was written
        <&str>::read(bytes).map(Addr::unchecked)
    }
}

impl<A: Key, B: Key> Key for (A, B) {
    type Owned = (A::Owned, B::Owned);

    fn write(&self, to: &mut Vec<u8>) {
        let mut first = vec![];
        self.0.write(&mut first);
        write_prefix(&first, to);
        self.1.write(to);
    }

    fn read(bytes: &[u8]) -> Option<Self::Owned> {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let length = u16::from_be_bytes(*length);
        let (first, second) = rest.split_at_checked(length.into())?;
        Some((A::read(first)?, B::read(second)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(key: impl Key) -> Vec<u8> {
        let mut bytes = vec![];
        key.write(&mut bytes);
        bytes
    }

    #[test]
    fn keys_have_the_bytes_of_cw_storage_plus() {
        assert_eq!(bytes(7u8), [7]);
        assert_eq!(bytes(0x0102u16), [1, 2]);
        assert_eq!(bytes(1u32), [0, 0, 0, 1]);
        assert_eq!(bytes(256u64), [0, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(bytes("ab"), b"ab");
        assert_eq!(bytes(&Addr::unchecked("ab")), b"ab");
        assert_eq!(bytes(("ab", 1u16)), b"\x00\x02ab\x00\x01");
        assert_eq!(bytes((1u8, "ab")), b"\x00\x01\x01ab");
        let long = "x".repeat(258);
        assert_eq!(bytes((long.as_str(), "y"))[..3], *b"\x01\x02x");
    }

    #[test]
    fn keys_come_back_from_their_bytes_and_from_no_others() {
        let pair = <(&Addr, u64)>::read(&bytes((&Addr::unchecked("ab"), 7u64)));
        assert_eq!(pair, Some((Addr::unchecked("ab"), 7)));
        assert_eq!(<(&str, &str)>::read(b"\x00\x00"), Some(Default::default()));
        assert_eq!(u16::read(&[1]), None);
        assert_eq!(u16::read(&[1, 2, 3]), None);
        assert_eq!(<&str>::read(&[0xff]), None);
        for damaged in [&b""[..], b"\x00", b"\x00\x03ab", b"\x00\x02ab\x00"] {
            assert_eq!(<(&str, u16)>::read(damaged), None, "{damaged:?}");
        }
    }
}
