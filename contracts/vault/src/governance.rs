//! What changes wait for, and what is done with those that no longer do.

use cosmwasm_std::Storage;
use defenders_settings::{Facts, Schedule, Settings, TakenOut};
use defenders_types::FeePolicy;

use crate::call::View;
use crate::error::ContractError;
use crate::exit_delay::query_exit_delay;
use crate::state::changes::{CONTENTS, SCHEDULE};
use crate::state::Config;
use crate::store::StoreError;

/// What a change is judged by.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn query_facts(view: &View) -> Result<Facts, Box<ContractError>> {
    Ok(Facts {
        has_depositors: view.book.has_begun,
        placed: view.valuation().tokens_to_allocate()?.u128(),
        now: view.now(),
        exit_delay: query_exit_delay(view)?,
    })
}

/// All that waits.
///
/// # Errors
/// When storage is damaged.
pub fn load_schedule(storage: &dyn Storage) -> Result<Schedule, Box<StoreError>> {
    Ok(SCHEDULE.may_load(storage)?.unwrap_or_default())
}

/// Forgets what changes carried of which nothing is left.
pub fn forget(storage: &mut dyn Storage, taken_out: &[TakenOut]) {
    for gone in taken_out.iter().filter(|taken_out| taken_out.is_gone) {
        CONTENTS.remove(storage, gone.id);
    }
}

/// As the table of settings knows them.
#[must_use]
pub fn settings_of(config: &Config) -> Settings {
    Settings {
        policy: config.policy.clone(),
        fee: FeePolicy {
            recipient: config.fee_recipient.to_string(),
            performance_fee_rate: config.performance_fee_rate,
            keeper_bounty_share: config.keeper_bounty_share,
        },
        parameters: config.parameters.clone(),
        power_source: config.power_source.clone(),
        guardian: config.guardian.as_ref().map(ToString::to_string),
        exit_slack: config.exit_slack,
    }
}
