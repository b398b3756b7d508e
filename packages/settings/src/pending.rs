//! A change that waits.

use defenders_types::{OwnContract, DAY};

use crate::error::SettingsError;
use crate::table::SettingName;

/// A change is gone when nobody applied it so long after it was due, seconds.
pub const APPLY_WITHIN: u64 = 14 * DAY;

/// What a change is about. The change itself is kept under its number by whoever applies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A setting.
    Setting(SettingName),
    /// The listings of these validators.
    Listings(Vec<String>),
    /// The code of a contract.
    Upgrade(OwnContract),
}

/// A change that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number, never given twice.
    pub id: u64,
    /// What it is about.
    pub subject: Subject,
    /// When it was scheduled, seconds.
    pub scheduled_at: u64,
    /// The exit delay at that time, seconds.
    pub exit_delay: u64,
}

/// Who cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canceller {
    /// May cancel everything.
    Owner,
    /// May cancel everything but its own replacement.
    Guardian,
}

impl Pending {
    /// From when on it may be applied: when the exit delay is over, the longer of the one when it was
    /// scheduled and the present one.
    #[must_use]
    pub fn compute_due_at(&self, exit_delay_now: u64) -> u64 {
        let delay = self.exit_delay.max(exit_delay_now);
        self.scheduled_at.saturating_add(delay)
    }

    /// From when on it is gone.
    #[must_use]
    pub fn compute_expires_at(&self, exit_delay_now: u64) -> u64 {
        self.compute_due_at(exit_delay_now)
            .saturating_add(APPLY_WITHIN)
    }

    /// Whether it is gone.
    #[must_use]
    pub fn is_expired(&self, now: u64, exit_delay_now: u64) -> bool {
        now >= self.compute_expires_at(exit_delay_now)
    }

    /// It is due, and not gone.
    ///
    /// # Errors
    /// [`SettingsError::NotDue`], [`SettingsError::Expired`].
    pub fn ensure_may_apply(&self, now: u64, exit_delay_now: u64) -> Result<(), SettingsError> {
        let (id, due_at) = (self.id, self.compute_due_at(exit_delay_now));
        if now < due_at {
            return Err(SettingsError::NotDue { id, due_at, now });
        }
        let expires_at = self.compute_expires_at(exit_delay_now);
        match self.is_expired(now, exit_delay_now) {
            true => Err(SettingsError::Expired { id, expires_at }),
            false => Ok(()),
        }
    }

    /// The guardian cannot keep its own place.
    ///
    /// # Errors
    /// [`SettingsError::OwnReplacement`].
    pub fn ensure_may_cancel(&self, canceller: Canceller) -> Result<(), SettingsError> {
        let is_guardians = self.subject == Subject::Setting(SettingName::Guardian);
        match is_guardians && canceller == Canceller::Guardian {
            true => Err(SettingsError::OwnReplacement { id: self.id }),
            false => Ok(()),
        }
    }
}

impl Subject {
    /// Leaves what `other` is not about; `None` when nothing is left.
    pub(crate) fn without(self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Listings(mut validators), Self::Listings(others)) => {
                validators.retain(|validator| !others.contains(validator));
                (!validators.is_empty()).then_some(Self::Listings(validators))
            }
            (subject, other) => (subject != *other).then_some(subject),
        }
    }
}
