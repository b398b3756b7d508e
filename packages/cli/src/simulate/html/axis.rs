//! Axes of whole numbers: where values stand, and which are written beside them.

use cosmwasm_std::Uint128;

/// Most steps between the values that are written.
const MOST_STEPS: u128 = 5;

/// From the lowest to the highest value written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    low: u128,
    high: u128,
    step: u128,
}

impl Axis {
    /// Round values around all from `low` to `high`.
    pub fn around(low: u128, high: u128) -> Self {
        let span = high.saturating_sub(low).max(1);
        let step = compute_step(span);
        let low = low / step * step;
        let steps = high.saturating_sub(low).div_ceil(step).max(1);
        Self {
            low,
            high: low.saturating_add(steps.saturating_mul(step)),
            step,
        }
    }

    /// Just from `low` to `high`, with round values between.
    pub fn exactly(low: u128, high: u128) -> Self {
        let high = high.max(low.saturating_add(1));
        Self {
            low,
            high,
            step: compute_step(high - low),
        }
    }

    /// The values that are written.
    pub fn ticks(&self) -> Vec<u128> {
        let first = self.low.div_ceil(self.step);
        let last = self.high / self.step;
        (first..=last).map(|number| number * self.step).collect()
    }

    /// Where a value stands of so many, rounded down; outside it stands at the end.
    pub fn place(&self, value: u128, of: u128) -> u128 {
        let value = value.clamp(self.low, self.high) - self.low;
        Uint128::new(of)
            .multiply_ratio(value, self.high - self.low)
            .u128()
    }
}

/// The least of 1, 2, 5, 10, 20, … that needs few steps.
fn compute_step(span: u128) -> u128 {
    let mut ten = 1u128;
    loop {
        for digit in [1, 2, 5] {
            let step = ten.saturating_mul(digit);
            if span.div_ceil(step) <= MOST_STEPS {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_written_are_round_and_few() {
        assert_eq!(Axis::around(0, 175).ticks(), [0, 50, 100, 150, 200]);
        assert_eq!(Axis::exactly(0, 175).ticks(), [0, 50, 100, 150]);
        assert_eq!(
            Axis::around(1_000_000, 1_013_372).ticks(),
            [1_000_000, 1_005_000, 1_010_000, 1_015_000]
        );
        assert_eq!(Axis::around(0, 0).ticks(), [0, 1]);
        assert_eq!(Axis::exactly(1, 60).ticks(), [20, 40, 60]);
        assert!(Axis::around(0, u128::MAX).ticks().len() < 8);
    }

    #[test]
    fn values_stand_where_they_belong() {
        let axis = Axis::around(100, 200);
        assert_eq!(axis.place(100, 1_000), 0);
        assert_eq!(axis.place(150, 1_000), 500);
        assert_eq!(axis.place(200, 1_000), 1_000);
        assert_eq!(axis.place(7, 1_000), 0);
        assert_eq!(axis.place(u128::MAX, 1_000), 1_000);
        let huge = Axis::around(0, 10u128.pow(33));
        assert_eq!(huge.place(5 * 10u128.pow(32), 1_000), 500);
    }
}
