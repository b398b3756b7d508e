//! What the vault has at, and knows of, each validator that is listed or holds stake.

use cosmwasm_std::Uint128;
use defenders_allocation::{Locks, DEFAULT_MAX_ENTRIES};

use crate::store::packed::packed;
use crate::store::Map;

/// Unbonding entries of a validator that withdrawals may use: one is kept for leaving it.
pub const ENTRIES_FOR_BATCHES: u32 = DEFAULT_MAX_ENTRIES.saturating_sub(1);

/// What the vault has at, and knows of, a validator that is listed or holds stake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Tokens delegated, by the book.
    pub delegated: Uint128,
    /// Its row among the powers.
    pub power_row: u16,
    /// Unbonding entries not surely paid.
    pub unbonding_entries: u32,
    /// The chain said that it takes no further entry.
    pub entries_full: bool,
    /// The chain refused to undelegate all that it displays: one unit stays.
    pub leave_one_unit: bool,
    /// Left alone until then, seconds.
    pub retry_at: u64,
    /// When an entry was last paid that had left no free one, seconds.
    pub entry_freed_at: u64,
    /// Cannot be a redelegation source until then, seconds.
    pub redelegation_locked_until: u64,
    /// The chain refused to redelegate from it: what leaves it next is undelegated.
    pub redelegation_refused: bool,
    /// Since when it has been leaving, seconds. `None`: listed.
    pub draining_since: Option<u64>,
}

/// By operator address. Written by jobs, deposits, their replies, whatever settles on its way, and the
/// owner's lists.
pub const HOLDINGS: Map<&str, Holding> = Map::new("holding");

packed! {
    Holding {
        delegated, power_row, unbonding_entries, entries_full, leave_one_unit, retry_at,
        entry_freed_at, redelegation_locked_until, redelegation_refused, draining_since,
    }
}

impl Holding {
    /// Whether it is left alone after a refusal.
    #[must_use]
    pub fn is_refusing(&self, now: u64) -> bool {
        self.locks().is_refusing(now)
    }

    /// What keeps the vault from acting on it, as `allocation` judges it.
    #[must_use]
    pub fn locks(&self) -> Locks {
        Locks {
            redelegation_locked_until: Some(self.redelegation_locked_until),
            unbonding_entries: self.unbonding_entries,
            entries_full: self.entries_full,
            redelegation_refused: self.redelegation_refused,
            retry_at: Some(self.retry_at),
        }
    }

    /// Since when it takes messages again, seconds; 0 when it always has.
    #[must_use]
    pub fn available_since(&self) -> u64 {
        self.retry_at.max(self.entry_freed_at)
    }

    /// Drained, and nothing is left of it: neither stake nor unbonding entries.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.draining_since.is_some() && self.delegated.is_zero() && self.unbonding_entries == 0
    }

    /// What can be undelegated at once, tokens.
    #[must_use]
    pub fn removable(&self) -> Uint128 {
        let kept = if self.leave_one_unit {
            Uint128::one()
        } else {
            Uint128::zero()
        };
        self.delegated.saturating_sub(kept)
    }

    /// Whether it takes an undelegation for a batch: one entry is kept for leaving it.
    #[must_use]
    pub fn has_entry_for_batch(&self) -> bool {
        self.locks().has_entry_for_withdrawal(DEFAULT_MAX_ENTRIES)
    }

    /// Whether it takes an undelegation that leaves it.
    #[must_use]
    pub fn has_entry_for_leaving(&self) -> bool {
        self.locks().has_entry_for_leaving(DEFAULT_MAX_ENTRIES)
    }
}
