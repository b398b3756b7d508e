//! The bytes of numbers, decimals, flags, texts, bytes, options and lists.

use cosmwasm_std::{Addr, Binary, Decimal, Uint128};

use super::codec::{read_part, write_number, Packed, Unread};

fn write_length(length: usize, to: &mut Vec<u8>) {
    // memory ends long before 128 bits
    write_number(u128::try_from(length).unwrap_or_default(), to);
}

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

fn write_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    write_length(bytes.len(), to);
    to.extend_from_slice(bytes);
}

impl Packed for Binary {
    fn write(&self, to: &mut Vec<u8>) {
        write_bytes(self, to);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let length = from.length()?;
        Some(Self::new(from.take(length)?.to_vec()))
    }
}

impl Packed for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), to);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        Self::from_utf8(Binary::read(from)?.into()).ok()
    }
}

impl Packed for Addr {
    fn write(&self, to: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), to);
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
            Some(read_part(from)?)
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
            values.push(read_part(from)?);
        }
        Some(values)
    }
}
