//! Who gives and who takes how much, before it is decided who gives to whom. Three passes, each on
//! top of the one before: what leaves, what is above a cap, what is above its target.

use std::cmp::Reverse;

use super::{
    drift::{counts, deficit, surplus},
    meet::sum,
    stand::Stand,
    work::Work,
    Departure, Reason,
};
use crate::error::AllocationError;

/// What one validator gives.
pub(super) struct Give {
    /// Its place among the stands.
    pub place: usize,
    pub reason: Reason,
    /// To be redelegated.
    pub redelegate: u128,
    /// To be undelegated: the source is pinned, or nobody can take it.
    pub undelegate: u128,
}

/// What one validator takes.
pub(super) struct Take {
    pub place: usize,
    pub tokens: u128,
}

/// What passes share out that pay from one budget.
pub(super) struct Shares {
    /// Leaving in its order, others by address; no validator twice.
    pub gives: Vec<Give>,
    /// By address.
    pub takes: Vec<Take>,
}

impl Shares {
    /// Both as one, so that a taker can be filled by the givers of either: fewer moves.
    fn and(mut self, other: Self) -> Self {
        self.gives.extend(other.gives);
        for take in other.takes {
            match self
                .takes
                .binary_search_by_key(&take.place, |known| known.place)
            {
                Ok(found) => {
                    if let Some(known) = self.takes.get_mut(found) {
                        // Cannot saturate: nobody takes more than all that is held.
                        known.tokens = known.tokens.saturating_add(take.tokens);
                    }
                }
                Err(place) => self.takes.insert(place, take),
            }
        }
        self
    }
}

/// Those paid by the emergency budget, then those for quality. With `only`, nobody else gives, and
/// who has no redelegation entry left from there takes nothing.
pub(super) fn compute_shares(
    work: &Work<'_>,
    only: Option<usize>,
) -> Result<[Shares; 2], AllocationError> {
    let mut draft = Draft {
        work,
        only,
        held: work.stands.iter().map(|stand| stand.held).collect(),
        emergency_left: work.emergency_left,
    };
    let leaving = draft.share_out_leaving()?;
    let above_cap = draft.above_cap();
    let for_caps = draft.share_out_excess(Reason::AboveCap, &above_cap)?;
    // Who has come down to the caps may go on for quality.
    let above_cap = draft.above_cap();
    let for_quality = draft.share_out_excess(Reason::Quality, &above_cap)?;
    Ok([leaving.and(for_caps), for_quality])
}

/// The passes so far.
pub(super) struct Draft<'a> {
    pub work: &'a Work<'a>,
    only: Option<usize>,
    /// What every stand holds after them.
    pub held: Vec<u128>,
    emergency_left: u128,
}

impl<'a> Draft<'a> {
    /// Leaving validators are emptied one after the other: by departure, then from the top.
    fn share_out_leaving(&mut self) -> Result<Shares, AllocationError> {
        let mut leaving: Vec<_> = self.givers().collect();
        leaving.retain(|(_, stand, held)| stand.departure().is_some() && *held > 0);
        // Stable, so equal keys stay in the order of addresses.
        leaving.sort_by_key(|(_, stand, held)| {
            let level = Reverse(stand.level(*held));
            (stand.departure(), level)
        });
        let mut gives = vec![];
        for (place, stand, held) in leaving {
            let Some(departure) = stand.departure() else {
                continue;
            };
            let tokens = held.min(self.emergency_left);
            let by_undelegation = must_undelegate(stand);
            if tokens == 0 || (by_undelegation && !stand.has_slot) {
                continue;
            }
            self.emergency_left = self.emergency_left.saturating_sub(tokens);
            self.lower(place, tokens);
            gives.push(Give {
                place,
                reason: Reason::Leaving(departure),
                redelegate: if by_undelegation { 0 } else { tokens },
                undelegate: if by_undelegation { tokens } else { 0 },
            });
        }

        let moving = sum(gives.iter().map(|give| give.redelegate));
        let mut takers = self.takers(|drift| drift > 0);
        let (mut taken, mut homeless) = self.raise(&takers, moving, &self.held)?;
        // Fewer and larger parts, as long as they find room for as much.
        loop {
            let fewer = self.without_small_takers(&takers, &taken);
            let (parts, left) = self.raise(&fewer, moving, &self.held)?;
            if left > homeless || fewer.len() == takers.len() {
                break;
            }
            (takers, taken, homeless) = (fewer, parts, left);
        }
        let takes = self.take(&takers, taken);
        // The last to leave are the first to find no place.
        for give in gives.iter_mut().rev() {
            let part = give.redelegate.min(homeless);
            homeless = homeless.saturating_sub(part);
            give.redelegate = give.redelegate.saturating_sub(part);
            let has_slot = self.work.stands.get(give.place).is_some_and(|s| s.has_slot);
            if has_slot {
                give.undelegate = give.undelegate.saturating_add(part);
            } else {
                self.raise_back(give.place, part);
                self.emergency_left = self.emergency_left.saturating_add(part);
            }
        }
        Ok(Shares { gives, takes })
    }

    /// The highest of those above a cap, or of all others, are lowered toward their targets,
    /// and the lowest raised toward theirs.
    fn share_out_excess(
        &mut self,
        reason: Reason,
        above_cap: &[bool],
    ) -> Result<Shares, AllocationError> {
        let work = self.work;
        let is_quality = reason == Reason::Quality;
        let mut givers: Vec<_> = self
            .givers()
            .filter(|(place, stand, held)| {
                stand.is_staying()
                    && !stand.locked
                    && above_cap.get(*place) == Some(&!is_quality)
                    && counts(work, surplus(stand, *held))
                    && surplus(stand, *held) >= work.limits.min_move
            })
            .map(|(place, _, _)| place)
            .collect();
        let mut takers = self.takers(|drift| counts(work, drift) && drift >= work.limits.min_move);
        let budget = if is_quality {
            work.quality_left
        } else {
            self.emergency_left
        };

        let (given, taken) = loop {
            let (given, taken) = self.meet(&givers, &takers, budget, is_quality)?;
            let fewer_takers = self.without_small_takers(&takers, &taken);
            let fewer_givers = self.without_small_givers(&givers, &given);
            if fewer_takers.len() < takers.len() {
                takers = fewer_takers;
            } else if fewer_givers.len() < givers.len() {
                givers = fewer_givers;
            } else {
                break (given, taken);
            }
        };
        let mut gives = vec![];
        for (place, tokens) in givers.iter().zip(given) {
            self.lower(*place, tokens);
            if tokens > 0 {
                gives.push(Give {
                    place: *place,
                    reason,
                    redelegate: tokens,
                    undelegate: 0,
                });
            }
            if !is_quality {
                self.emergency_left = self.emergency_left.saturating_sub(tokens);
            }
        }
        let takes = self.take(&takers, taken);
        Ok(Shares { gives, takes })
    }

    /// For every stand, whether it, or a group that it is in, is above its cap after the passes so
    /// far.
    fn above_cap(&self) -> Vec<bool> {
        let crowds = self.work.crowds_at(&self.held);
        self.stands()
            .map(|(_, stand, held)| held > stand.seat.cap || stand.is_in_crowd_above_cap(&crowds))
            .collect()
    }

    fn stands(&self) -> impl Iterator<Item = (usize, &'a Stand<'a>, u128)> + '_ {
        let stands = self.work.stands.iter().zip(&self.held).enumerate();
        stands.map(|(place, (stand, held))| (place, stand, *held))
    }

    fn givers(&self) -> impl Iterator<Item = (usize, &'a Stand<'a>, u128)> + '_ {
        self.stands()
            .filter(|(place, _, _)| self.only.map_or(true, |only| only == *place))
    }

    fn takers(&self, is_wanted: impl Fn(u128) -> bool) -> Vec<usize> {
        let is_closed = |place| self.only.is_some_and(|only| self.work.is_full(only, place));
        self.stands()
            .filter(|(place, stand, held)| is_wanted(deficit(stand, *held)) && !is_closed(*place))
            .map(|(place, _, _)| place)
            .collect()
    }

    pub(super) fn with(&self, place: usize, of: impl Fn(&Stand<'_>, u128) -> u128) -> u128 {
        let pair = self.work.stands.get(place).zip(self.held.get(place));
        pair.map_or(0, |(stand, held)| of(stand, *held))
    }

    pub(super) fn level(&self, place: usize) -> u128 {
        self.with(place, |stand, held| stand.level(held))
    }

    fn lower(&mut self, place: usize, tokens: u128) {
        if let Some(held) = self.held.get_mut(place) {
            *held = held.saturating_sub(tokens);
        }
    }

    fn raise_back(&mut self, place: usize, tokens: u128) {
        if let Some(held) = self.held.get_mut(place) {
            *held = held.saturating_add(tokens);
        }
    }

    fn take(&mut self, places: &[usize], tokens: Vec<u128>) -> Vec<Take> {
        let mut takes = vec![];
        for (place, tokens) in places.iter().copied().zip(tokens) {
            self.raise_back(place, tokens);
            if tokens > 0 {
                takes.push(Take { place, tokens });
            }
        }
        takes
    }
}

/// A pinned source cannot be redelegated from. The last shares of an unbonded validator cannot
/// either: it would be deleted within the message, which older chains refuse.
pub(super) fn must_undelegate(stand: &Stand<'_>) -> bool {
    let unbonded = stand.departure() == Some(Departure::Unbonded);
    stand.locked || (unbonded && stand.seat.external == 0)
}
