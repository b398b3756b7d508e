//! How long it takes at most until everyone who asks today is out.

use crate::call::View;
use crate::error::ContractError;
use crate::jobs::submit::query_batch_period;

/// Longest unbonding time seen + 2 batch periods in force + the slack of the settings, seconds.
///
/// # Errors
/// When storage is damaged.
pub fn query_exit_delay(view: &View) -> Result<u64, Box<ContractError>> {
    let batches = query_batch_period(view)?.saturating_mul(2);
    Ok(view
        .book
        .unbonding_time
        .saturating_add(batches)
        .saturating_add(view.config.exit_slack))
}
