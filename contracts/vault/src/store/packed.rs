//! How values become bytes and come back: the only file that knows. A chain charges for every
//! byte, and JSON takes three times as many, and a decoder of its own for every type.
//!
//! A number is its length in one byte, then its big endian bytes without leading zeros; a decimal its
//! digits without the zeros at their end, and how many these are; a flag one byte, up to eight flags
//! in a row one byte together; a text or a list its length as a number, then its content; an option a
//! flag, then its content; a struct its fields in the order listed with `packed!`, an enum the number
//! given with `packed_enum!`.

use cosmwasm_std::{Addr, Decimal, Uint128};

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
    /// Nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
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

/// Declares the stored order of a struct's fields. A field left out does not compile.
///
/// A field that a later version adds stands after a semicolon, with its value in what was stored
/// before: `packed! { Listing { note, listed_at; groups: vec![] } }` reads the old bytes and the new
/// ones. So grow only what is stored under a key of its own: inside a list, or before another
/// field, nobody can tell where the old value ends.
macro_rules! packed {
    ($(
        $kind:ty {
            $($field:ident),+ $(,)? $(; $($late:ident: $before:expr),+ $(,)?)?
        }
    )+) => {$(
        impl $crate::store::packed::Packed for $kind {
            fn write(&self, to: &mut Vec<u8>) {
                $($crate::store::packed::Packed::write(&self.$field, to);)+
                $($($crate::store::packed::Packed::write(&self.$late, to);)+)?
            }

            fn read(from: &mut $crate::store::packed::Unread) -> Option<Self> {
                Some(Self {
                    $($field: $crate::store::packed::Packed::read(from)?,)+
                    $($($late: if from.is_empty() {
                        $before
                    } else {
                        $crate::store::packed::Packed::read(from)?
                    },)+)?
                })
            }
        }
    )+};
}
pub(crate) use packed;

/// Declares the stored number of each variant of an enum. A variant left out does not compile.
macro_rules! packed_enum {
    ($($kind:ident { $($variant:ident = $number:literal),+ $(,)? })+) => {$(
        impl $crate::store::packed::Packed for $kind {
            fn write(&self, to: &mut Vec<u8>) {
                let number: u8 = match self {
                    $($kind::$variant => $number,)+
                };
                to.push(number);
            }

            fn read(from: &mut $crate::store::packed::Unread) -> Option<Self> {
                match from.byte()? {
                    $($number => Some($kind::$variant),)+
                    _ => None,
                }
            }
        }
    )+};
}
pub(crate) use packed_enum;

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
        let mut digits = self.atomics().u128();
        let mut zeros: u8 = 0;
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            zeros = zeros.saturating_add(1);
        }
        digits.write(to);
        to.push(zeros);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let digits = from.number()?;
        let tens = 10u128.checked_pow(from.byte()?.into())?;
        Some(Self::new(digits.checked_mul(tens)?.into()))
    }
}

/// At most eight: the first in the lowest bit.
impl<const N: usize> Packed for [bool; N] {
    fn write(&self, to: &mut Vec<u8>) {
        let bits = self.iter().rev();
        to.push(bits.fold(0, |byte: u8, flag| byte.wrapping_shl(1) | u8::from(*flag)));
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let mut byte = from.byte()?;
        let mut flags = [false; N];
        for flag in &mut flags {
            *flag = byte & 1 == 1;
            byte = byte.wrapping_shr(1);
        }
        (byte == 0).then_some(flags)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Sample {
        tokens: Uint128,
        note: Option<String>,
        flags: Vec<bool>,
        colour: Colour,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Colour {
        Red,
        Blue,
    }

    packed! {
        Sample { tokens, note, flags, colour }
    }
    packed_enum! {
        Colour { Red = 0, Blue = 7 }
    }

    fn sample() -> Sample {
        Sample {
            tokens: Uint128::new(258),
            note: Some("ä".to_owned()),
            flags: vec![true, false],
            colour: Colour::Blue,
        }
    }

    #[test]
    fn a_struct_is_its_fields_in_the_listed_order() {
        let packed = pack(&sample());
        // 258 = 01 02; some text of 2 bytes, ä = c3 a4; 2 flags; blue
        let expected = [2, 1, 2, 1, 1, 2, 0xc3, 0xa4, 1, 2, 1, 0, 7];
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
    fn decimals_take_their_digits_without_the_zeros_at_the_end() {
        for (decimal, bytes) in [
            (Decimal::zero(), vec![0, 0]),
            (Decimal::one(), vec![1, 1, 18]),
            (Decimal::percent(5), vec![1, 5, 16]),
            (Decimal::permille(125), vec![1, 125, 15]),
            (Decimal::raw(1), vec![1, 1, 0]),
        ] {
            assert_eq!(pack(&decimal), bytes, "{decimal}");
            assert_eq!(unpack(&bytes), Some(decimal));
        }
        assert_eq!(unpack(&pack(&Decimal::MAX)), Some(Decimal::MAX));
        // 1 x 10^39 is beyond 128 bits
        assert_eq!(unpack::<Decimal>(&[1, 1, 39]), None);
    }

    #[test]
    fn flags_in_a_row_share_a_byte() {
        let flags = [true, false, true];
        assert_eq!(pack(&flags), [0b101]);
        assert_eq!(unpack(&[0b101]), Some(flags));
        // a fourth flag is none of theirs
        assert_eq!(unpack::<[bool; 3]>(&[0b1101]), None);
    }

    #[test]
    fn enums_have_the_numbers_that_are_written_down() {
        assert_eq!(pack(&Colour::Red), [0]);
        assert_eq!(unpack(&[7]), Some(Colour::Blue));
        assert_eq!(unpack::<Colour>(&[1]), None);
    }

    #[test]
    fn a_later_version_reads_what_an_earlier_one_stored() {
        #[derive(Debug, PartialEq)]
        struct Grown {
            tokens: Uint128,
            note: Option<String>,
            since: u64,
        }
        struct Before {
            tokens: Uint128,
            note: Option<String>,
        }
        packed! {
            Before { tokens, note }
            Grown { tokens, note; since: 9 }
        }
        let before = Before {
            tokens: Uint128::new(5),
            note: None,
        };
        let grown = |since| Grown {
            tokens: Uint128::new(5),
            note: None,
            since,
        };
        assert_eq!(unpack(&pack(&before)), Some(grown(9)));
        assert_eq!(unpack(&pack(&grown(300))), Some(grown(300)));
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
