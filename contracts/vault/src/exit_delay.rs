//! How long it takes at most until everyone who asks today is out.

use defenders_types::DAY;

use crate::call::View;
use crate::error::ContractError;
use crate::jobs::submit::query_batch_period;

/// What is added so that nobody has to hurry, seconds.
const EXIT_SLACK: u64 = 7 * DAY;

/// Longest unbonding time seen + 2 batch periods in force + 7 days, seconds.
///
/// # Errors
/// When storage is damaged.
pub fn query_exit_delay(view: &View) -> Result<u64, ContractError> {
    let batches = query_batch_period(view)?.saturating_mul(2);
    Ok(view
        .book
        .unbonding_time
        .saturating_add(batches)
        .saturating_add(EXIT_SLACK))
}
