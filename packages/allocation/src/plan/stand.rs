//! A validator and a group in the making: what they would hold after the moves so far.

use super::{Departure, PlanSeat, Stance};

/// A validator in the making. Its place among its like is by address.
pub(super) struct Stand<'a> {
    /// Its place in the input.
    pub index: usize,
    pub seat: &'a PlanSeat,
    /// What the vault would hold after the moves so far.
    pub held: u128,
    /// A redelegation into it is live or planned.
    pub pinned: bool,
    /// The chain would refuse a redelegation away from it.
    pub locked: bool,
    /// It can take another unbonding entry.
    pub has_slot: bool,
    /// What its units are taken from: the tokens, then its groups, as pools of [`crate::water`].
    pub draws: &'a [usize],
}

impl<'a> Stand<'a> {
    pub(super) fn departure(&self) -> Option<Departure> {
        match self.seat.stance {
            Stance::Leaving(departure) => Some(departure),
            Stance::Staying | Stance::Waiting => None,
        }
    }

    pub(super) fn is_staying(&self) -> bool {
        self.seat.stance == Stance::Staying
    }

    /// e_i + `held`, which `Work::new` has added up for the largest amount possible.
    pub(super) fn level(&self, held: u128) -> u128 {
        self.seat.external.saturating_add(held)
    }

    /// The groups it is in: the pools that it draws from, but for the tokens.
    pub(super) fn groups(&self) -> impl Iterator<Item = usize> + 'a {
        self.draws.iter().filter_map(|pool| pool.checked_sub(1))
    }

    pub(super) fn is_in_crowd_above_cap(&self, crowds: &[Crowd]) -> bool {
        self.groups()
            .filter_map(|group| crowds.get(group))
            .any(|crowd| crowd.held > crowd.cap)
    }
}

/// A group in the making.
pub(super) struct Crowd {
    /// floor(kappa x T).
    pub cap: u128,
    /// What its members hold after the moves so far.
    pub held: u128,
}

impl Crowd {
    /// What it may still take: nothing when it is above its cap.
    pub(super) fn room(&self) -> u128 {
        self.cap.saturating_sub(self.held)
    }
}
