//! Spending: the day's limit, and one transaction that is waited for.

use defenders_node::send::{Draft, Estimate, SendError};
use defenders_node::{Coin, read_clock};
use serde_json::json;

use super::bounty::paid_to;
use super::budget::Budget;
use super::keeper::Keeper;
use crate::monitor::names;
use crate::session::SessionError;

/// What became of a draft.
pub enum Sent {
    /// It is carried out.
    Done,
    /// Its day is over: the limit leaves no room.
    NoRoom,
    /// Only a trial was wanted.
    Trial,
}

impl Keeper<'_> {
    /// Takes the fee from the day's limit, sends, and waits until a block has it.
    pub(super) fn send(
        &mut self,
        draft: &Draft,
        estimate: &Estimate,
        job: &str,
    ) -> Result<Sent, SessionError> {
        let (fee, limit) = (&estimate.fee, self.limit);
        if fee.denom != limit.denom {
            return Err(SessionError::Impossible(format!(
                "fees are paid in {}, and the daily limit is {limit}: give both in the same denom",
                fee.denom
            )));
        }
        let mut budget = self.notes.budget;
        if !budget.take(fee.amount, limit.amount, read_clock()) {
            self.tell_no_room(job, fee);
            return Ok(Sent::NoRoom);
        }
        if self.args.send.dry_run {
            self.log.tell(
                "would_send",
                json!({"what": draft.what, "job": job, "fee": fee, "gas_limit": estimate.gas_limit}),
            );
            return Ok(Sent::Trial);
        }
        self.notes.budget = budget;
        self.save()?;
        let (fee, address) = (fee.clone(), self.sender.address().to_string());
        match self.sender.send(draft, estimate) {
            Ok(receipt) => {
                self.sender.forget()?;
                let included = receipt.included;
                let bounty = paid_to(&included.events, "bounty");
                let mut board = self.board.lock();
                board.count(&names::TRANSACTIONS, &[job, "done"], 1);
                board.count(&names::BOUNTY, &[&self.vault.config.denom], bounty);
                drop(board);
                self.log.tell(
                    "sent",
                    json!({"what": draft.what, "job": job, "hash": included.hash, "height": included.height,
                        "gas_used": included.gas_used, "fee": fee, "bounty": bounty.to_string(), "from": address}),
                );
                Ok(Sent::Done)
            }
            Err(error) => {
                let result = match &error {
                    SendError::Failed { .. } => "failed",
                    SendError::OutOfGas { .. } => "out_of_gas",
                    SendError::Waiting { .. } => "waiting",
                    _ => "not_included",
                };
                self.board
                    .lock()
                    .count(&names::TRANSACTIONS, &[job, result], 1);
                if matches!(error, SendError::Failed { .. } | SendError::OutOfGas { .. }) {
                    self.sender.forget()?;
                } else if is_surely_nowhere(&error) {
                    self.notes.budget.give_back(fee.amount);
                    self.save()?;
                }
                self.log.tell(
                    "not_sent",
                    json!({"what": draft.what, "job": job, "result": result, "reason": error.to_string()}),
                );
                Err(error.into())
            }
        }
    }

    /// Once a day: nothing changes until the next.
    fn tell_no_room(&mut self, job: &str, fee: &Coin) {
        let now = read_clock();
        if now < self.no_room_until {
            return;
        }
        let left = Budget::seconds_left(now);
        self.no_room_until = now.saturating_add(left);
        self.log.tell(
            "fee_limit",
            json!({"job": job, "fee": fee, "daily_fee_limit": self.limit,
                "today": self.notes.budget.taken(now).to_string(), "seconds_left": left}),
        );
    }

    pub(super) fn save(&self) -> Result<(), SessionError> {
        self.file.save(&self.notes)
    }
}

/// Whether it is certain that no block has it or will have it, so that it cost nothing.
fn is_surely_nowhere(error: &SendError) -> bool {
    matches!(
        error,
        SendError::RefusedAtDoor { .. } | SendError::Expired { .. } | SendError::Displaced { .. }
    )
}
