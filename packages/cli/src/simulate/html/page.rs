//! What all parts of the page are made from.

use crate::simulate::daily::Days;
use crate::simulate::report::Report;
use crate::terminal::{Labels, Screen, Unit};

/// Most letters of an amount in a table, before a larger unit is taken.
const MOST_LETTERS: usize = 7;
/// The same beside an axis.
const MOST_BESIDE_AXIS: usize = 5;

/// What all parts of the page are made from.
pub struct Page<'a> {
    /// The numbers.
    pub report: &'a Report,
    /// The days.
    pub days: &'a Days,
    /// Names of validators.
    pub labels: Labels,
    /// Where sentences are told.
    pub screen: &'a Screen,
}

impl Page<'_> {
    /// The unit in which amounts up to the `largest` fit a table.
    pub fn unit(&self, largest: u128) -> Unit {
        self.short_unit(largest, MOST_LETTERS)
    }

    /// The unit in which amounts up to the `largest` fit beside an axis.
    pub fn axis_unit(&self, largest: u128) -> Unit {
        self.short_unit(largest, MOST_BESIDE_AXIS)
    }

    fn short_unit(&self, largest: u128, letters: usize) -> Unit {
        let mut unit = self.screen.unit.clone();
        while unit.show(largest).chars().count() > letters
            && let Some(larger) = unit.larger()
        {
            unit = larger;
        }
        unit
    }
}
