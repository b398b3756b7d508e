//! Money, time and text, as tests and program write them.

pub use defenders_types::{DAY, HOUR};
use serde::Serialize;
use serde_json::Value;

/// The bond denom of every suite.
pub const DENOM: &str = "ustake";
/// Base units in a whole token.
pub const TOKEN: u128 = 1_000_000;
/// Seconds between ordinary blocks.
pub const BLOCK: u64 = 6;
/// Seconds from an undelegation to its payment, on the chain of `SuiteBuilder::base()`.
pub const UNBONDING_TIME: u64 = 21 * DAY;

/// A message as the chain carries it; what is left open is left out.
pub fn json<T: Serialize>(msg: &T) -> String {
    let mut value = serde_json::to_value(msg).unwrap();
    leave_out_nulls(&mut value);
    value.to_string()
}

fn leave_out_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(leave_out_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out_nulls),
        _ => {}
    }
}
