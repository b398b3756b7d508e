//! Types as JSON, the bytes that `cosmwasm_std::to_json_vec` would write.

use cosmwasm_std::{Addr, Binary, Coin, Decimal, Timestamp, Uint128};

use crate::fields::snake_of;

/// A type that is written as JSON.
pub trait ToJson {
    /// Appends it.
    fn write(&self, out: &mut Vec<u8>);
}

/// A type as JSON.
pub fn write(value: &dyn ToJson) -> Vec<u8> {
    let mut out = vec![];
    value.write(&mut out);
    out
}

/// Appends an object with fields of these names and values. The names stand apart: they are constant, so
/// that no code is needed to list them.
pub fn write_object(out: &mut Vec<u8>, names: &[&str], values: &[&dyn ToJson]) {
    out.push(b'{');
    for (index, (name, value)) in names.iter().zip(values).enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(out, name);
        out.push(b':');
        value.write(out);
    }
    out.push(b'}');
}

/// Appends a variant, given by its name in Rust, with its content.
pub fn write_variant(out: &mut Vec<u8>, variant: &str, content: &dyn ToJson) {
    write_object(out, &[&snake_of(variant)], &[content]);
}

/// Appends a variant without content, given by its name in Rust.
pub fn write_bare_variant(out: &mut Vec<u8>, variant: &str) {
    write_text(out, &snake_of(variant));
}

/// The fields of a variant: names and values.
pub struct Object<'a>(pub &'a [&'a str], pub &'a [&'a dyn ToJson]);

impl ToJson for Object<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        write_object(out, self.0, self.1);
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'"');
    for byte in text.bytes() {
        let short = match byte {
            b'\\' | b'"' => byte,
            8 => b'b',
            9 => b't',
            10 => b'n',
            12 => b'f',
            13 => b'r',
            0..=31 => {
                let [high, low] = [byte >> 4, byte & 15].map(|digit| HEX.get(usize::from(digit)));
                out.extend_from_slice(b"\\u00");
                out.extend(high.into_iter().chain(low));
                continue;
            }
            _ => {
                out.push(byte);
                continue;
            }
        };
        out.push(b'\\');
        out.push(short);
    }
    out.push(b'"');
}

impl ToJson for str {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, self);
    }
}

impl ToJson for String {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, self);
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out);
        }
        out.push(b']');
    }
}

impl ToJson for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
}

impl ToJson for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }
}

impl ToJson for u8 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }
}

impl ToJson for Uint128 {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, &self.to_string());
    }
}

impl ToJson for Timestamp {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, &self.nanos().to_string());
    }
}

impl ToJson for Decimal {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, &self.to_string());
    }
}

impl ToJson for Binary {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, &self.to_base64());
    }
}

impl ToJson for Addr {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, self.as_str());
    }
}

impl ToJson for Coin {
    fn write(&self, out: &mut Vec<u8>) {
        write_object(out, &["denom", "amount"], &[&self.denom, &self.amount]);
    }
}
