//! A keeper: asks which jobs are due and ticks, block after block, until none is.

use crate::chain::Outcome;
use crate::suite::Suite;
use crate::units::{BLOCK, DAY};

/// Ticks in a row after which a keeper loses patience.
const PATIENCE: usize = 400;

impl Suite {
    /// Whether the vault says that some job is due.
    pub fn is_any_due(&self) -> bool {
        self.jobs().iter().any(|state| state.due)
    }

    /// Ticks while anything is due; what each tick did.
    pub fn keep(&mut self) -> Vec<Outcome> {
        let mut outcomes = vec![];
        loop {
            self.advance(BLOCK);
            if !self.is_any_due() {
                return outcomes;
            }
            let due = self.jobs();
            assert!(outcomes.len() < PATIENCE, "jobs stay due: {due:#?}");
            let outcome = self.try_tick(None);
            outcomes.push(outcome.unwrap_or_else(|refusal| panic!("{refusal:?} while {due:#?}")));
        }
    }

    /// Keeps the vault once a day for some days.
    pub fn keep_for_days(&mut self, days: u64) -> Vec<Outcome> {
        let mut outcomes = vec![];
        for _ in 0..days {
            self.advance(DAY);
            outcomes.extend(self.keep());
        }
        outcomes
    }
}
