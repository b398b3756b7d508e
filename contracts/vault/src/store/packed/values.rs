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

            fn read(from: &mut Unread) -> Self {
                from.number_as()
            }
        }
    )+};
}
packed_numbers!(u8, u16, u32, u64, u128);

impl Packed for Uint128 {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.u128(), to);
    }

    fn read(from: &mut Unread) -> Self {
        Self::new(from.number())
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

    fn read(from: &mut Unread) -> Self {
        let digits = from.number();
        let tens = 10u128.checked_pow(from.byte().into());
        match tens.and_then(|tens| digits.checked_mul(tens)) {
            Some(atomics) => Self::new(atomics.into()),
            None => from.damaged(Self::zero()),
        }
    }
}

/// At most eight: the first in the lowest bit.
impl<const N: usize> Packed for [bool; N] {
    fn write(&self, to: &mut Vec<u8>) {
        let bits = self.iter().rev();
        to.push(bits.fold(0, |byte: u8, flag| byte.wrapping_shl(1) | u8::from(*flag)));
    }

    fn read(from: &mut Unread) -> Self {
        let mut byte = from.byte();
        let mut flags = [false; N];
        for flag in &mut flags {
            *flag = byte & 1 == 1;
            byte = byte.wrapping_shr(1);
        }
        match byte {
            0 => flags,
            _ => from.damaged(flags),
        }
    }
}

impl Packed for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => false,
            1 => true,
            _ => from.damaged(false),
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

    fn read(from: &mut Unread) -> Self {
        let length = from.number_as();
        Self::new(from.take(length).to_vec())
    }
}

impl Packed for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), to);
    }

    fn read(from: &mut Unread) -> Self {
        let text = Self::from_utf8(Binary::read(from).into());
        text.unwrap_or_else(|_| from.damaged(Self::new()))
    }
}

impl Packed for Addr {
    fn write(&self, to: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), to);
    }

    fn read(from: &mut Unread) -> Self {
        // it was checked before it was written
        Self::unchecked(String::read(from))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Unread) -> Self {
        bool::read(from).then(|| read_part(from))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) {
        write_length(self.len(), to);
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut Unread) -> Self {
        // grows as it is read: a damaged length reserves nothing
        let mut values = vec![];
        for _ in 0..from.number_as::<usize>() {
            if from.is_damaged() {
                break;
            }
            values.push(read_part(from));
        }
        values
    }
}
