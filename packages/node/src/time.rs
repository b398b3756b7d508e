//! This machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970 by this machine's clock; 0 before.
pub fn read_clock() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs())
}
