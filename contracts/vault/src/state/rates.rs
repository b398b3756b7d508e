//! What a share was worth, one sample a day.

use cosmwasm_std::{Decimal, Storage};
use defenders_allocation::Gather;
use defenders_types::DAY;

use crate::store::packed::packed;
use crate::store::{Bound, Map, StoreError};

/// Days that are kept.
pub const DAYS_KEPT: u32 = 400;
/// Most samples that one write forgets: days without a sample leave gaps, so rather two than one.
const FORGOTTEN_PER_WRITE: usize = 2;

/// The rate of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateOfDay {
    /// When it was written, seconds.
    pub time: u64,
    /// total assets / total shares, rounded down.
    pub tokens_per_share: Decimal,
}

/// By day since 1970. Written by the day's first refresh or harvest.
pub const RATES: Map<u32, RateOfDay> = Map::new("rate");

packed! {
    RateOfDay { time, tokens_per_share }
}

/// Keeps the rate of the day, unless the day has one.
///
/// # Errors
/// When storage is damaged.
pub fn record(
    storage: &mut dyn Storage,
    now: u64,
    tokens_per_share: Decimal,
) -> Result<(), Box<StoreError>> {
    let today = day_of(now);
    if RATES.has(storage, today) {
        return Ok(());
    }
    let kept_from = today.saturating_sub(DAYS_KEPT.saturating_sub(1));
    let old = RATES.range(storage, None, Some(Bound::exclusive(kept_from)));
    let old: Vec<u32> = old
        .take(FORGOTTEN_PER_WRITE)
        .map(|row| row.map(|(day, _)| day))
        .gather_ok()?;
    for day in old {
        RATES.remove(storage, day);
    }
    let sample = RateOfDay {
        time: now,
        tokens_per_share,
    };
    RATES.save(storage, today, &sample);
    Ok(())
}

/// The samples after this time (seconds), oldest first.
///
/// # Errors
/// When storage is damaged.
pub fn page(
    storage: &dyn Storage,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<RateOfDay>, Box<StoreError>> {
    let first = start_after.map(|time| Bound::inclusive(day_of(time)));
    let rows = RATES.range(storage, first, None);
    let is_later = |sample: &RateOfDay| start_after.map_or(true, |after| sample.time > after);
    rows.map(|row| row.map(|(_, sample)| sample))
        .filter(|sample| sample.as_ref().map_or(true, is_later))
        .take(limit)
        .gather_ok()
}

fn day_of(time: u64) -> u32 {
    let day = time.checked_div(DAY).unwrap_or_default();
    u32::try_from(day).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    fn times(storage: &dyn Storage, start_after: Option<u64>, limit: usize) -> Vec<u64> {
        let samples = page(storage, start_after, limit).unwrap();
        samples.into_iter().map(|sample| sample.time).collect()
    }

    #[test]
    fn one_a_day_for_400_days() {
        let mut storage = MockStorage::new();
        for hour in 0..500 * 24 {
            record(&mut storage, hour * 3_600, Decimal::percent(hour)).unwrap();
        }
        let all = times(&storage, None, usize::MAX);
        assert_eq!(all.len(), 400);
        assert_eq!(all.first(), Some(&(100 * DAY)));
        assert_eq!(all.last(), Some(&(499 * DAY)));
        let after = times(&storage, Some(200 * DAY), 2);
        assert_eq!(after, [201 * DAY, 202 * DAY]);
        assert_eq!(times(&storage, Some(200 * DAY - 1), 1), [200 * DAY]);
    }

    #[test]
    fn what_is_older_goes_though_days_are_missing() {
        let mut storage = MockStorage::new();
        for day in 0..400 {
            record(&mut storage, day * DAY, Decimal::one()).unwrap();
        }
        for day in 1_000..1_200 {
            record(&mut storage, day * DAY + 7, Decimal::one()).unwrap();
        }
        let all = times(&storage, None, usize::MAX);
        assert_eq!(all.len(), 200);
        assert_eq!(all.first(), Some(&(1_000 * DAY + 7)));
    }
}
