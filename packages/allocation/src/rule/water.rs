//! Raising the lowest: the exact result of handing out tokens one unit at a time, found by jumping
//! from one event to the next instead of unit by unit.
//!
//! A column of level k takes its next unit "at k". One unit at a time to the lowest column, ties
//! to the lower address, hands units out in ascending (k, address), so all columns that rise stand
//! at one level. Between two events (a column joins, a column is full, a pool runs dry) they rise
//! together, and a jump is as exact as its units. Where a pool cannot pay one unit for each of its
//! rising columns, that one level is handed out by address, unit by unit: who finds a dry pool
//! stops for good, because pools never fill again.

use crate::gather::Gather;
use std::iter;

use crate::{error::AllocationError, math::add, order::sort_by_key};

/// What several columns draw from.
pub(crate) struct Pool {
    /// Tokens left in it.
    pub left: u128,
    /// How many of its columns rise.
    rising: u128,
}

impl Pool {
    pub(crate) fn new(left: u128) -> Self {
        Self { left, rising: 0 }
    }

    /// The tokens to hand out, then the headroom of each group.
    pub(crate) fn of(tokens: u128, groups: impl IntoIterator<Item = u128>) -> Vec<Self> {
        iter::once(tokens).chain(groups).map(Self::new).gather()
    }

    /// How far it can pay for all of its columns that rise. No limit when none does.
    fn reach(&self) -> u128 {
        self.left.checked_div(self.rising).unwrap_or(u128::MAX)
    }
}

/// What is raised. Columns stand in ascending operator address.
pub(crate) struct Column<'a> {
    /// Where it stands before.
    pub level: u128,
    /// How many tokens it may take.
    pub headroom: u128,
    /// The pools that each of its units is taken from, by index.
    pub pools: &'a [usize],
    /// How many it was given.
    pub given: u128,
}

impl<'a> Column<'a> {
    pub(crate) fn new(level: u128, headroom: u128, pools: &'a [usize]) -> Self {
        Self {
            level,
            headroom,
            pools,
            given: 0,
        }
    }

    /// The level at which it has all that it may take.
    fn full(&self) -> u128 {
        // Cannot saturate: `raise_lowest` has checked that it does not.
        self.level.saturating_add(self.headroom)
    }

    /// Whether all its pools can pay another unit.
    fn is_paid(&self, pools: &[Pool]) -> bool {
        self.pools
            .iter()
            .all(|index| pools.get(*index).is_some_and(|pool| pool.left > 0))
    }

    /// Joins the rising ones.
    fn join(&self, pools: &mut [Pool]) {
        // Cannot saturate: there are no more columns than 64 bits can count.
        self.each_pool(pools, |pool| pool.rising = pool.rising.saturating_add(1));
    }

    /// Stops rising at `level`, for good.
    fn stop(&mut self, level: u128, pools: &mut [Pool]) {
        // Neither can saturate: it rose from its own level, and was counted when it joined.
        self.given = level.saturating_sub(self.level);
        self.each_pool(pools, |pool| pool.rising = pool.rising.saturating_sub(1));
    }

    fn each_pool(&self, pools: &mut [Pool], change: impl Fn(&mut Pool)) {
        for index in self.pools {
            if let Some(pool) = pools.get_mut(*index) {
                change(pool);
            }
        }
    }
}

/// Hands out what the pools hold, one unit at a time to the lowest column with headroom whose pools
/// all have a unit left, ties to the earlier one. The first pool holds the tokens themselves, and
/// all columns draw from it.
pub(crate) fn raise_lowest(
    columns: &mut [Column<'_>],
    pools: &mut [Pool],
) -> Result<(), AllocationError> {
    let tokens = pools.first().map_or(0, |pool| pool.left);
    for column in columns.iter_mut() {
        // With more headroom than tokens, the tokens end first.
        column.headroom = column.headroom.min(tokens);
        add(column.level, column.headroom)?;
    }

    let mut waiting: Vec<usize> = (0..columns.len()).gather();
    waiting.retain(|index| {
        columns
            .get(*index)
            .is_some_and(|column| column.headroom > 0)
    });
    // Stable, so those of one level stay in their order.
    sort_by_key(&mut waiting, |index| columns.get(*index).map(|it| it.level));
    let mut waiting = waiting.into_iter().peekable();
    // In their order.
    let mut rising: Vec<usize> = vec![];
    let mut level = 0;
    // The lowest level at which one of the rising is full.
    let mut full = u128::MAX;
    loop {
        let is_used_up = pools.first().map_or(true, |pool| pool.left == 0);
        if is_used_up {
            // Nobody joins, and those who rise stay where they are.
            stop_where(columns, &mut rising, pools, level, |_| true);
            return Ok(());
        }
        let joins = waiting.peek().and_then(|index| columns.get(*index));
        let next = match joins {
            Some(column) => column.level.min(full),
            None if rising.is_empty() => return Ok(()),
            None => full,
        };
        // Cannot saturate: no event is passed.
        let gap = next.saturating_sub(level);
        let step = pools.iter().map(Pool::reach).fold(gap, u128::min);
        if step > 0 {
            for pool in pools.iter_mut() {
                // Cannot saturate: the step is within the pool's reach.
                let paid = step.saturating_mul(pool.rising);
                pool.left = pool.left.saturating_sub(paid);
            }
            level = level.saturating_add(step);
        } else if gap > 0 {
            hand_out_one_level(columns, &mut rising, pools, level);
            level = level.saturating_add(1);
            full = lowest_full(columns, &rising);
        }
        if full == level {
            stop_where(columns, &mut rising, pools, level, |column| {
                column.full() == level
            });
            full = lowest_full(columns, &rising);
        }
        while let Some(index) = waiting.next_if(|index| {
            let column = columns.get(*index);
            column.is_some_and(|column| column.level == level)
        }) {
            let Some(column) = columns.get_mut(index) else {
                continue;
            };
            if column.is_paid(pools) {
                column.join(pools);
                full = full.min(column.full());
                let place = rising.partition_point(|other| *other < index);
                rising.insert(place, index);
            }
        }
    }
}

fn lowest_full(columns: &[Column<'_>], rising: &[usize]) -> u128 {
    let rising = rising.iter().filter_map(|index| columns.get(*index));
    rising.map(Column::full).min().unwrap_or(u128::MAX)
}

/// Those of the rising for which this holds stop at `level`, for good.
fn stop_where(
    columns: &mut [Column<'_>],
    rising: &mut Vec<usize>,
    pools: &mut [Pool],
    level: u128,
    stops: impl Fn(&Column<'_>) -> bool,
) {
    rising.retain(|index| match columns.get_mut(*index) {
        Some(column) if stops(column) => {
            column.stop(level, pools);
            false
        }
        column => column.is_some(),
    });
}

/// The units of one level, in their order. Who is not paid stops here.
fn hand_out_one_level(
    columns: &mut [Column<'_>],
    rising: &mut Vec<usize>,
    pools: &mut [Pool],
    level: u128,
) {
    rising.retain(|index| match columns.get_mut(*index) {
        Some(column) if column.is_paid(pools) => {
            // Cannot saturate: all have a unit left.
            column.each_pool(pools, |pool| pool.left = pool.left.saturating_sub(1));
            true
        }
        Some(column) => {
            column.stop(level, pools);
            false
        }
        None => false,
    });
}
