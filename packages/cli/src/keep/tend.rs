//! What a keeper does beside ticking: reading for the metrics, and claiming for others.

use defenders_node::read::Event;
use defenders_node::send::SendError;
use defenders_node::{Coin, NodeError, Status, read_clock};
use defenders_types::{BatchState, ChangesResponse, ExecuteMsg, Job, QueryMsg};
use serde_json::json;

use super::claims::{Unclaimed, find_unclaimed};
use super::keeper::Keeper;
use super::notes::Notes;
use super::outcome::{Meaning, Round, meaning_of};
use super::spend::Sent;
use crate::monitor::vault::{VaultReading, upgrade_due_in};
use crate::monitor::{Page, Source, names};
use crate::session::SessionError;

/// Seconds of the chain between two looks at who has not claimed: they read everything that the vault has stored.
const CLAIMS_EVERY: u64 = 600;

impl Keeper<'_> {
    /// Reads what the metrics are made of, where somebody reads them. A source that fails keeps the keeper from
    /// nothing; its age tells.
    pub(super) fn read_all(&mut self, status: &Status) {
        let now = read_clock();
        if self.args.serve.is_none() || !self.is_time_to_read(now) {
            return;
        }
        let node = &self.session.node;
        match VaultReading::read(self.vault) {
            Ok(reading) => {
                self.put(Source::Vault, Ok(reading.page(status.time)), now);
                let chain = node.validators().map(|all| reading.chain_page(&all));
                self.put(Source::Staking, chain, now);
            }
            Err(error) => self.put(Source::Vault, Err(error), now),
        }
        let balance = node.balance(self.sender.address(), &self.limit.denom);
        let page = balance.map(|balance| keeper_page(balance, self.limit, &self.notes, now));
        self.put(Source::Keeper, page, now);
    }

    fn put(&self, source: Source, read: Result<Page, NodeError>, now: u64) {
        match read {
            Ok(page) => self.board.lock().put(source, page, now),
            Err(error) => self.log.tell(
                "not_read",
                json!({"source": source.as_str(), "reason": error.to_string()}),
            ),
        }
    }

    /// Before an upgrade is due, claims for whoever has not: *out* means claimed. None: there is nothing to claim.
    pub(super) fn claim_for_others(
        &mut self,
        status: &Status,
    ) -> Result<Option<Round>, SessionError> {
        let now = read_clock();
        if status.time >= self.claims_at {
            self.claims_at = status.time.saturating_add(CLAIMS_EVERY);
            // jobs are more than claims: what cannot be read now is asked for again
            match self.read_unclaimed(status) {
                Ok(unclaimed) => self.unclaimed = unclaimed,
                Err(error) => self.log.tell(
                    "not_read",
                    json!({"source": "claims", "reason": error.to_string()}),
                ),
            }
        }
        let claims = self.refused.next(&self.unclaimed, now);
        if claims.is_empty() {
            return Ok(None);
        }
        self.wait_for_others();
        let messages: Vec<ExecuteMsg> = claims
            .iter()
            .map(|claim| ExecuteMsg::Claim {
                batch_id: claim.batch_id,
                recipient: Some(claim.recipient.clone()),
            })
            .collect();
        let draft = self.draft(format!("claim for {} others", claims.len()), &messages)?;
        let estimate = match self.sender.estimate(&draft) {
            Ok(estimate) => estimate,
            Err(SendError::WouldFail { reason }) => return self.cannot_claim(&claims, &reason),
            Err(error) => return Err(error.into()),
        };
        let paid = recipients_of_nothing(&estimate.events);
        if !paid.is_empty() {
            // another keeper did it
            self.turn.leave();
            self.unclaimed
                .retain(|it| !paid.contains(&(it.recipient.clone(), it.batch_id.to_string())));
            return Ok(Some(Round::Worked));
        }
        match self.send(&draft, &estimate, "claim") {
            Ok(Sent::Done) => {
                self.turn.take();
                self.unclaimed.retain(|it| !claims.contains(it));
                Ok(Some(Round::Worked))
            }
            Ok(Sent::NoRoom) => Ok(Some(Round::Held)),
            Ok(Sent::Trial) => Ok(None),
            Err(SessionError::Send(error)) if meaning_of(&error) == Meaning::OfJob => {
                self.cannot_claim(&claims, &error.to_string())
            }
            Err(error) => Err(error),
        }
    }

    fn cannot_claim(
        &mut self,
        claims: &[Unclaimed],
        reason: &str,
    ) -> Result<Option<Round>, SessionError> {
        self.refused.fail(claims, read_clock());
        let recipients: Vec<&str> = claims.iter().map(|it| it.recipient.as_str()).collect();
        self.log.tell(
            "claim_failed",
            json!({"recipients": recipients, "reason": reason}),
        );
        // ticks go on
        Ok(None)
    }

    fn read_unclaimed(&self, status: &Status) -> Result<Vec<Unclaimed>, SessionError> {
        let changes: ChangesResponse = self.vault.ask(&QueryMsg::Changes {})?;
        let within = self.args.claim_within.saturating_mul(3_600);
        if upgrade_due_in(&changes, status.time).is_none_or(|seconds| seconds > within) {
            return Ok(Vec::new());
        }
        let batches = self.vault.batches()?;
        let claimable: Vec<u64> = batches
            .iter()
            .filter(|batch| batch.state == BatchState::Claimable)
            .map(|batch| batch.batch_id)
            .collect();
        let state = self.session.node.contract_state(&self.vault.address)?;
        let keys = state.iter().map(|(key, _)| key.as_slice());
        let unclaimed = find_unclaimed(keys, |batch_id| claimable.contains(&batch_id));
        if !unclaimed.is_empty() {
            self.log
                .tell("unclaimed", json!({"claims": unclaimed.len()}));
        }
        Ok(unclaimed)
    }
}

/// What the keeper knows of itself, as metrics.
pub fn keeper_page(balance: u128, limit: &Coin, notes: &Notes, now: u64) -> Page {
    let mut page = Page::default();
    let denom = [limit.denom.as_str()];
    page.set(&names::KEEPER_BALANCE, &denom, balance);
    page.set(&names::FEES_TODAY, &denom, notes.budget.taken(now));
    page.set(&names::FEE_LIMIT, &denom, limit.amount);
    for job in Job::ALL {
        let troubles = &notes.troubles;
        page.set(&names::FAILURES, &[job.as_str()], troubles.failures(job));
        let passed = troubles.culprits(job).len();
        page.set(&names::SKIPPED, &[job.as_str()], passed);
    }
    page
}

/// To whom claims of a trial run pay nothing, and of which batch.
fn recipients_of_nothing(events: &[Event]) -> Vec<(String, String)> {
    events
        .iter()
        .filter(|event| event.kind == "wasm-vault/claimed" && event.value("tokens") == Some("0"))
        .filter_map(|event| {
            let text = |key| event.value(key).map(str::to_string);
            Some((text("recipient")?, text("batch_id")?))
        })
        .collect()
}
