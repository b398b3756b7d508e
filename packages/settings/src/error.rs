//! What is refused, with the numbers and what to do.

use thiserror::Error;

use crate::limits::MOST_PENDING;

/// Errors of settings and scheduled changes.
#[derive(Error, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// No setting has this name.
    #[error("no setting is named {name}")]
    UnknownSetting {
        /// As proposed.
        name: String,
    },
    /// The value is not of the setting's unit.
    #[error("{name} must be {expected}, got {value}")]
    NotAValue {
        /// The setting.
        name: &'static str,
        /// What it takes.
        expected: &'static str,
        /// As proposed.
        value: String,
    },
    /// The value is outside of the hard bounds.
    #[error("{name} must be between {least} and {most}, got {value}")]
    OutOfBounds {
        /// The setting.
        name: &'static str,
        /// The least.
        least: String,
        /// The most.
        most: String,
        /// The value.
        value: String,
    },
    /// The setting cannot be left out.
    #[error("{name} must have a value")]
    MustBeSet {
        /// The setting.
        name: &'static str,
    },
    /// The setting is fixed at the instantiation.
    #[error("{name} is fixed at the instantiation")]
    Fixed {
        /// The setting.
        name: &'static str,
    },
    /// Only the source `attested` has an attester.
    #[error("the power source {power_source} has no attester: change power_source first")]
    NoAttester {
        /// The source.
        power_source: &'static str,
    },
    /// The seed could not make one delegation.
    #[error("min_delegation must be at most the seed of {seed}, got {value}")]
    AboveSeed {
        /// The seed.
        seed: u128,
        /// The value.
        value: u128,
    },
    /// It would leave too much idle.
    #[error("min_delegation may be changed to at most {most}, 0.01 % of what is placed or what it is now, got {value}")]
    MinDelegationTooHigh {
        /// The most.
        most: u128,
        /// The value.
        value: u128,
    },
    /// So many changes are scheduled already.
    #[error("{} changes are scheduled already: cancel or apply one", MOST_PENDING)]
    TooManyPending,
    /// No change of this number is scheduled.
    #[error("no change {id} is scheduled: it was applied or cancelled, or never was")]
    NotPending {
        /// The number.
        id: u64,
    },
    /// It must wait longer.
    #[error("change {id} may be applied from {due_at} on, not at {now}")]
    NotDue {
        /// The change.
        id: u64,
        /// From when on.
        due_at: u64,
        /// The block's time.
        now: u64,
    },
    /// It was not applied in time.
    #[error("change {id} was to be applied before {expires_at}: schedule it again")]
    Expired {
        /// The change.
        id: u64,
        /// When it went.
        expires_at: u64,
    },
    /// The guardian would keep its place.
    #[error("change {id} is about the guardian: only the owner may cancel it")]
    OwnReplacement {
        /// The change.
        id: u64,
    },
}
