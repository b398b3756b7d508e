//! Times as people read them, in UTC.

use defenders_types::DAY;

/// `1700000000` -> `2023-11-14T22:13:20Z`.
pub fn tell_time(seconds: u64) -> String {
    let (days, rest) = (seconds / DAY, seconds % DAY);
    let (hours, minutes, seconds) = (rest / 3_600, rest / 60 % 60, rest % 60);
    let (year, month, day) = compute_date(days);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
}

/// To the minute, for tables: `2023-11-14T22:13Z`.
pub fn tell_minute(seconds: u64) -> String {
    let time = tell_time(seconds);
    // years have four digits for as long as anybody asks
    time.get(..16)
        .map_or(time.clone(), |minute| format!("{minute}Z"))
}

/// Of days since 1970. Years of 400 repeat; each is counted from March, so that the leap day is its last.
// 2^64 seconds are fewer days than any of these sums overflow by, and each difference is of a part of what it is taken from
#[allow(clippy::arithmetic_side_effects)]
fn compute_date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = match from_march < 10 {
        true => from_march + 3,
        false => from_march - 9,
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_end_in_z() {
        for (seconds, told) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_700_000_000, "2023-11-14T22:13:20Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(tell_time(seconds), told);
        }
        assert_eq!(tell_minute(1_700_000_000), "2023-11-14T22:13Z");
    }
}
