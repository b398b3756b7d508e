//! A plan in the making: what every validator would hold after the moves so far, and what is left
//! of budgets, slots and entries.

use std::collections::BTreeMap;

use super::{
    drift::surplus,
    stand::{Crowd, Stand},
    Limits, Move, MoveKind, PlanInput, Reason,
};
use crate::{error::AllocationError, group::Groups, math::add, order::sort_by_address};

/// A plan in the making.
pub(super) struct Work<'a> {
    /// By ascending operator address.
    pub stands: Vec<Stand<'a>>,
    /// In the order of the input: group g is pool g + 1.
    pub crowds: Vec<Crowd>,
    pub groups: &'a Groups,
    pub limits: Limits,
    pub quality_left: u128,
    pub emergency_left: u128,
    /// Live and planned, by places among the stands.
    entries: BTreeMap<(usize, usize), u32>,
    /// Sources and destinations are places among the stands.
    pub moves: Vec<Move>,
}

impl<'a> Work<'a> {
    pub(super) fn new(input: &PlanInput<'a>) -> Result<Self, AllocationError> {
        let all = input.seats.len();
        if !input.groups.fit(all) {
            return Err(AllocationError::GroupsMismatch { seats: all });
        }
        let mut sum: u128 = 0;
        let mut highest: u128 = 0;
        let mut stands = Vec::with_capacity(all);
        for (index, seat) in input.seats.iter().enumerate() {
            sum = add(sum, seat.held)?;
            highest = highest.max(seat.external);
            let locked = seat.pinned_until.is_some_and(|until| until > input.now);
            stands.push(Stand {
                index,
                seat,
                held: seat.held,
                pinned: locked,
                locked,
                has_slot: seat.unbonding_entries < input.limits.max_entries,
                draws: input.groups.draws_of(index),
            });
        }
        // No level of any allocation is higher.
        add(highest, sum)?;
        sort_by_address(&mut stands, |stand| &stand.seat.validator)?;

        let held: Vec<_> = input.seats.iter().map(|seat| seat.held).collect();
        let crowds = input.groups.list().iter().map(|group| Crowd {
            cap: group.cap_floor(input.total),
            held: group.sum(&held),
        });
        let mut places = vec![0; all];
        for (place, stand) in stands.iter().enumerate() {
            if let Some(entry) = places.get_mut(stand.index) {
                *entry = place;
            }
        }
        let mut entries = BTreeMap::new();
        for live in input.live {
            let place = |seat: usize| {
                let unknown = AllocationError::UnknownSeat { seat, seats: all };
                places.get(seat).copied().ok_or(unknown)
            };
            let pair = (place(live.source)?, place(live.destination)?);
            let known: &mut u32 = entries.entry(pair).or_default();
            // Saturates: full is full.
            *known = known.saturating_add(live.entries);
        }
        Ok(Self {
            crowds: crowds.collect(),
            stands,
            groups: input.groups,
            limits: input.limits,
            quality_left: input.limits.quality_budget,
            emergency_left: input.limits.emergency_budget,
            entries,
            moves: vec![],
        })
    }

    pub(super) fn is_full(&self, source: usize, destination: usize) -> bool {
        let known = self.entries.get(&(source, destination));
        known.copied().unwrap_or_default() >= self.limits.max_entries
    }

    /// Whether a source may have been given a part that it cannot pass on: a pair has no entry
    /// left, or stake still has to leave.
    fn is_hindered(&self) -> bool {
        let mut entries = self.entries.values();
        entries.any(|entries| *entries >= self.limits.max_entries)
            || self
                .stands
                .iter()
                .any(|stand| stand.departure().is_some() && stand.held > 0)
    }

    /// Those whom such a source may have kept from their part, by place.
    pub(super) fn hindered(&self) -> Vec<usize> {
        let stands = self.stands.iter().enumerate();
        let sources = stands.filter(|(_, stand)| surplus(stand, stand.held) > 0);
        sources
            .filter(|_| self.is_hindered())
            .map(|(place, _)| place)
            .collect()
    }

    /// Whether another message fits into the call.
    pub(super) fn has_move_left(&self) -> bool {
        self.moves.len() < self.limits.max_moves
    }

    /// What is left of the budget that pays for this.
    pub(super) fn budget_left(&self, reason: Reason) -> u128 {
        match reason {
            Reason::Quality => self.quality_left,
            Reason::Leaving(_) | Reason::AboveCap => self.emergency_left,
        }
    }

    /// Whether the validator, or a group that it is in, is above its cap after the moves so far.
    pub(super) fn is_above_cap(&self, stand: &Stand<'_>) -> bool {
        stand.held > stand.seat.cap || stand.is_in_crowd_above_cap(&self.crowds)
    }

    /// The groups when the stands hold `held`.
    pub(super) fn crowds_at(&self, held: &[u128]) -> Vec<Crowd> {
        let mut by_seat = vec![0; held.len()];
        for (stand, held) in self.stands.iter().zip(held) {
            if let Some(entry) = by_seat.get_mut(stand.index) {
                *entry = *held;
            }
        }
        let groups = self.groups.list().iter().zip(&self.crowds);
        groups
            .map(|(group, crowd)| Crowd {
                cap: crowd.cap,
                held: group.sum(&by_seat),
            })
            .collect()
    }

    /// How much can move from one to the other without a group passing its cap by it.
    pub(super) fn group_room(&self, source: &Stand<'_>, destination: &Stand<'_>) -> u128 {
        let shared: Vec<_> = source.groups().collect();
        destination
            .groups()
            .filter(|group| !shared.contains(group))
            .filter_map(|group| self.crowds.get(group))
            .fold(u128::MAX, |room, crowd| room.min(crowd.room()))
    }

    /// The move among those planned that this one can join, so that it costs no message and no
    /// entry. It would come earlier then, so its destination may be in no group without the source:
    /// the room there may have been made in between.
    fn same(&mut self, wanted: &Move) -> Option<&mut Move> {
        if let MoveKind::Redelegate { destination } = wanted.kind {
            let pair = self
                .stands
                .get(wanted.source)
                .zip(self.stands.get(destination));
            let (source, destination) = pair?;
            if self.group_room(source, destination) < u128::MAX {
                return None;
            }
        }
        self.moves.iter_mut().find(|known| {
            (known.kind, known.source, known.reason) == (wanted.kind, wanted.source, wanted.reason)
        })
    }

    /// Plans a move, unless no message or entry is left for it.
    pub(super) fn push(&mut self, wanted: Move) -> bool {
        let Move {
            kind,
            source,
            tokens,
            reason,
        } = wanted;
        if let Some(known) = self.same(&wanted) {
            // Cannot saturate: both are parts of what the source held.
            known.tokens = known.tokens.saturating_add(tokens);
        } else {
            if !self.has_move_left() {
                return false;
            }
            if let MoveKind::Redelegate { destination } = kind {
                if self.is_full(source, destination) {
                    return false;
                }
                let entries = self.entries.entry((source, destination)).or_default();
                *entries = entries.saturating_add(1);
            }
            self.moves.push(wanted);
        }
        match reason {
            // Cannot saturate, here and below: nobody is asked for more than there is.
            Reason::Quality => self.quality_left = self.quality_left.saturating_sub(tokens),
            Reason::Leaving(_) | Reason::AboveCap => {
                self.emergency_left = self.emergency_left.saturating_sub(tokens);
            }
        }
        self.change(source, |held| held.saturating_sub(tokens));
        if let MoveKind::Redelegate { destination } = kind {
            self.change(destination, |held| held.saturating_add(tokens));
            if let Some(stand) = self.stands.get_mut(destination) {
                stand.pinned = true;
            }
        }
        true
    }

    fn change(&mut self, place: usize, change: impl Fn(u128) -> u128) {
        if let Some(stand) = self.stands.get_mut(place) {
            stand.held = change(stand.held);
            for group in stand.groups() {
                if let Some(crowd) = self.crowds.get_mut(group) {
                    crowd.held = change(crowd.held);
                }
            }
        }
    }

    pub(super) fn moves_in_input_order(&self) -> Vec<Move> {
        let index = |place: usize| self.stands.get(place).map_or(place, |stand| stand.index);
        self.moves
            .iter()
            .map(|planned| Move {
                source: index(planned.source),
                kind: match planned.kind {
                    MoveKind::Redelegate { destination } => MoveKind::Redelegate {
                        destination: index(destination),
                    },
                    MoveKind::Undelegate => MoveKind::Undelegate,
                },
                ..*planned
            })
            .collect()
    }
}
