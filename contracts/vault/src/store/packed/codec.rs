//! Values that become bytes and come back.

/// A value that becomes bytes and comes back.
pub trait Packed: Sized {
    /// A later version has added fields: where the value of an earlier one ends, only the end of all
    /// bytes tells. So it is part of no other value.
    const HAS_GROWN: bool = false;

    /// Appends its bytes.
    fn write(&self, to: &mut Vec<u8>);
    /// Takes its bytes. `None`: they are none of its kind.
    fn read(from: &mut Unread) -> Option<Self>;
}

/// Takes the bytes of a value that is part of another. One that has grown does not compile here.
pub fn read_part<T: Packed>(from: &mut Unread) -> Option<T> {
    const {
        assert!(
            !T::HAS_GROWN,
            "what has grown is stored under a key of its own"
        )
    };
    T::read(from)
}

/// Bytes not read yet.
pub struct Unread<'a>(&'a [u8]);

/// The bytes of a value.
pub fn pack<T: Packed>(value: &T) -> Vec<u8> {
    let mut bytes = vec![];
    value.write(&mut bytes);
    bytes
}

/// The value of bytes. `None`: they are none of its kind, or there are more.
#[must_use]
pub fn unpack<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut unread = Unread(bytes);
    let value = T::read(&mut unread)?;
    unread.0.is_empty().then_some(value)
}

impl<'a> Unread<'a> {
    /// Nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// So many bytes.
    pub(super) fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// The next number.
    pub(super) fn number(&mut self) -> Option<u128> {
        let length = usize::from(self.byte()?);
        let digits = self.take(length)?;
        let mut bytes = [0; 16];
        let zeros = bytes.len().checked_sub(length)?;
        bytes.get_mut(zeros..)?.copy_from_slice(digits);
        Some(u128::from_be_bytes(bytes))
    }

    /// The next number, as a length.
    pub(super) fn length(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
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
