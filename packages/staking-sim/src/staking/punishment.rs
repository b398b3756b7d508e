//! What an infraction takes, and from which entries.

use cosmwasm_std::Uint128;

use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::Outcome;
use crate::store::UnbondingEntry;

/// A punishment: what was done when, and how much of it is taken.
#[derive(Clone, Copy)]
pub(crate) struct Punishment {
    /// Entries begun before this height did not take part.
    pub infraction_height: u64,
    /// Part to take.
    pub fraction: Dec18,
}

impl Punishment {
    /// Whether stake that left at `creation_height` was there at the infraction.
    pub fn reaches(&self, creation_height: u64) -> bool {
        creation_height >= self.infraction_height
    }

    /// `fraction` of `initial`, truncated.
    pub fn compute_share_floor(&self, initial: Uint128) -> Outcome<Uint128> {
        Ok(self.fraction.mul_int(initial)?.to_int_floor()?)
    }
}

/// Whether an unbonding entry answers for the infraction.
pub(super) fn is_liable(entry: &UnbondingEntry, env: &Env<'_>, punishment: Punishment) -> bool {
    punishment.reaches(entry.creation_height) && !entry.is_mature(env.block.time)
}

/// Takes up to `share` from the entry; returns what was taken.
pub(super) fn take(entry: &mut UnbondingEntry, share: Uint128) -> Outcome<Uint128> {
    let taken = share.min(entry.balance);
    entry.balance = entry.balance.checked_sub(taken)?;
    Ok(taken)
}
