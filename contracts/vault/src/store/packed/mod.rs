//! How values become bytes and come back: the only folder that knows. A chain charges for every
//! byte, and JSON takes three times as many, and a decoder of its own for every type.
//!
//! A number is its length in one byte, then its big endian bytes without leading zeros; a decimal its
//! digits without the zeros at their end, and how many these are; a flag one byte, up to eight flags
//! in a row one byte together; a text, bytes or a list its length as a number, then its content; an
//! option a flag, then its content; a struct its fields in the order listed with `packed!`, an enum the number
//! given with `packed_enum!`.

mod codec;
mod values;

#[cfg(test)]
mod tests;

pub use codec::{pack, read_part, unpack, Packed, Unread};

/// Declares the stored order of a struct's fields. A field left out does not compile.
///
/// A field that a later version adds stands after a semicolon, with its value in what was stored
/// before: `packed! { Listing { note, listed_at; groups: vec![] } }` reads the old bytes and the new
/// ones. So only what is stored under a key of its own can grow: inside a list, or before another
/// field, nobody can tell where the old value ends, and it does not compile.
macro_rules! packed {
    ($(
        $kind:ty {
            $($field:ident),+ $(,)? $(; $($late:ident: $before:expr),+ $(,)?)?
        }
    )+) => {$(
        impl $crate::store::packed::Packed for $kind {
            $(const HAS_GROWN: bool = !stringify!($($late)+).is_empty();)?

            fn write(&self, to: &mut Vec<u8>) {
                $($crate::store::packed::Packed::write(&self.$field, to);)+
                $($($crate::store::packed::Packed::write(&self.$late, to);)+)?
            }

            fn read(from: &mut $crate::store::packed::Unread) -> Self {
                Self {
                    $($field: $crate::store::packed::read_part(from),)+
                    $($($late: if from.is_empty() {
                        $before
                    } else {
                        $crate::store::packed::read_part(from)
                    },)+)?
                }
            }
        }
    )+};
}
pub(crate) use packed;

/// Declares the stored number of each variant of an enum. A variant left out does not compile.
macro_rules! packed_enum {
    ($($kind:ident {
        $first:ident = $first_number:literal $(, $variant:ident = $number:literal)* $(,)?
    })+) => {$(
        impl $crate::store::packed::Packed for $kind {
            fn write(&self, to: &mut Vec<u8>) {
                let number: u8 = match self {
                    $kind::$first => $first_number,
                    $($kind::$variant => $number,)*
                };
                to.push(number);
            }

            fn read(from: &mut $crate::store::packed::Unread) -> Self {
                match from.byte() {
                    $first_number => $kind::$first,
                    $($number => $kind::$variant,)*
                    _ => from.damaged($kind::$first),
                }
            }
        }
    )+};
}
pub(crate) use packed_enum;
