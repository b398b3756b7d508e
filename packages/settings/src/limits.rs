//! How much the schedule holds.

/// Most changes that wait at once.
pub const MOST_PENDING: usize = 20;
