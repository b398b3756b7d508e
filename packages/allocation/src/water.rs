//! Raising the lowest: the exact result of handing out tokens one unit at a time, found by
//! bisection on the level instead of unit by unit.
//!
//! A column of level k takes its next unit "at k". One unit at a time to the lowest column, ties
//! to the lower address, hands units out in ascending (k, address). So a level L exists such that
//! every unit below L is handed out, and what is left goes, one unit each and by address, to the
//! columns that stand at L with room to spare.

use crate::{error::AllocationError, math::add};

/// What is raised. Columns stand in ascending operator address.
pub(crate) struct Column {
    /// Where it stands before.
    pub level: u128,
    /// How many tokens it may take.
    pub room: u128,
    /// How many it was given.
    pub given: u128,
}

impl Column {
    pub(crate) fn new(level: u128, room: u128) -> Self {
        Self {
            level,
            room,
            given: 0,
        }
    }

    /// What it takes to stand at `level`, as far as its room goes; 0 (saturating) when it stands
    /// above.
    fn needed_for(&self, level: u128) -> u128 {
        level.saturating_sub(self.level).min(self.room)
    }
}

/// Hands `tokens` out, one unit at a time to the lowest column with room, ties to the earlier one.
/// Returns what no column could take.
pub(crate) fn raise_lowest(columns: &mut [Column], tokens: u128) -> Result<u128, AllocationError> {
    let mut low = u128::MAX;
    let mut high = 0;
    for column in columns.iter() {
        low = low.min(column.level);
        high = high.max(add(column.level, column.room.min(tokens))?);
    }

    let (level, left) = match left_at(columns, high, tokens) {
        // Everybody is served as far as they can.
        Some(left) => (high, left),
        None => bisect(columns, low, high, tokens),
    };

    let mut left = left;
    for column in columns.iter_mut() {
        column.given = column.needed_for(level);
        if left > 0 && column.level <= level && column.given < column.room {
            // Cannot saturate: given < room, and left > 0.
            column.given = column.given.saturating_add(1);
            left = left.saturating_sub(1);
        }
    }
    Ok(left)
}

/// The highest level that `tokens` can pay for, and what is left there. `low` can be paid for,
/// `high` cannot.
fn bisect(columns: &[Column], mut low: u128, mut high: u128, tokens: u128) -> (u128, u128) {
    let mut left_at_low = tokens;
    loop {
        // Cannot saturate: low < high throughout.
        let half = high.saturating_sub(low) / 2;
        if half == 0 {
            return (low, left_at_low);
        }
        let middle = low.saturating_add(half);
        match left_at(columns, middle, tokens) {
            Some(left) => (low, left_at_low) = (middle, left),
            None => high = middle,
        }
    }
}

/// What is left of `tokens` when every column stands at `level`, or none if they do not suffice.
fn left_at(columns: &[Column], level: u128, tokens: u128) -> Option<u128> {
    columns.iter().try_fold(tokens, |left, column| {
        left.checked_sub(column.needed_for(level))
    })
}
