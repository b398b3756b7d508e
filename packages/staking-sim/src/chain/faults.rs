//! Ordered refusals, and the first failure of the chain itself.

use cosmwasm_std::Storage;

use super::Chain;
use crate::error::Outcome;
use crate::faults::{self, MessageKind};
use crate::store::HALT;

impl Chain {
    /// From now on this validator refuses such messages with this code of `staking` (of
    /// `distribution` for withdrawals); with none, with `codespace: undefined, code: 1`.
    pub fn refuse(&mut self, validator: &str, kind: MessageKind, code: Option<u32>) {
        self.record(|storage| faults::refuse(storage, validator, kind, code));
    }

    /// Ends such a refusal.
    pub fn accept(&mut self, validator: &str, kind: MessageKind) {
        faults::accept(self.app.storage_mut(), validator, kind);
    }

    /// Switches all raw queries off, or on again as far as the profile has them.
    pub fn refuse_queries(&mut self, refused: bool) {
        self.record(|storage| faults::set_queries_refused(storage, refused));
    }

    /// Switches one raw query path off, or on again.
    pub fn refuse_query_path(&mut self, path: &str, refused: bool) {
        self.record(|storage| faults::set_path_refused(storage, path, refused));
    }

    /// Switches one raw query path off, or on again, for questions about one operator or consensus
    /// address.
    pub fn refuse_query_about(&mut self, path: &str, subject: &str, refused: bool) {
        self.record(|storage| faults::set_subject_refused(storage, path, subject, refused));
    }

    /// Why the chain would have halted: the first error outside of any message. A test that
    /// finds one has found a fault of this model.
    pub fn halted(&self) -> Option<String> {
        HALT.may_load(self.app.storage()).ok().flatten()
    }

    /// Runs a write that can only fail if the storage is broken.
    pub(super) fn record(&mut self, write: impl FnOnce(&mut dyn Storage) -> Outcome<()>) {
        let done = write(self.app.storage_mut());
        self.note(done);
    }

    /// Keeps the first error.
    pub(super) fn note(&mut self, done: Outcome<()>) {
        if let (Err(error), None) = (done, self.halted()) {
            // a string is always serializable
            let _ = HALT.save(self.app.storage_mut(), &format!("{error:?}"));
        }
    }
}
