//! Stake that leaves a validator by undelegation, as it does where the chain refuses to redelegate it.

use defenders_types::Job;

use crate::chain::{Outcome, Refused};
use crate::suite::Suite;
use crate::units::DAY;

/// x/staking: the redelegation is refused for another one that is under way. Any refusal would do.
const CODE_TRANSITIVE_REDELEGATION: u32 = 33;
/// Ticks after which who waits loses patience.
const PATIENCE: usize = 200;

impl Suite {
    /// The chain refuses to redelegate from these validators, which are to be left, until the vault has
    /// undelegated all that it has there, a unit that the chain does not give aside; then it is healed.
    /// The ticks of `rebalance` that this took, the last of which undelegated. Nothing else is kept but
    /// where a budget is used up: then the vault waits for the next epoch as with a keeper a day.
    pub fn leave_by_undelegation(&mut self, validators: &[String]) -> Vec<Outcome> {
        for validator in validators {
            self.refuse_redelegations(validator);
        }
        let outcomes = self.leave(validators);
        self.heal();
        outcomes
    }

    /// Ticks `rebalance` until nothing is left on these validators, a unit that the chain does not give
    /// aside.
    pub fn leave(&mut self, validators: &[String]) -> Vec<Outcome> {
        let mut outcomes = vec![];
        while self.has_stake_on(validators) {
            assert!(outcomes.len() < PATIENCE, "stake stays on {validators:?}");
            outcomes.push(self.tick_rebalance_when_due());
        }
        outcomes
    }

    /// No redelegation from or to this validator is accepted, until `heal`. The others may be spoken of in
    /// refusals as well: one names its source.
    pub fn refuse_redelegations(&mut self, validator: &str) {
        self.refuse(validator, Refused::Redelegate, CODE_TRANSITIVE_REDELEGATION);
    }

    /// Waits until `rebalance` is due, and ticks it.
    pub fn tick_rebalance_when_due(&mut self) -> Outcome {
        for _ in 0..PATIENCE {
            let state = self.job(Job::Rebalance);
            if state.due {
                return self.tick(Job::Rebalance);
            }
            match state.next_at {
                Some(at) => self.advance(at - self.now()),
                None => {
                    self.advance(DAY);
                    while self.job(Job::Refresh).due {
                        self.tick(Job::Refresh);
                    }
                }
            }
        }
        panic!("nothing is to be moved: {:#?}", self.jobs());
    }

    fn has_stake_on(&self, validators: &[String]) -> bool {
        let mut infos = self.validator_infos().into_iter();
        infos.any(|info| validators.contains(&info.validator) && info.delegated.u128() > 1)
    }
}
