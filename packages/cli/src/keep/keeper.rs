//! A keeper at work: one look, and one job at most.

use defenders_node::send::{Draft, Resumed, Sender};
use defenders_node::{Coin, Status, read_clock};
use defenders_types::{
    ExecuteMsg, FeePolicy, Job, JobState, JobsResponse, QueryMsg, TotalsResponse,
};
use serde_json::json;

use super::args::Args;
use super::bounty::leaves;
use super::choose::{Situation, order};
use super::claims::{Refused, Unclaimed};
use super::notes::Notes;
use super::outcome::{Meaning, Round, meaning_of};
use super::turn::Turn;
use crate::monitor::{Log, NotesFile, Page, Shared, Source, host_of};
use crate::session::{Session, SessionError, Vault};

/// The most seconds between two readings of everything that the metrics are made of.
const READ_EVERY: u64 = 60;

/// A keeper at work.
pub struct Keeper<'a> {
    pub(super) args: &'a Args,
    pub(super) session: &'a Session,
    pub(super) vault: &'a Vault<'a>,
    pub(super) sender: &'a Sender<'a>,
    /// The most that a day's fees may be.
    pub(super) limit: &'a Coin,
    pub(super) file: &'a NotesFile,
    pub(super) notes: Notes,
    pub(super) board: &'a Shared,
    pub(super) log: &'a Log,
    /// Whether this keeper goes before others.
    pub(super) turn: &'a mut Turn,
    /// When all metrics are read again, by this machine's clock.
    pub(super) read_at: u64,
    /// Claims that failed.
    pub(super) refused: Refused,
    /// When it is looked again who has not claimed, by the chain's clock.
    pub(super) claims_at: u64,
    pub(super) unclaimed: Vec<Unclaimed>,
    /// Until then it was told that the day's limit leaves no room.
    pub(super) no_room_until: u64,
}

impl Keeper<'_> {
    /// Looks, and does what comes first.
    pub fn round(&mut self) -> Result<Round, SessionError> {
        let status = self.find_fresh_node()?;
        let Some(status) = status else {
            return Ok(Round::Held);
        };
        self.end_pending()?;
        let jobs = self.ask_jobs(status.time)?;
        self.read_all(&status);
        if let Some(round) = self.claim_for_others(&status)? {
            return Ok(round);
        }
        let is_in_doubt = self.is_in_doubt(&jobs)?;
        let situation = Situation {
            jobs: &jobs,
            is_in_doubt,
            harvest_pays: self.does_harvest_pay(&jobs)?,
        };
        let now = read_clock();
        let due = order(&situation);
        let ready = due
            .iter()
            .find(|state| self.notes.troubles.is_ready(state.job, now));
        match ready {
            Some(state) => self.tick(state, status.time),
            None if due.is_empty() => Ok(Round::Idle),
            None => Ok(Round::Held),
        }
    }

    /// A node that is not behind, or None: then nothing is judged by what they say.
    fn find_fresh_node(&self) -> Result<Option<Status>, SessionError> {
        let mut status = self.session.node.status()?;
        for _ in 1..self.session.node.node_count() {
            if !status.is_behind() {
                break;
            }
            self.session.node.move_on();
            status = self.session.node.status()?;
        }
        let now = read_clock();
        let is_behind = status.is_behind();
        let mut board = self.board.lock();
        board.put(Source::Node, Page::default(), now);
        board.put_block(status.time, is_behind);
        drop(board);
        if is_behind {
            let seconds = status.age_seconds();
            self.log.tell(
                "node_behind",
                json!({"node": host_of(&status.url), "height": status.height, "block_age_seconds": seconds}),
            );
        }
        Ok((!is_behind).then_some(status))
    }

    /// What was under way when the program or the node broke off is seen to its end before anything new is signed.
    fn end_pending(&self) -> Result<(), SessionError> {
        if self.args.send.dry_run {
            return Ok(());
        }
        // equal to no intention: a tick that was under way says nothing of the one that is due now
        let nothing = Draft::new("", Vec::new());
        match self.sender.resume(&nothing)? {
            Resumed::Nothing => Ok(()),
            Resumed::Other(words) => {
                self.log.tell("resumed", json!({"what": words}));
                Ok(())
            }
            Resumed::Done(receipt) => {
                self.sender.forget()?;
                let hash = receipt.included.hash;
                self.log.tell("resumed", json!({"hash": hash}));
                Ok(())
            }
        }
    }

    pub(super) fn ask_jobs(&self, now: u64) -> Result<Vec<JobState>, SessionError> {
        let answer: JobsResponse = self.vault.ask(&QueryMsg::Jobs {})?;
        let page = crate::monitor::vault::jobs_page(&answer.jobs, now);
        let mut board = self.board.lock();
        board.put(Source::Jobs, page, read_clock());
        Ok(answer.jobs)
    }

    fn is_in_doubt(&self, jobs: &[JobState]) -> Result<bool, SessionError> {
        if !jobs.iter().any(|state| state.job == Job::Sync && state.due) {
            return Ok(false);
        }
        let totals: TotalsResponse = self.vault.ask(&QueryMsg::Totals {})?;
        Ok(totals.doubt.is_some())
    }

    /// Whether a harvest, tried now, would leave what the keeper wants.
    fn does_harvest_pay(&self, jobs: &[JobState]) -> Result<bool, SessionError> {
        let is_due = |state: &JobState| state.job == Job::Harvest && state.due;
        let FeePolicy {
            keeper_bounty_share,
            ..
        } = &self.vault.config.fee;
        if keeper_bounty_share.is_zero() || !jobs.iter().any(is_due) {
            return Ok(false);
        }
        let draft = self.tick_draft(Job::Harvest, &[])?;
        match self.sender.estimate(&draft) {
            Ok(estimate) => Ok(leaves(
                &estimate,
                &self.vault.config.denom,
                self.args.min_profit,
            )),
            Err(error) => match meaning_of(&error) {
                Meaning::OfJob => Ok(false),
                Meaning::OfMoment | Meaning::Fatal => Err(error.into()),
            },
        }
    }

    pub(super) fn draft(
        &self,
        what: String,
        messages: &[ExecuteMsg],
    ) -> Result<Draft, SessionError> {
        let calls = messages
            .iter()
            .map(|msg| self.vault.call(self.sender.address(), msg, Vec::new()));
        let mut draft = Draft::new(what, calls.collect::<Result<_, _>>()?);
        draft.memo = self.args.send.memo.clone().unwrap_or_default();
        Ok(draft)
    }

    /// Whether all metrics are to be read again.
    pub(super) fn is_time_to_read(&mut self, now: u64) -> bool {
        let is_time = now >= self.read_at;
        if is_time {
            let pause = self.args.every.saturating_mul(2).min(READ_EVERY);
            self.read_at = now.saturating_add(pause);
        }
        is_time
    }
}
