//! Raising the lowest: the exact result of handing out tokens one unit at a time, found by jumping
//! from one event to the next instead of unit by unit.
//!
//! A column of level k takes its next unit "at k". One unit at a time to the lowest column, ties
//! to the lower address, hands units out in ascending (k, address), so all columns that rise stand
//! at one level. Between two events (a column joins, a column is full, a pool runs dry) they rise
//! together, and a jump is as exact as its units. Where a pool cannot pay one unit for each of its
//! rising columns, that one level is handed out by address, unit by unit: who finds a dry pool
//! stops for good, because pools never fill again.

use std::iter;

use crate::{error::AllocationError, math::add};

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
        iter::once(tokens).chain(groups).map(Self::new).collect()
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
    state: State,
}

/// Where a column stands on its way up.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Below it, until the others reach it.
    Waiting,
    /// Until it stands at this level.
    Rising(u128),
    /// Full, or it found a pool dry.
    Stopped,
}

impl<'a> Column<'a> {
    pub(crate) fn new(level: u128, headroom: u128, pools: &'a [usize]) -> Self {
        Self {
            level,
            headroom,
            pools,
            given: 0,
            state: State::Waiting,
        }
    }

    /// The level at which it joins or is full.
    fn next_event(&self) -> Option<u128> {
        match self.state {
            State::Waiting => Some(self.level),
            State::Rising(full) => Some(full),
            State::Stopped => None,
        }
    }

    /// Whether all its pools can pay another unit.
    fn is_paid(&self, pools: &[Pool]) -> bool {
        self.pools
            .iter()
            .all(|index| pools.get(*index).is_some_and(|pool| pool.left > 0))
    }

    /// Joins the rising ones, unless there is nothing to take.
    fn join(&mut self, pools: &mut [Pool]) {
        self.state = State::Stopped;
        if self.headroom > 0 && self.is_paid(pools) {
            // Cannot saturate: `raise_lowest` has checked that it does not.
            self.state = State::Rising(self.level.saturating_add(self.headroom));
            // Cannot saturate: there are no more columns than 64 bits can count.
            self.each_pool(pools, |pool| pool.rising = pool.rising.saturating_add(1));
        }
    }

    /// Stops rising at `level`, for good.
    fn stop(&mut self, level: u128, pools: &mut [Pool]) {
        self.state = State::Stopped;
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

    let mut level = 0;
    while let Some(next) = columns.iter().filter_map(Column::next_event).min() {
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
            hand_out_one_level(columns, pools, level);
            level = level.saturating_add(1);
        }
        for column in columns.iter_mut() {
            if column.next_event() == Some(level) {
                match column.state {
                    State::Waiting => column.join(pools),
                    _ => column.stop(level, pools),
                }
            }
        }
    }
    Ok(())
}

/// The units of one level, by address. Who is not paid stops here.
fn hand_out_one_level(columns: &mut [Column<'_>], pools: &mut [Pool], level: u128) {
    for column in columns.iter_mut() {
        if !matches!(column.state, State::Rising(_)) {
            continue;
        }
        if column.is_paid(pools) {
            // Cannot saturate: all have a unit left.
            column.each_pool(pools, |pool| pool.left = pool.left.saturating_sub(1));
        } else {
            column.stop(level, pools);
        }
    }
}
