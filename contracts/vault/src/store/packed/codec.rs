//! Values that become bytes and come back.

/// A value that becomes bytes and comes back.
pub trait Packed: Sized {
    /// A later version has added fields: where the value of an earlier one ends, only the end of all
    /// bytes tells. So it is part of no other value.
    const HAS_GROWN: bool = false;

    /// Appends its bytes.
    fn write(&self, to: &mut Vec<u8>);
    /// Takes its bytes. When they are none of its kind that is noted, and any value stands in for it,
    /// which nobody sees. So the code for a struct is one call per field, without a way out after each.
    fn read(from: &mut Unread) -> Self;
}

/// Takes the bytes of a value that is part of another. One that has grown does not compile here.
pub fn read_part<T: Packed>(from: &mut Unread) -> T {
    const {
        assert!(
            !T::HAS_GROWN,
            "what has grown is stored under a key of its own"
        )
    };
    T::read(from)
}

/// Bytes not read yet.
pub struct Unread<'a> {
    bytes: &'a [u8],
    /// Some were none of their kind.
    is_damaged: bool,
}

/// The bytes of a value.
pub fn pack<T: Packed>(value: &T) -> Vec<u8> {
    let mut bytes = vec![];
    value.write(&mut bytes);
    bytes
}

/// The value of bytes. `None`: they are none of its kind, or there are more.
#[must_use]
pub fn unpack<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut unread = Unread {
        bytes,
        is_damaged: false,
    };
    let value = T::read(&mut unread);
    unread.is_whole().then_some(value)
}

impl<'a> Unread<'a> {
    /// Nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Nothing is left, and all of it was as it should be.
    const fn is_whole(&self) -> bool {
        self.is_empty() && !self.is_damaged
    }

    pub(super) const fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Notes bytes that are none of their kind, for which this value stands in.
    pub fn damaged<T>(&mut self, stand_in: T) -> T {
        self.is_damaged = true;
        stand_in
    }

    /// So many bytes, or none.
    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        match self.bytes.split_at_checked(count) {
            Some((taken, rest)) => {
                self.bytes = rest;
                taken
            }
            None => self.damaged(&[]),
        }
    }

    /// The next byte, or 0.
    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// The next number, or 0.
    pub(super) fn number(&mut self) -> u128 {
        let length = usize::from(self.byte());
        let digits = self.take(length);
        let mut bytes = [0; 16];
        let zeros = bytes.len().checked_sub(digits.len());
        match zeros.and_then(|zeros| bytes.get_mut(zeros..)) {
            Some(place) => place.copy_from_slice(digits),
            None => self.damaged(()),
        }
        u128::from_be_bytes(bytes)
    }

    /// The next number, as another kind of number.
    pub(super) fn number_as<T: TryFrom<u128> + Default>(&mut self) -> T {
        let number = self.number();
        T::try_from(number).unwrap_or_else(|_| self.damaged(T::default()))
    }
}

/// Appends the bytes of a number.
pub(super) fn write_number(number: u128, to: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let digits = bytes.iter().position(|byte| *byte != 0);
    let digits = digits.and_then(|first| bytes.get(first..));
    let digits = digits.unwrap_or_default();
    // 16 at most
    to.push(u8::try_from(digits.len()).unwrap_or_default());
    to.extend_from_slice(digits);
}
