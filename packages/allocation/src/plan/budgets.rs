//! What is left of the budgets.

use super::{input::PlanLimits, moves::Reason};

/// What is left of the budgets.
#[derive(Clone, Copy)]
pub(super) struct Budgets {
    quality: u128,
    emergency: u128,
    owner: u128,
}

impl Budgets {
    pub(super) fn new(limits: &PlanLimits) -> Self {
        Self {
            quality: limits.quality_budget,
            emergency: limits.emergency_budget,
            owner: limits.owner_budget,
        }
    }

    /// What is left for this: where two budgets pay, the lesser.
    pub(super) fn left(&self, reason: Reason) -> u128 {
        match (reason.is_paid_by_quality(), reason.is_paid_by_owner()) {
            (true, _) => self.quality,
            (false, false) => self.emergency,
            (false, true) => self.emergency.min(self.owner),
        }
    }

    /// Takes from all that pay. Cannot saturate: nobody is asked for more than is left.
    pub(super) fn spend(&mut self, reason: Reason, tokens: u128) {
        self.change(reason, |left| left.saturating_sub(tokens));
    }

    /// Gives back what was spent.
    pub(super) fn restore(&mut self, reason: Reason, tokens: u128) {
        self.change(reason, |left| left.saturating_add(tokens));
    }

    fn change(&mut self, reason: Reason, change: impl Fn(u128) -> u128) {
        if reason.is_paid_by_quality() {
            self.quality = change(self.quality);
            return;
        }
        self.emergency = change(self.emergency);
        if reason.is_paid_by_owner() {
            self.owner = change(self.owner);
        }
    }
}
