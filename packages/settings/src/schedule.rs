//! All changes that wait.

use crate::error::SettingsError;
pub use crate::limits::MOST_PENDING;
use crate::pending::{Canceller, Pending, Subject};
use crate::table::SettingName;

/// All changes that wait, oldest first. Nothing waits twice: a setting, a validator's listing and the code
/// have one change each at most, and a later one takes the place of the earlier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The number of the next change.
    pub next_id: u64,
    /// What waits.
    pub pending: Vec<Pending>,
}

/// A change that something else has taken the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// Its number.
    pub id: u64,
    /// Whether nothing is left of it; otherwise it still lists other validators.
    pub is_gone: bool,
}

impl Schedule {
    /// Lets a change wait from now on, in the place of earlier ones about the same, and forgets what has
    /// expired. Returns the numbers of what was taken out; the new change is the last one.
    ///
    /// # Errors
    /// [`SettingsError::TooManyPending`]; then nothing has changed.
    pub fn schedule(
        &mut self,
        subject: Subject,
        now: u64,
        exit_delay: u64,
    ) -> Result<Vec<TakenOut>, SettingsError> {
        let mut after = self.clone();
        let mut taken_out = after.forget_expired(now, exit_delay);
        taken_out.extend(after.take_out(&subject));
        if after.pending.len() >= MOST_PENDING {
            return Err(SettingsError::TooManyPending);
        }
        let id = after.next_id;
        after.next_id = id.saturating_add(1);
        after.pending.push(Pending {
            id,
            subject,
            scheduled_at: now,
            exit_delay,
        });
        *self = after;
        Ok(taken_out)
    }

    /// Takes a change that is due out of the list, to be applied.
    ///
    /// # Errors
    /// [`SettingsError::NotPending`], [`SettingsError::NotDue`], [`SettingsError::Expired`].
    pub fn take_due(
        &mut self,
        id: u64,
        now: u64,
        exit_delay: u64,
    ) -> Result<Pending, SettingsError> {
        self.find(id)?.ensure_may_apply(now, exit_delay)?;
        self.remove(id)
    }

    /// Cancels a change, expired or not.
    ///
    /// # Errors
    /// [`SettingsError::NotPending`], [`SettingsError::OwnReplacement`].
    pub fn cancel(&mut self, id: u64, canceller: Canceller) -> Result<Pending, SettingsError> {
        self.find(id)?.ensure_may_cancel(canceller)?;
        self.remove(id)
    }

    /// What was tightened at once is not loosened by what waited before: takes out all changes about it. Who
    /// names no attester also cancels a change of the source, which could name one.
    pub fn cancel_for_tightening(&mut self, subject: &Subject) -> Vec<TakenOut> {
        let mut taken_out = self.take_out(subject);
        if *subject == Subject::Setting(SettingName::Attester) {
            taken_out.extend(self.take_out(&Subject::Setting(SettingName::PowerSource)));
        }
        taken_out
    }

    /// Takes out what expired; who applies or shows changes need not.
    pub fn forget_expired(&mut self, now: u64, exit_delay: u64) -> Vec<TakenOut> {
        let mut taken_out = vec![];
        self.pending.retain(|pending| {
            let is_gone = pending.is_expired(now, exit_delay);
            if is_gone {
                let id = pending.id;
                taken_out.push(TakenOut { id, is_gone });
            }
            !is_gone
        });
        taken_out
    }

    /// The change of this number.
    ///
    /// # Errors
    /// [`SettingsError::NotPending`].
    pub fn find(&self, id: u64) -> Result<&Pending, SettingsError> {
        let found = self.pending.iter().find(|pending| pending.id == id);
        found.ok_or(SettingsError::NotPending { id })
    }

    fn remove(&mut self, id: u64) -> Result<Pending, SettingsError> {
        let found = self.pending.iter().position(|pending| pending.id == id);
        let index = found.ok_or(SettingsError::NotPending { id })?;
        Ok(self.pending.remove(index))
    }

    fn take_out(&mut self, subject: &Subject) -> Vec<TakenOut> {
        let mut taken_out = vec![];
        let pending = std::mem::take(&mut self.pending);
        for mut change in pending {
            let id = change.id;
            let before = change.subject.clone();
            match change.subject.without(subject) {
                None => taken_out.push(TakenOut { id, is_gone: true }),
                Some(left) => {
                    if left != before {
                        taken_out.push(TakenOut { id, is_gone: false });
                    }
                    change.subject = left;
                    self.pending.push(change);
                }
            }
        }
        taken_out
    }
}
