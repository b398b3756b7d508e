//! Spans of time, in seconds.

/// An hour.
pub const HOUR: u64 = 3_600;
/// A day.
pub const DAY: u64 = 24 * HOUR;
