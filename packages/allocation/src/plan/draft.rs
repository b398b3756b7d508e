//! A validator and a group in the making: what the vault would have there after the moves so far.

use super::input::PlanRow;
use crate::validator::{Departure, Standing};

/// A validator in the making. Its index among its like is by address.
pub(super) struct ValidatorDraft<'a> {
    /// Its index in the input.
    pub input_index: usize,
    pub row: &'a PlanRow,
    /// What the vault would have on it after the moves so far.
    pub delegated: u128,
    /// A redelegation into it is live or planned.
    pub has_redelegation_in: bool,
    /// The chain would refuse a redelegation away from it.
    pub redelegation_locked: bool,
    /// It can take another unbonding entry.
    pub has_entry: bool,
    /// What its units are taken from: the tokens, then its groups, as pools of
    /// [`crate::rule::water`].
    pub draws: &'a [usize],
}

impl<'a> ValidatorDraft<'a> {
    pub(super) fn departure(&self) -> Option<Departure> {
        self.row.validator.departure()
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.row.validator.standing == Standing::Waiting
    }

    /// e_i + `delegated`, which `PlanDraft::new` has added up for the largest amount possible.
    pub(super) fn level(&self, delegated: u128) -> u128 {
        self.row.validator.external.saturating_add(delegated)
    }

    /// What should leave the validator when the vault has `delegated` there.
    pub(super) fn surplus(&self, delegated: u128) -> u128 {
        match self.row.validator.standing {
            Standing::Leaving(_) => delegated,
            Standing::Waiting => 0,
            // Saturates: who is below the target has no surplus.
            Standing::Eligible => delegated.saturating_sub(self.row.target),
        }
    }

    /// What should come to the validator when the vault has `delegated` there.
    pub(super) fn deficit(&self, delegated: u128) -> u128 {
        match self.row.validator.standing {
            Standing::Leaving(_) | Standing::Waiting => 0,
            // Saturates: who is above the target has no deficit.
            Standing::Eligible => self.row.target.saturating_sub(delegated),
        }
    }

    /// What is above the maximum that its operator wants when the vault has `delegated` there.
    pub(super) fn above_own_max(&self, delegated: u128) -> u128 {
        match self.row.validator.limits.own_max {
            Some(own_max) if self.row.validator.is_eligible() => {
                // Saturates: who is below it has nothing above it.
                delegated.saturating_sub(own_max.max(self.row.target))
            }
            _ => 0,
        }
    }

    /// What leaves for a cap that is exceeded: down to the target, but no further than to the cap
    /// where the rest leaves for the operator's own maximum.
    pub(super) fn above_cap(&self, delegated: u128, groups: &[GroupDraft]) -> u128 {
        let surplus = self.surplus(delegated);
        if self.above_own_max(delegated) == 0 || self.is_in_group_above_cap(groups) {
            return surplus;
        }
        surplus.min(delegated.saturating_sub(self.row.cap_without_own_max))
    }

    /// From where a redelegation into it is live, or was just refused, nothing can be redelegated. The
    /// last shares of an unbonded validator cannot be either: it would be deleted within the message,
    /// which older chains refuse. Who is jailed for long is unbonded as well.
    pub(super) fn must_undelegate(&self) -> bool {
        let is_out = self.departure().is_some_and(Departure::is_by_chain);
        self.redelegation_locked
            || self.row.validator.locks.redelegation_refused
            || (is_out && self.row.validator.external == 0)
    }

    /// The groups it is in: the pools that it draws from, but for the tokens.
    pub(super) fn groups(&self) -> impl Iterator<Item = usize> + 'a {
        self.draws.iter().filter_map(|pool| pool.checked_sub(1))
    }

    /// Whether it, or a group that it is in, is above its cap when the vault has `delegated` there. The
    /// operator's own maximum is none of these.
    pub(super) fn is_above_cap(&self, delegated: u128, groups: &[GroupDraft]) -> bool {
        delegated > self.row.cap_without_own_max || self.is_in_group_above_cap(groups)
    }

    fn is_in_group_above_cap(&self, groups: &[GroupDraft]) -> bool {
        self.groups()
            .filter_map(|group| groups.get(group))
            .any(|group| group.delegated > group.cap)
    }
}

/// A group in the making.
pub(super) struct GroupDraft {
    /// floor(kappa x W).
    pub cap: u128,
    /// What the vault has on its members after the moves so far.
    pub delegated: u128,
}

impl GroupDraft {
    /// What it may still take: nothing when it is above its cap.
    pub(super) fn headroom(&self) -> u128 {
        self.cap.saturating_sub(self.delegated)
    }
}
