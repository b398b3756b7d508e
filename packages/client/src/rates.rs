//! How the rate has changed.

use cosmwasm_std::Decimal;
use defenders_types::{DAY, RateSample};
use serde::Serialize;

/// A change of the rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RateChange {
    /// Over how many days.
    pub days: u64,
    /// When the earlier rate was written, seconds; null when there is none so old.
    pub since: Option<u64>,
    /// Tokens of a share then.
    pub tokens_per_share: Option<Decimal>,
    /// The rate now over that, less 1, with its sign.
    pub change: Option<String>,
}

/// From the latest sample that is so many days old, or older.
pub fn compute_change(rate: Decimal, samples: &[RateSample], now: u64, days: u64) -> RateChange {
    let until = now.saturating_sub(days.saturating_mul(DAY));
    let earlier = samples.iter().rev().find(|sample| sample.time <= until);
    RateChange {
        days,
        since: earlier.map(|sample| sample.time),
        tokens_per_share: earlier.map(|sample| sample.tokens_per_share),
        change: earlier.and_then(|sample| signed_change(rate, sample.tokens_per_share)),
    }
}

/// From the oldest sample that there is; None where there is none.
pub fn compute_whole_change(rate: Decimal, samples: &[RateSample], now: u64) -> Option<RateChange> {
    let first = samples.first()?;
    let days = now.saturating_sub(first.time).checked_div(DAY)?;
    Some(RateChange {
        days,
        since: Some(first.time),
        tokens_per_share: Some(first.tokens_per_share),
        change: signed_change(rate, first.tokens_per_share),
    })
}

/// Rounded down, towards nothing.
fn signed_change(now: Decimal, then: Decimal) -> Option<String> {
    let ratio = |part: Decimal| part.checked_div(then).ok();
    Some(match now.checked_sub(then) {
        Ok(more) => ratio(more)?.to_string(),
        Err(_) => format!("-{}", ratio(then.saturating_sub(now))?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(day: u64, rate: &str) -> RateSample {
        RateSample {
            time: day * DAY,
            tokens_per_share: rate.parse().unwrap(),
        }
    }

    #[test]
    fn changes_go_from_the_latest_sample_that_is_old_enough() {
        let samples = [sample(1, "1"), sample(24, "1.6"), sample(26, "1.9")];
        let now = 31 * DAY;
        let change = |days| compute_change("2".parse().unwrap(), &samples, now, days);
        let week = change(7);
        assert_eq!(week.since, Some(24 * DAY));
        assert_eq!(week.change.as_deref(), Some("0.25"));
        assert_eq!(change(30).change.as_deref(), Some("1"));
        let younger = change(31);
        assert_eq!((younger.since, younger.change), (None, None));
    }

    #[test]
    fn the_whole_change_goes_from_the_first_sample_over_whole_days() {
        let samples = [sample(3, "1.6"), sample(4, "1.7")];
        let rate = "2".parse().unwrap();
        let whole = compute_whole_change(rate, &samples, 9 * DAY - 1).unwrap();
        assert_eq!((whole.days, whole.since), (5, Some(3 * DAY)));
        assert_eq!(whole.change.as_deref(), Some("0.25"));
        assert_eq!(compute_whole_change(rate, &[], 9 * DAY), None);
    }

    #[test]
    fn a_fall_has_its_sign() {
        let samples = [sample(1, "2")];
        let change = compute_change("1.5".parse().unwrap(), &samples, 9 * DAY, 7);
        assert_eq!(change.change.as_deref(), Some("-0.25"));
    }
}
