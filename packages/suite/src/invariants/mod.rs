//! The invariants by number, as functions of one step: each says what it compared, or what did
//! not hold. A suite checks them after every block, `simulate` after every call.

mod caps;
mod claims;
mod money;
mod moved;
mod moves;
mod people;
mod record;
mod staking;
mod step;
mod violation;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use cosmwasm_std::Event;

use crate::chain::{ChainView, Tx, TxResult};
use crate::reader::Reader;
use crate::snapshot::{Reading, Snapshot};

pub use record::Record;
pub use step::Step;
pub use violation::{Checked, Violation};

/// What is remembered from step to step.
#[derive(Clone, Debug)]
pub struct Memory {
    /// Receives the fee.
    fee_recipient: String,
    /// The end of the last step.
    last: Snapshot,
    /// What the events have said.
    record: Record,
    /// How much is read after every step.
    reading: Reading,
    /// Validators with an injected fault.
    pub faulty: BTreeSet<String>,
    /// The chain shows the vault, falsely, that it delegates nothing.
    pub are_delegations_hidden: bool,
}

impl Memory {
    /// The vault has just been instantiated; its seed is the first of its tokens.
    pub fn begin<C: ChainView + ?Sized>(
        reader: &Reader<C>,
        fee_recipient: &str,
        seed: u128,
        reading: Reading,
    ) -> Self {
        Self {
            reading,
            fee_recipient: fee_recipient.into(),
            last: Snapshot::take(reader),
            record: Record {
                expected_total: seed,
                ..Record::default()
            },
            faulty: BTreeSet::new(),
            are_delegations_hidden: false,
        }
    }

    /// Takes in one step and checks every invariant that a step can break.
    pub fn observe<C: ChainView + ?Sized>(
        &mut self,
        reader: &Reader<C>,
        txs: &[Tx],
        results: &[TxResult],
    ) -> Vec<Result<Checked, Violation>> {
        let accepted = results.iter().flatten();
        let events: Vec<Event> = accepted.flat_map(|o| o.vault_events()).collect();
        let after = match results.iter().all(Result::is_err) {
            true => self.last.later(reader),
            false => self.last.next(reader, self.reading, &events),
        };
        let before = std::mem::replace(&mut self.last, after);
        let step = Step {
            vault: &reader.vault,
            fee_recipient: &self.fee_recipient,
            before: &before,
            after: &self.last,
            txs,
            results,
            events: &events,
        };
        self.record.add(&step);
        let hidden = self.are_delegations_hidden;
        check(&step, &self.record, &self.faulty, hidden)
    }

    /// What was known at the end of the last step.
    pub fn last(&self) -> &Snapshot {
        &self.last
    }

    /// What the events have said so far.
    pub fn record(&self) -> &Record {
        &self.record
    }
}

/// Every invariant that a step can break.
fn check(
    step: &Step,
    record: &Record,
    faulty: &BTreeSet<String>,
    are_delegations_hidden: bool,
) -> Vec<Result<Checked, Violation>> {
    vec![
        money::invariant_1_bank_balance_is_explained(step, record),
        money::invariant_2_share_balances_add_up(step),
        money::invariant_3_rate_falls_only_by_booked_losses(step),
        money::invariant_4_money_is_not_made(step, record),
        claims::invariant_5_claims_share_the_batch(step, record),
        caps::invariant_6_caps_hold(step),
        staking::invariant_7_nothing_knowable_is_refused(step, faulty),
        staking::invariant_8_ledger_is_the_chains(step),
        staking::invariant_9_synced_book_is_the_chains(step, are_delegations_hidden),
        moves::invariant_10_moves_keep_to_their_budgets(step, record),
        people::invariant_13_owner_gains_nothing(step),
        moves::invariant_14_no_redelegation_is_refused(step, faulty),
    ]
}
