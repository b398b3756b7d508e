//! What fees may cost in a day.

use serde::{Deserialize, Serialize};

const DAY: u64 = 86_400;

/// Fees of a day by UTC, base units. What a transaction costs is taken before it is sent, so that a crash costs room
/// below the limit and never goes above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Days since 1970.
    day: u64,
    /// Taken on that day.
    #[serde(with = "text")]
    taken: u128,
}

impl Budget {
    /// Taken today.
    pub fn taken(&self, now: u64) -> u128 {
        match self.day == now / DAY {
            true => self.taken,
            false => 0,
        }
    }

    /// Takes a fee, where the limit leaves room for it; says whether it did. A clock that was set back gives nothing
    /// back: the later day counts on.
    #[must_use]
    pub fn take(&mut self, fee: u128, limit: u128, now: u64) -> bool {
        let today = now / DAY;
        if today > self.day {
            *self = Self {
                day: today,
                taken: 0,
            };
        }
        match self.taken.checked_add(fee) {
            Some(taken) if taken <= limit => {
                self.taken = taken;
                true
            }
            _ => false,
        }
    }

    /// Gives back what was taken for something that is certain never to be in a block.
    pub fn give_back(&mut self, fee: u128) {
        self.taken = self.taken.saturating_sub(fee);
    }

    /// Seconds until the next day.
    pub fn seconds_left(now: u64) -> u64 {
        DAY - now % DAY
    }
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&amount.to_string())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 20_000 * DAY + DAY / 2;

    #[test]
    fn fees_of_a_day_never_pass_the_limit() {
        let mut budget = Budget::default();
        assert!(budget.take(60, 100, NOON));
        assert!(!budget.take(41, 100, NOON + 1));
        assert!(budget.take(40, 100, NOON + 2));
        assert!(!budget.take(1, 100, NOON + DAY / 2 - 1));
        assert_eq!(budget.taken(NOON), 100);
        assert!(!budget.take(u128::MAX, u128::MAX, NOON));
    }

    #[test]
    fn a_new_day_begins_with_nothing_taken() {
        let mut budget = Budget::default();
        assert!(budget.take(100, 100, NOON));
        let next = NOON + Budget::seconds_left(NOON);
        assert_eq!(budget.taken(next), 0);
        assert!(!budget.take(1, 100, next - 1));
        assert!(budget.take(100, 100, next));
        // the clock is set back
        assert!(!budget.take(1, 100, NOON));
    }

    #[test]
    fn what_was_never_sent_is_given_back() {
        let mut budget = Budget::default();
        assert!(budget.take(100, 100, NOON));
        budget.give_back(100);
        assert!(budget.take(100, 100, NOON));
    }

    #[test]
    fn a_restart_remembers_what_was_taken_at_any_size() {
        let mut budget = Budget::default();
        assert!(budget.take(10u128.pow(24) + 1, u128::MAX, NOON));
        let text = serde_json::to_string(&budget).unwrap();
        assert!(text.contains("\"1000000000000000000000001\""), "{text}");
        assert_eq!(serde_json::from_str::<Budget>(&text).unwrap(), budget);
    }
}
