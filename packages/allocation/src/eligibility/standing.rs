//! Whether the vault stays with a validator, from how it stands and for how long.

use super::{exclusion::Exclusion, facts::Eligibility};
use crate::validator::Standing;

/// Three days in seconds: how long a validator may be jailed or out of the bonded set before it is left.
pub const ABSENCE_GRACE: u64 = 3 * 24 * 60 * 60;

/// What the vault does about a validator at `now` (seconds). Who is jailed or out of the bonded set is
/// left [`ABSENCE_GRACE`] after the first snapshot that shows it, who is tombstoned or left by the owner at
/// once; where the source of power cannot tell, a tombstoned one is jailed. While the last snapshot is
/// suspect (`is_suspect`, see [`crate::Review`]) nobody is left for what neither owner nor chain states.
pub fn compute_standing(eligibility: &Eligibility, now: u64, is_suspect: bool) -> Standing {
    let Some(exclusion) = eligibility.exclusion else {
        return Standing::Eligible;
    };
    // Saturates: a grace without end.
    let is_early = now < eligibility.since.saturating_add(ABSENCE_GRACE);
    let waits = match exclusion.is_stated() {
        true => exclusion.is_absent() && is_early,
        false => is_suspect,
    };
    match waits {
        true => Standing::Waiting,
        false => Standing::Leaving(Exclusion::departure(exclusion)),
    }
}
