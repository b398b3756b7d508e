//! What all settings must keep together.

use defenders_types::Parameters;

use crate::bounds::{ensure_in_bounds, Moment};
use crate::error::SettingsError;
use crate::settings::Settings;
use crate::table::SettingName;

/// `min_delegation` may be changed to one part in so many of what is placed.
const PLACED_PER_MIN_DELEGATION: u128 = 10_000;

/// Settings that a vault may begin with: each within its founding bounds.
///
/// # Errors
/// Those of [`ensure_in_bounds`].
pub fn ensure_founding(settings: &Settings) -> Result<(), SettingsError> {
    for name in SettingName::ALL {
        ensure_in_bounds(*name, &settings.get(*name), Moment::Founding)?;
    }
    Ok(())
}

/// A minimum delegation that the seed can make, tokens.
///
/// # Errors
/// [`SettingsError::AboveSeed`].
pub fn ensure_above_min_delegation(
    parameters: &Parameters,
    seed: u128,
) -> Result<(), SettingsError> {
    let value = parameters.min_delegation.u128();
    match value <= seed {
        true => Ok(()),
        false => Err(SettingsError::AboveSeed { seed, value }),
    }
}

/// Settings that may follow `before`: what has changed is within the bounds of a change, all else within the
/// founding bounds. `placed` is T, the tokens that the target rule places.
///
/// # Errors
/// Those of [`ensure_in_bounds`], and [`SettingsError::MinDelegationTooHigh`].
pub fn ensure_changed(
    before: &Settings,
    after: &Settings,
    placed: u128,
) -> Result<(), SettingsError> {
    for name in SettingName::ALL {
        let value = after.get(*name);
        let moment = match value == before.get(*name) {
            true => Moment::Founding,
            false => Moment::Change,
        };
        ensure_in_bounds(*name, &value, moment)?;
    }
    let present = before.parameters.min_delegation.u128();
    let value = after.parameters.min_delegation.u128();
    let most = present.max(placed.wrapping_div(PLACED_PER_MIN_DELEGATION));
    match value <= most {
        true => Ok(()),
        false => Err(SettingsError::MinDelegationTooHigh { most, value }),
    }
}
