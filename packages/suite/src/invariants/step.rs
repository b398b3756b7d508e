//! One step of a history: what was, what happened, what is.

use cosmwasm_std::Event;

use crate::chain::{Tx, TxResult};
use crate::event::number;
use crate::snapshot::Snapshot;
use crate::units::DENOM;

/// What changed since the vault was looked at last.
pub struct Step<'a> {
    /// The vault's address.
    pub vault: &'a str,
    /// Receives the fee.
    pub fee_recipient: &'a str,
    /// The end of the last step.
    pub before: &'a Snapshot,
    /// The end of this one.
    pub after: &'a Snapshot,
    /// The transactions of its block.
    pub txs: &'a [Tx],
    /// What became of them.
    pub results: &'a [TxResult],
    /// The vault's events, in order.
    pub events: &'a [Event],
}

impl Step<'_> {
    /// Tokens sent to the vault without a call.
    pub(super) fn donated(&self) -> u128 {
        let accepted = self.txs.iter().zip(self.results).filter(|(_, r)| r.is_ok());
        accepted
            .filter_map(|(tx, _)| match tx {
                Tx::Send {
                    recipient, coins, ..
                } if recipient == self.vault => Some(coins),
                _ => None,
            })
            .flatten()
            .filter(|coin| coin.denom == DENOM)
            .map(|coin| coin.amount.u128())
            .sum()
    }

    /// What the chain paid from the vault's unbonding entries: those that are gone.
    pub(super) fn arrived(&self) -> u128 {
        let is_gone = |completion_time, validator: &str| {
            let mut left = self.after.entries.iter();
            !left.any(|e| e.completion_time == completion_time && e.validator == validator)
        };
        let gone = self.before.entries.iter();
        gone.filter(|e| is_gone(e.completion_time, &e.validator))
            .map(|e| e.balance)
            .sum()
    }

    /// Whether some entry was past its completion time, and unsettled before and after.
    pub(super) fn is_any_entry_late(&self) -> bool {
        let after = &self.after.ledger;
        let mut rows = self.before.ledger.iter();
        rows.any(|row| {
            !row.settled && row.completion_time <= self.after.time && after.contains(row)
        })
    }

    /// Whether an account signed a transaction of the step, or is a contract that one called.
    pub(super) fn speaks(&self, who: &str) -> bool {
        let mut txs = self.txs.iter();
        txs.any(|tx| match tx {
            Tx::Execute {
                sender, contract, ..
            } => sender == who || contract == who,
            _ => false,
        })
    }

    /// The events `vault/{name}`.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &Event> {
        let full_name = format!("vault/{name}");
        self.events.iter().filter(move |e| e.ty == full_name)
    }

    /// Whether there is an event `vault/{name}`.
    pub(super) fn emits(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// The sum of an attribute over the events `vault/{name}`.
    pub(super) fn sum(&self, name: &str, key: &str) -> u128 {
        self.named(name).map(|event| number(event, key)).sum()
    }
}
