//! Ordered refusals, and the first failure of the chain itself.

use cosmwasm_std::{Addr, CosmosMsg, Storage};
use cw_multi_test::AppResponse;
use cw_multi_test::error::{AnyError, AnyResult};

use super::{Application, Chain};
use crate::error::{ChainError, Outcome};
use crate::faults::{self, MessageKind};
use crate::panics;
use crate::store::HALT;

impl<AppT: Application> Chain<AppT> {
    /// From now on this validator refuses such messages before all other checks. A contract's reply
    /// sees `codespace: <codespace>, code: <code>`, whichever module's code that is.
    pub fn refuse(&mut self, validator: &str, kind: MessageKind, codespace: &str, code: u32) {
        self.record(|storage| faults::refuse(storage, validator, kind, codespace, code));
    }

    /// Ends such a refusal.
    pub fn accept(&mut self, validator: &str, kind: MessageKind) {
        faults::accept(self.app.state_mut(), validator, kind);
    }

    /// From now on every touch of the delegations to this validator that exist now panics where the
    /// chain counts their rewards: delegate, undelegate, redelegate from or to there, cancel,
    /// withdraw, and the question for the rewards. Later first delegations are sound.
    pub fn panic_on_touch(&mut self, validator: &str) {
        let height = self.app.open_block().height;
        self.record(|storage| panics::order(storage, validator, height));
    }

    /// Ends such panics.
    pub fn stop_panics(&mut self, validator: &str) {
        panics::end(self.app.state_mut(), validator);
    }

    /// Runs a transaction of one message as a chain does: one that panics as ordered fails with
    /// [`ChainError::Panicked`] and changes nothing. Through the application itself the panic
    /// reaches the test.
    pub fn run_tx(&mut self, sender: &Addr, msg: CosmosMsg<AppT::ExecC>) -> AnyResult<AppResponse> {
        panics::recover(|| self.app.run(sender.clone(), msg)).unwrap_or_else(|reason| {
            let told = AnyError::msg(format!("recovered: {reason}: panic"));
            Err(told.context(ChainError::Panicked { reason }))
        })
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

    /// From now on `AllDelegations` answers contracts, falsely, that an account delegates nothing; or
    /// the truth again. Delegations themselves and all other questions are left alone.
    pub fn hide_delegations(&mut self, delegator: &Addr, hidden: bool) {
        self.record(|storage| faults::set_delegations_hidden(storage, delegator, hidden));
    }

    /// From now on a touch of a delegation keeps what it has earned for an explicit withdrawal or its own end, as
    /// Celestia does since version 4; or pays it again. What is kept already is paid by the next withdrawal.
    pub fn keep_rewards(&mut self, kept: bool) {
        self.record(|storage| faults::set_rewards_kept(storage, kept));
    }

    /// From now on undelegations are answered without their amount, as by Cosmos SDK before 0.48; or with
    /// it again.
    pub fn leave_amounts_out(&mut self, left_out: bool) {
        self.record(|storage| faults::set_amounts_left_out(storage, left_out));
    }

    /// From now on redelegations are answered without their completion time, as by no chain known; or
    /// with it again.
    pub fn leave_times_out(&mut self, left_out: bool) {
        self.record(|storage| faults::set_times_left_out(storage, left_out));
    }

    /// Why the chain would have halted: the first error outside of any message. A test that
    /// finds one has found a fault of this model.
    pub fn halted(&self) -> Option<String> {
        HALT.may_load(self.app.state()).ok().flatten()
    }

    /// Runs a write that can only fail if the storage is broken.
    pub(super) fn record(&mut self, write: impl FnOnce(&mut dyn Storage) -> Outcome<()>) {
        let done = write(self.app.state_mut());
        self.note(done);
    }

    /// Keeps the first error.
    pub(super) fn note(&mut self, done: Outcome<()>) {
        if let (Err(error), None) = (done, self.halted()) {
            // a string is always serializable
            let _ = HALT.save(self.app.state_mut(), &format!("{error:?}"));
        }
    }
}
