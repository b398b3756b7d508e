//! The invariants by number, as functions of one step: what was, what happened, what is.
//! The suite checks them after every block.

mod money;
mod people;
mod staking;

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::Event;

use super::snapshot::Snapshot;
use super::{DENOM, Suite, Tx, TxResult, number, text};

pub use people::{everyone_leaves, invariant_13_strangers_change_nothing};

/// What is remembered from step to step.
#[derive(Default)]
pub struct Memory {
    /// The end of the last step. `None` before the vault exists.
    last: Option<Snapshot>,
    /// Donations and arrivals that neither a settlement nor a harvest has booked, tokens.
    loose: u128,
    /// Tokens that shareholders and batches must own together, by the events so far.
    gross: u128,
    /// Shares by batch and recipient.
    requests: BTreeMap<(u64, String), u128>,
    /// Tokens of each claimable batch.
    batch_tokens: BTreeMap<u64, u128>,
    /// Tokens paid, by batch and recipient.
    claims: BTreeMap<(u64, String), u128>,
    /// Validators with an injected fault.
    pub faulty: BTreeSet<String>,
    /// How often the vault told each event.
    told: BTreeMap<String, u64>,
}

/// One block and what it changed.
pub struct Step<'a> {
    /// The suite after the step.
    pub suite: &'a Suite,
    /// The end of the last block.
    pub before: &'a Snapshot,
    /// The end of this one.
    pub after: &'a Snapshot,
    /// Its transactions.
    pub txs: &'a [Tx],
    /// What became of them.
    pub results: &'a [TxResult],
    /// The vault's events, in order.
    pub events: &'a [Event],
}

impl Suite {
    /// The vault exists now; its seed is the first of its tokens.
    pub fn begin_memory(&mut self, seed: u128) {
        let snapshot = Snapshot::take(self);
        self.memory.gross = seed;
        self.memory.last = Some(snapshot);
    }

    /// How often the vault told each event, by its name.
    pub fn told(&self) -> &BTreeMap<String, u64> {
        &self.memory.told
    }

    /// What the suite knew at the end of the last block.
    pub fn last(&self) -> &Snapshot {
        self.memory.last.as_ref().expect("the vault exists")
    }
}

impl Memory {
    /// Takes in one step and checks every invariant.
    pub fn observe(&mut self, suite: &Suite, txs: &[Tx], results: &[TxResult]) {
        let Some(before) = self.last.take() else {
            return;
        };
        let after = Snapshot::take(suite);
        let accepted = results.iter().flatten();
        let events: Vec<Event> = accepted.flat_map(|o| o.vault_events()).collect();
        let step = Step {
            suite,
            before: &before,
            after: &after,
            txs,
            results,
            events: &events,
        };
        self.remember(&step);

        money::invariant_1_bank_balance_is_explained(&step, self.loose);
        money::invariant_2_share_balances_add_up(&step);
        money::invariant_3_rate_falls_only_by_booked_losses(&step);
        money::invariant_4_money_is_not_made(&step, self.gross);
        money::invariant_5_claims_share_the_batch(&step, self);
        staking::invariant_6_caps_hold(&step);
        staking::invariant_7_nothing_knowable_is_refused(&step, &self.faulty);
        staking::invariant_8_ledger_is_the_chains(&step);
        staking::invariant_9_synced_book_is_the_chains(&step);
        people::invariant_13_owner_gains_nothing(&step);

        self.last = Some(after);
    }

    /// Adds up what the events say.
    fn remember(&mut self, step: &Step) {
        self.loose += step.donated() + step.arrived();
        for event in step.events {
            *self.told.entry(event.ty.clone()).or_default() += 1;
            let of = |key: &str| number(event, key);
            let batch_and_recipient =
                || (number(event, "batch_id") as u64, text(event, "recipient"));
            match event.ty.as_str() {
                "vault/deposited" => self.gross += of("tokens"),
                "vault/synced" => self.gross = self.gross + of("gained") - of("lost"),
                "vault/undelegated" => self.gross = self.gross + of("amount") - of("tokens"),
                "vault/settled" => {
                    self.gross = self.gross + of("arrived") - of("tokens");
                    self.loose -= of("arrived");
                }
                "vault/harvested" => {
                    self.gross = self.gross + of("rewards") + of("surplus") - of("fee");
                    self.gross -= of("bounty");
                    self.loose -= of("surplus");
                }
                "vault/withdrawal_requested" => {
                    *self.requests.entry(batch_and_recipient()).or_default() += of("shares");
                }
                "vault/withdrawal_cancelled" => {
                    self.requests.remove(&batch_and_recipient());
                }
                "vault/batch_claimable" => {
                    self.batch_tokens
                        .insert(of("batch_id") as u64, of("tokens"));
                }
                "vault/claimed" => {
                    self.gross -= of("tokens");
                    *self.claims.entry(batch_and_recipient()).or_default() += of("tokens");
                }
                _ => {}
            }
        }
    }
}

impl Step<'_> {
    /// Tokens sent to the vault without a call.
    fn donated(&self) -> u128 {
        let accepted = self.txs.iter().zip(self.results).filter(|(_, r)| r.is_ok());
        accepted
            .filter_map(|(tx, _)| match tx {
                Tx::Send {
                    recipient, coins, ..
                } if *recipient == self.suite.vault => Some(coins),
                _ => None,
            })
            .flatten()
            .filter(|coin| coin.denom == DENOM)
            .map(|coin| coin.amount.u128())
            .sum()
    }

    /// What the chain paid from the vault's unbonding entries: those that are gone.
    fn arrived(&self) -> u128 {
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
    fn is_any_entry_late(&self) -> bool {
        let after = &self.after.ledger;
        let mut rows = self.before.ledger.iter();
        rows.any(|row| {
            !row.settled && row.completion_time <= self.after.time && after.contains(row)
        })
    }

    /// Whether an account signed a transaction of the step, or is a contract that one called.
    fn speaks(&self, who: &str) -> bool {
        let mut txs = self.txs.iter();
        txs.any(|tx| match tx {
            Tx::Execute {
                sender, contract, ..
            } => sender == who || contract == who,
            _ => false,
        })
    }

    /// The events `vault/{name}`.
    fn named(&self, name: &str) -> impl Iterator<Item = &Event> {
        let full_name = format!("vault/{name}");
        self.events.iter().filter(move |e| e.ty == full_name)
    }

    /// The sum of an attribute over the events `vault/{name}`.
    fn sum(&self, name: &str, key: &str) -> u128 {
        self.named(name).map(|event| number(event, key)).sum()
    }
}
