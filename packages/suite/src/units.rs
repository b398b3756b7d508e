//! Money, time and text, as tests and program write them.

pub use defenders_types::{DAY, HOUR};
use serde::Serialize;

/// The bond denom of every suite.
pub const DENOM: &str = "ustake";
/// Base units in a whole token.
pub const TOKEN: u128 = 1_000_000;
/// Seconds between ordinary blocks.
pub const BLOCK: u64 = 6;
/// Seconds from an undelegation to its payment, on the chain of `SuiteBuilder::base()`.
pub const UNBONDING_TIME: u64 = 21 * DAY;

/// A message as the chain carries it.
pub fn json<T: Serialize>(msg: &T) -> String {
    serde_json::to_string(msg).unwrap()
}
