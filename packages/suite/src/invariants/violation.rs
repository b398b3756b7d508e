//! What an invariant says of a step: what it compared, or what did not hold.

use std::fmt::{Debug, Display, Formatter};

/// Comparisons of one invariant, all of which held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The invariant's number.
    pub number: u8,
    /// Comparisons made.
    pub comparisons: u64,
}

/// An invariant that does not hold.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's number.
    pub number: u8,
    /// What was compared, with its numbers.
    pub text: String,
}

impl Checked {
    /// Nothing yet of this invariant.
    pub fn begin(number: u8) -> Self {
        Self {
            number,
            comparisons: 0,
        }
    }

    /// One comparison; `text` tells its numbers if it does not hold.
    pub fn ensure(&mut self, holds: bool, text: impl FnOnce() -> String) -> Result<(), Violation> {
        self.comparisons += 1;
        match holds {
            true => Ok(()),
            false => Err(Violation {
                number: self.number,
                text: text(),
            }),
        }
    }

    /// `found` must be `expected`.
    pub fn ensure_equal<T: PartialEq + Debug>(
        &mut self,
        what: &str,
        found: T,
        expected: T,
    ) -> Result<(), Violation> {
        let holds = found == expected;
        self.ensure(holds, || {
            format!("{what}: found {found:?}, expected {expected:?}")
        })
    }
}

impl Display for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "invariant {}: {}", self.number, self.text)
    }
}

/// As `Display`, so that a test that unwraps it fails with its text.
impl Debug for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        Display::fmt(self, f)
    }
}

impl std::error::Error for Violation {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_counted_up_to_the_one_that_does_not_hold() {
        let mut checked = Checked::begin(3);
        assert_eq!(checked.ensure(true, String::new), Ok(()));
        assert_eq!(checked.ensure_equal("units", 1, 1), Ok(()));
        assert_eq!(checked.comparisons, 2);
        let violation = checked.ensure_equal("units", 1, 2).unwrap_err();
        assert_eq!(
            format!("{violation:?}"),
            "invariant 3: units: found 1, expected 2"
        );
    }
}
