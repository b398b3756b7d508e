//! What a stolen owner key can do before everyone who asks on the first day is out.

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::EPOCH;

use crate::settings::Settings;

/// What a stolen owner key can do before the last depositor who asks on the first day is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorstCase {
    /// Nothing is loosened, listed or upgraded before, seconds.
    pub exit_delay: u64,
    /// Epochs that begin or run in that time, at most.
    pub epochs: u64,
    /// Most that the owner's acts move in an epoch, as a share of the vault.
    pub moved_per_epoch: Decimal,
    /// Most that they move in all of them: onto validators that were listed before and within caps, or idle.
    pub moved: Decimal,
}

/// (ceil(exit delay / epoch) + 1) x half of `turnover_emergency`, at most all of it; rounded up.
#[must_use]
pub fn compute_worst_case(settings: &Settings, exit_delay: u64) -> WorstCase {
    let epochs = exit_delay.div_ceil(EPOCH).saturating_add(1);
    let budget = settings.parameters.turnover_emergency.atomics().u128();
    let per_epoch = budget.div_ceil(2);
    let moved = per_epoch.saturating_mul(epochs.into());
    let share = |atomics: u128| Decimal::new(Uint128::new(atomics)).min(Decimal::one());
    WorstCase {
        exit_delay,
        epochs,
        moved_per_epoch: share(per_epoch),
        moved: share(moved),
    }
}
