//! What has moved between validators, by what the events say.

use cosmwasm_std::Event;
use defenders_types::{EPOCH, MoveBudget, MoveReason};

use super::step::Step;
use crate::event::{number, text, value};

/// Tokens that have moved in an epoch, by what the events say.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// floor(time / 5 days).
    pub epoch: u64,
    /// Total assets before or after the step of its first move, whichever are more. The vault synchronises
    /// in between, and counts by what it sees then: the chain's rounding may add a unit for each validator,
    /// and take one for each message afterwards.
    pub worth: u128,
    /// Toward targets, and for operators' own maxima.
    pub quality: u128,
    /// For leaving and caps.
    pub emergency: u128,
    /// Of these, for what the owner can bring about.
    pub by_owner: u128,
}

impl Moved {
    /// Adds what a step has moved.
    pub(super) fn add(&mut self, step: &Step) {
        let epoch = step.after.time.seconds() / EPOCH;
        for event in moves(step) {
            if self.epoch != epoch || self.worth == 0 {
                let totals = [&step.before.totals, &step.after.totals];
                let worth = totals.map(|totals| totals.total_assets.u128());
                let rounding = (step.before.validators.len() + moves(step).count()) as u128;
                *self = Self {
                    epoch,
                    worth: worth[0].max(worth[1]) + rounding,
                    ..Self::default()
                };
            }
            let tokens = number(event, "tokens");
            match reason(event).budget() {
                MoveBudget::Quality => self.quality += tokens,
                MoveBudget::Emergency => self.emergency += tokens,
                MoveBudget::EmergencyByOwner => {
                    self.emergency += tokens;
                    self.by_owner += tokens;
                }
            }
        }
    }
}

/// What has moved stake, or begun to unbond it to be delegated again.
pub(super) fn moves<'a>(step: &'a Step) -> impl Iterator<Item = &'a Event> {
    let unbonding = step.named("undelegated");
    let unbonding = unbonding.filter(|event| value(event, "reason").is_some());
    step.named("redelegated").chain(unbonding)
}

/// Why.
pub(super) fn reason(event: &Event) -> MoveReason {
    let name = text(event, "reason");
    let mut all = MoveReason::ALL.into_iter();
    all.find(|reason| reason.as_str() == name).unwrap()
}
