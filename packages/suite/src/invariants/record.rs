//! What the vault's events have said so far.

use std::collections::BTreeMap;

use super::moved::Moved;
use super::step::Step;
use crate::event::{number, text};

/// Sums over all steps.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Donations and arrivals that neither a settlement nor a harvest has booked, tokens.
    pub unbooked: u128,
    /// Tokens that shareholders and batches must own together.
    pub expected_total: u128,
    /// Shares by batch and recipient.
    pub requests: BTreeMap<(u64, String), u128>,
    /// Tokens of each claimable batch.
    pub batch_tokens: BTreeMap<u64, u128>,
    /// Tokens paid, by batch and recipient.
    pub claims: BTreeMap<(u64, String), u128>,
    /// What has moved in the present epoch.
    pub moved: Moved,
    /// How often the vault told each event, by its name.
    pub event_counts: BTreeMap<String, u64>,
}

impl Record {
    /// Everyone with shares in a batch.
    pub fn recipients(&self, batch_id: u64) -> Vec<String> {
        let requests = self.requests.keys();
        let of_batch = requests.filter(|(id, _)| *id == batch_id);
        of_batch.map(|(_, recipient)| recipient.clone()).collect()
    }

    /// Shares requested in a batch.
    pub fn shares(&self, batch_id: u64) -> u128 {
        let requests = self.requests.iter();
        let of_batch = requests.filter(|((id, _), _)| *id == batch_id);
        of_batch.map(|(_, shares)| shares).sum()
    }

    /// Tokens claimed from a batch.
    pub fn claimed(&self, batch_id: u64) -> u128 {
        let claims = self.claims.iter();
        let of_batch = claims.filter(|((id, _), _)| *id == batch_id);
        of_batch.map(|(_, tokens)| tokens).sum()
    }

    /// Adds up what the events say.
    pub(super) fn add(&mut self, step: &Step) {
        self.unbooked += step.donated() + step.arrived();
        self.moved.add(step);
        for event in step.events {
            *self.event_counts.entry(event.ty.clone()).or_default() += 1;
            let of = |key: &str| number(event, key);
            let batch_and_recipient =
                || (number(event, "batch_id") as u64, text(event, "recipient"));
            let total = self.expected_total;
            match event.ty.as_str() {
                "vault/deposited" => self.expected_total += of("tokens"),
                "vault/synced" => self.expected_total = total + of("gained") - of("lost"),
                "vault/undelegated" => self.expected_total = total + of("amount") - of("tokens"),
                "vault/settled" => {
                    self.expected_total = total + of("arrived") - of("tokens");
                    self.unbooked -= of("arrived");
                }
                "vault/harvested" => {
                    let earned = of("rewards") + of("surplus");
                    self.expected_total = total + earned - of("fee") - of("bounty");
                    self.unbooked -= of("surplus");
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
                    self.expected_total -= of("tokens");
                    *self.claims.entry(batch_and_recipient()).or_default() += of("tokens");
                }
                _ => {}
            }
        }
    }
}
