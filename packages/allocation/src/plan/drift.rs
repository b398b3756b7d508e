//! Who is how far from where it should be, and who may therefore give or take.

use super::{stand::Stand, work::Work};

/// What should leave the validator when it holds `held`.
pub(super) fn surplus(stand: &Stand<'_>, held: u128) -> u128 {
    if stand.departure().is_some() {
        return held;
    }
    if !stand.is_staying() {
        return 0;
    }
    // Saturates: who is below the target has no surplus.
    held.saturating_sub(stand.seat.target)
}

/// What should come to the validator when it holds `held`.
pub(super) fn deficit(stand: &Stand<'_>, held: u128) -> u128 {
    if !stand.is_staying() {
        return 0;
    }
    // Saturates: who is above the target has no deficit.
    stand.seat.target.saturating_sub(held)
}

/// Whether a drift is large enough to be mended.
pub(super) fn counts(work: &Work<'_>, drift: u128) -> bool {
    drift > 0 && drift >= work.limits.dead_band
}
