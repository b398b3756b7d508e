//! The chain's times as text.

use serde_json::Value;

use crate::answer::malformed;
use crate::error::Outcome;

/// Unix seconds of `2025-01-01T00:00:00Z`; parts of a second are left out
/// (Hinnant, "chrono-compatible low-level date algorithms").
pub fn unix_seconds(time: &str) -> Outcome<i64> {
    compute_unix_seconds(time).ok_or_else(|| malformed("time", &Value::from(time)))
}

fn compute_unix_seconds(time: &str) -> Option<i64> {
    let part = |from: usize, to: usize| time.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(days * 86_400 + part(11, 13)? * 3_600 + part(14, 16)? * 60 + part(17, 19)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop on errors")]

    use super::*;

    #[test]
    fn times_are_read_across_leap_days() {
        // 2025-01-01 is 1 735 689 600; March, 306 days earlier, begins after the leap day
        let days_before = |days: i64| 1_735_689_600 - days * 86_400;
        let cases = [
            ("0001-01-01T00:00:00Z", -62_135_596_800), // Go's zero time
            ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T23:59:59Z", days_before(306) - 1),
            ("2024-03-01T00:00:00Z", days_before(306)),
            ("2025-01-01T00:00:06Z", days_before(0) + 6),
            ("2025-01-01T00:00:06.75Z", days_before(0) + 6),
        ];
        for (text, seconds) in cases {
            assert_eq!(unix_seconds(text).unwrap(), seconds, "{text}");
        }
        assert_eq!(
            unix_seconds("soon").unwrap_err().to_string(),
            "\"soon\" is no time"
        );
    }
}
