//! How values become bytes and come back: the only file that knows. A chain charges for every
//! byte, and JSON takes three times as many, and a decoder of its own for every type.
//!
//! A number is its length in one byte, then its big endian bytes without leading zeros; a flag one
//! byte; a text or a list its length as a number, then its content; an option a flag, then its
//! content; a struct its fields in the order listed with `packed!`, an enum its number.

use cosmwasm_std::{Addr, Decimal, Uint128};
use defenders_types::{Job, PowerSource, Purpose};

/// A value that becomes bytes and comes back.
pub trait Packed: Sized {
    /// Appends its bytes.
    fn write(&self, to: &mut Vec<u8>);
    /// Takes its bytes. `None`: they are none of its kind.
    fn read(from: &mut Unread) -> Option<Self>;
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
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u128> {
        let length = usize::from(self.byte()?);
        let digits = self.take(length)?;
        let mut bytes = [0; 16];
        let zeros = bytes.len().checked_sub(length)?;
        bytes.get_mut(zeros..)?.copy_from_slice(digits);
        Some(u128::from_be_bytes(bytes))
    }

    fn length(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }
}

fn write_number(number: u128, to: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let digits = bytes.iter().position(|byte| *byte != 0);
    let digits = digits.and_then(|first| bytes.get(first..));
    let digits = digits.unwrap_or_default();
    // 16 at most
    to.push(u8::try_from(digits.len()).unwrap_or_default());
    to.extend_from_slice(digits);
}

fn write_length(length: usize, to: &mut Vec<u8>) {
    // memory ends long before 128 bits
    write_number(u128::try_from(length).unwrap_or_default(), to);
}

/// Declares the stored order of a struct's fields. All of them: the compiler misses any other.
macro_rules! packed {
    ($($kind:ty { $($field:ident),+ $(,)? })+) => {$(
        impl $crate::packed::Packed for $kind {
            fn write(&self, to: &mut Vec<u8>) {
                $($crate::packed::Packed::write(&self.$field, to);)+
            }

            fn read(from: &mut $crate::packed::Unread) -> Option<Self> {
                Some(Self { $($field: $crate::packed::Packed::read(from)?),+ })
            }
        }
    )+};
}
pub(crate) use packed;

macro_rules! packed_numbers {
    ($($kind:ty),+) => {$(
        impl Packed for $kind {
            fn write(&self, to: &mut Vec<u8>) {
                write_number((*self).into(), to);
            }

            fn read(from: &mut Unread) -> Option<Self> {
                from.number()?.try_into().ok()
            }
        }
    )+};
}
packed_numbers!(u8, u16, u32, u64, u128);

impl Packed for Uint128 {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.u128(), to);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        from.number().map(Self::new)
    }
}

impl Packed for Decimal {
    fn write(&self, to: &mut Vec<u8>) {
        self.atomics().write(to);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        Packed::read(from).map(Self::new)
    }
}

impl Packed for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn read(from: &mut Unread) -> Option<Self> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Packed for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_length(self.len(), to);
        to.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let length = from.length()?;
        Self::from_utf8(from.take(length)?.to_vec()).ok()
    }
}

impl Packed for Addr {
    fn write(&self, to: &mut Vec<u8>) {
        write_length(self.as_str().len(), to);
        to.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut Unread) -> Option<Self> {
        // it was checked before it was written
        String::read(from).map(Self::unchecked)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Unread) -> Option<Self> {
        Some(if bool::read(from)? {
            Some(T::read(from)?)
        } else {
            None
        })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) {
        write_length(self.len(), to);
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut Unread) -> Option<Self> {
        // grows as it is read: a damaged length reserves nothing
        let mut values = vec![];
        for _ in 0..from.length()? {
            values.push(T::read(from)?);
        }
        Some(values)
    }
}

impl Packed for Job {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let number = from.byte()?;
        Self::ALL.into_iter().find(|job| *job as u8 == number)
    }
}

impl Packed for PowerSource {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(match self {
            Self::Grpc => 0,
        });
    }

    fn read(from: &mut Unread) -> Option<Self> {
        match from.byte()? {
            0 => Some(Self::Grpc),
            _ => None,
        }
    }
}

/// A batch by its number; restaking as batch 0, which does not exist.
impl Packed for Purpose {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Restake {} => 0,
            Self::Batch { batch_id } => *batch_id,
        }
        .write(to);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        Some(match Packed::read(from)? {
            0 => Self::Restake {},
            batch_id => Self::Batch { batch_id },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Sample {
        tokens: Uint128,
        note: Option<String>,
        flags: Vec<bool>,
        purpose: Purpose,
    }

    packed! {
        Sample { tokens, note, flags, purpose }
    }

    fn sample() -> Sample {
        Sample {
            tokens: Uint128::new(258),
            note: Some("ä".to_owned()),
            flags: vec![true, false],
            purpose: Purpose::Batch { batch_id: 7 },
        }
    }

    #[test]
    fn a_struct_is_its_fields_in_the_listed_order() {
        let packed = pack(&sample());
        // 258 = 01 02; some text of 2 bytes, ä = c3 a4; 2 flags; batch 7
        let expected = [2, 1, 2, 1, 1, 2, 0xc3, 0xa4, 1, 2, 1, 0, 1, 7];
        assert_eq!(packed, expected);
        assert_eq!(unpack(&packed), Some(sample()));
    }

    #[test]
    fn numbers_take_their_digits_and_a_byte() {
        for (number, bytes) in [(0, 1), (1, 2), (255, 2), (256, 3), (u128::MAX, 17)] {
            let packed = pack(&number);
            assert_eq!(packed.len(), bytes);
            assert_eq!(unpack(&packed), Some(number));
        }
        assert_eq!(unpack::<u16>(&pack(&65_535u32)), Some(65_535));
        assert_eq!(unpack::<u16>(&pack(&65_536u32)), None);
        // 17 digits are no number of 128 bits
        assert_eq!(unpack::<u128>(&[&[17][..], &[1; 17]].concat()), None);
    }

    #[test]
    fn enums_come_back() {
        for job in Job::ALL {
            assert_eq!(unpack(&pack(&job)), Some(job));
        }
        assert_eq!(unpack::<Job>(&[7]), None);
        assert_eq!(unpack(&pack(&PowerSource::Grpc)), Some(PowerSource::Grpc));
        assert_eq!(unpack::<PowerSource>(&[1]), None);
        for purpose in [Purpose::Restake {}, Purpose::Batch { batch_id: u64::MAX }] {
            assert_eq!(unpack(&pack(&purpose)), Some(purpose));
        }
    }

    #[test]
    fn neither_fewer_nor_more_bytes_are_a_value() {
        let packed = pack(&sample());
        for length in 0..packed.len() {
            assert_eq!(unpack::<Sample>(&packed[..length]), None, "{length} bytes");
        }
        let longer = [packed, vec![0]].concat();
        assert_eq!(unpack::<Sample>(&longer), None);
    }

    #[test]
    fn damaged_bytes_are_no_value() {
        assert_eq!(unpack::<bool>(&[2]), None);
        assert_eq!(unpack::<String>(&[1, 1, 0xff]), None);
        // a list that says to have 2^64 - 1 rows
        let length = pack(&u64::MAX);
        assert_eq!(unpack::<Vec<u64>>(&length), None);
    }
}
