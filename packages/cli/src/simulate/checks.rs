//! Counts what is checked after every call, and tells what does not hold.

use defenders_suite::invariants::{Checked, Violation};
use defenders_suite::snapshot::Snapshot;

use super::flows::Flows;
use crate::notice;

/// How many comparisons were made, and how many did not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Comparisons made.
    pub checked: u64,
    /// Those that did not hold.
    pub violated: u64,
}

impl Checks {
    /// Adds what the invariants say of one call, whose name is for messages.
    pub fn add(&mut self, call: &str, found: Vec<Result<Checked, Violation>>) {
        for found in found {
            match found {
                Ok(checked) => self.checked += checked.comparisons,
                Err(violation) => self.violate(call, &violation.to_string()),
            }
        }
    }

    /// What went in, less what went out and was lost, is what is there: the equation of the
    /// report. What awaits settlement has arrived for entries that still count at face value.
    pub fn check_flows(&mut self, call: &str, flows: &Flows, moment: &Snapshot) {
        let totals = &moment.totals;
        let not_in_the_price = totals.marked_down + totals.locked_profit;
        let holdings = totals.total_assets + not_in_the_price + totals.unbonding + totals.claimable;
        if flows.explains(holdings.u128()) {
            self.checked += 1;
        } else {
            let expected = flows.expected_holdings();
            let text = format!("flows: holdings {holdings}, by the flows {expected}");
            self.violate(call, &text);
        }
    }

    fn violate(&mut self, call: &str, text: &str) {
        self.checked += 1;
        self.violated += 1;
        notice::violated(&format!("{text}, after {call}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violation_is_one_check_more_that_did_not_hold() {
        let mut checks = Checks::default();
        let checked = Checked {
            number: 1,
            comparisons: 4,
        };
        let violation = Violation {
            number: 2,
            text: "sum of balances: found 1, expected 2".into(),
        };
        checks.add("deposit", vec![Ok(checked), Err(violation)]);
        let (checked, violated) = (5, 1);
        assert_eq!(checks, Checks { checked, violated });
    }
}
