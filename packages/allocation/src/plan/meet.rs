//! How givers and takers meet: from the top to the bottom, as far as both go.

use std::{cmp::Reverse, iter};

use super::{
    drift::{deficit, surplus},
    share_out::Draft,
    stand::Crowd,
};
use crate::{
    error::AllocationError,
    water::{raise_lowest, Column, Pool, TOKENS},
};

/// Attempts of givers and takers to agree; without groups two suffice. After these, groups that free
/// room for each other in ever smaller steps are given up: what they have room for now must do, and
/// then two more suffice.
const MAX_MEETINGS: usize = 64;

impl Draft<'_> {
    /// The most that givers can give and takers take within the budget and the groups: what the
    /// givers give leaves room in their groups, so both are found together, from above.
    pub(super) fn meet(
        &self,
        givers: &[usize],
        takers: &[usize],
        budget: u128,
        only_if_evener: bool,
    ) -> Result<(Vec<u128>, Vec<u128>), AllocationError> {
        let mut tokens = budget;
        for attempt in 0..MAX_MEETINGS + 4 {
            let given = self.lower_highest(givers, tokens)?;
            let mut after = self.held.clone();
            if attempt < MAX_MEETINGS {
                for (place, part) in givers.iter().zip(&given) {
                    if let Some(held) = after.get_mut(*place) {
                        *held = held.saturating_sub(*part);
                    }
                }
            }
            let offered = sum(given.iter().copied());
            let (taken, unwanted) = self.raise(takers, offered, &after)?;
            let mut agreed = offered.saturating_sub(unwanted);
            if only_if_evener {
                agreed = agreed.min(self.evening(givers, &given, takers, &taken));
            }
            if agreed == tokens {
                return Ok((given, taken));
            }
            tokens = agreed;
        }
        Ok((vec![0; givers.len()], vec![0; takers.len()]))
    }

    /// Takers without half of those whose part is smaller than the minimum move: the highest first,
    /// of equal ones those not pinned. What they would have had goes to the others: otherwise a
    /// budget that is spread too thin would move nothing. The lowest remains to the end, because
    /// nobody can take more.
    pub(super) fn without_small_takers(&self, takers: &[usize], parts: &[u128]) -> Vec<usize> {
        self.without_crumbs(takers, parts, |place| {
            let pinned = self
                .work
                .stands
                .get(place)
                .is_some_and(|stand| stand.pinned);
            (Reverse(self.level(place)), pinned, Reverse(place))
        })
    }

    /// The same for givers, of whom the highest remains to the end.
    pub(super) fn without_small_givers(&self, givers: &[usize], parts: &[u128]) -> Vec<usize> {
        self.without_crumbs(givers, parts, |place| (self.level(place), Reverse(place)))
    }

    fn without_crumbs<K: Ord>(
        &self,
        places: &[usize],
        parts: &[u128],
        order: impl Fn(usize) -> K,
    ) -> Vec<usize> {
        let is_crumb = |part: u128| part > 0 && part < self.work.limits.min_move;
        let pairs = places.iter().copied().zip(parts.iter().copied());
        let crumbs = pairs.filter(|(_, part)| is_crumb(*part));
        let mut dropped: Vec<_> = crumbs.map(|(place, _)| place).collect();
        dropped.sort_by_key(|place| order(*place));
        dropped.truncate(dropped.len().div_ceil(2));
        let mut kept = places.to_vec();
        kept.retain(|place| !dropped.contains(place));
        kept
    }

    /// How many of the units make the chain more even: those that end, on their new validator, no
    /// higher than on the old one one unit less remains. For a level L, these are at least the
    /// units above L that are given, and those below L that are taken, whichever are fewer.
    fn evening(&self, givers: &[usize], given: &[u128], takers: &[usize], taken: &[u128]) -> u128 {
        let above = |level: u128| {
            sum(givers.iter().zip(given).map(|(place, part)| {
                let top = self.level(*place);
                top.saturating_sub(level).min(*part)
            }))
        };
        let below = |level: u128| {
            sum(takers.iter().zip(taken).map(|(place, part)| {
                let bottom = self.level(*place);
                level.saturating_sub(bottom).min(*part)
            }))
        };
        // The highest level where givers give no less than takers take, or the one above it.
        let (mut low, mut high) = (0, u128::MAX);
        while high.saturating_sub(low) > 1 {
            let middle = low.saturating_add(high.saturating_sub(low) / 2);
            if above(middle) >= below(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        below(low).max(above(high))
    }

    /// Takes `tokens` from the highest levels down, unit by unit, ties to the lower address, none
    /// below its target. Lowering the highest level is raising the lowest depth below the top.
    fn lower_highest(&self, places: &[usize], tokens: u128) -> Result<Vec<u128>, AllocationError> {
        let top = places.iter().map(|place| self.level(*place)).max();
        let top = top.unwrap_or_default();
        let mut columns: Vec<_> = places
            .iter()
            .map(|place| {
                let room = self.with(*place, surplus);
                Column::new(top.saturating_sub(self.level(*place)), room, TOKENS)
            })
            .collect();
        raise_lowest(&mut columns, &mut [Pool::new(tokens)])?;
        Ok(columns.into_iter().map(|column| column.given).collect())
    }

    /// Gives `tokens` to the lowest levels up, unit by unit, ties to the lower address, none above
    /// its target and no group above what it has room for when all hold `after`. Returns what each
    /// takes, and what nobody can.
    pub(super) fn raise(
        &self,
        places: &[usize],
        tokens: u128,
        after: &[u128],
    ) -> Result<(Vec<u128>, u128), AllocationError> {
        let crowds = self.work.crowds_at(after);
        let rooms = crowds.iter().map(Crowd::room);
        let mut pools: Vec<_> = iter::once(tokens).chain(rooms).map(Pool::new).collect();
        let mut columns = vec![];
        for place in places {
            if let Some(stand) = self.work.stands.get(*place) {
                let room = self.with(*place, deficit);
                columns.push(Column::new(self.level(*place), room, stand.draws));
            }
        }
        raise_lowest(&mut columns, &mut pools)?;
        let taken = columns.into_iter().map(|column| column.given).collect();
        Ok((taken, pools.first().map_or(0, |pool| pool.left)))
    }
}

/// Cannot saturate: parts of what is held.
pub(super) fn sum(parts: impl Iterator<Item = u128>) -> u128 {
    parts.fold(0, u128::saturating_add)
}
