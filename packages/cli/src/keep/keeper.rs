//! A keeper at work: one look, and one transaction at most.

use defenders_node::send::{Draft, Estimate, Resumed, SendError, Sender};
use defenders_node::{Coin, Message, Status, read_clock};
use defenders_types::{
    ExecuteMsg, FeePolicy, Job, JobState, JobsResponse, QueryMsg, TotalsResponse,
};
use serde_json::json;

use super::args::Args;
use super::choose::{Situation, is_still_due, order};
use super::claims::{Refused, Unclaimed};
use super::culprits;
use super::notes::Notes;
use super::outcome::{Meaning, Round, meaning_of};
use super::spend::{Sent, leaves};
use crate::monitor::{Log, NotesFile, Page, Shared, Source, draw};
use crate::session::{Session, SessionError, Vault};

/// Seconds between two readings of everything that the metrics are made of.
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
    pub(super) log: Log,
    /// When all metrics are read again, by this machine's clock.
    pub(super) read_at: u64,
    /// Claims that failed.
    pub(super) refused: Refused,
    /// When it is looked again who has not claimed.
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
                json!({"node": status.url, "height": status.height, "block_age_seconds": seconds}),
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

    /// Runs a job that is due: tries it, looks again, and sends it.
    fn tick(&mut self, state: &JobState, now: u64) -> Result<Round, SessionError> {
        let job = state.job;
        if self.wait_by_chance() && !self.is_still_due(state, now)? {
            return self.outrun(job);
        }
        let (estimate, passed, draft) = match self.try_tick(state, now)? {
            Trial::Works {
                estimate,
                passed,
                draft,
            } => (estimate, passed, draft),
            Trial::Fails { reason } => {
                // perhaps because somebody else has just run it
                return match self.is_still_due(state, now)? {
                    true => self.fail(job, &reason),
                    false => self.outrun(job),
                };
            }
        };
        if !self.is_still_due(state, now)? {
            return self.outrun(job);
        }
        match self.send(&draft, &estimate, job.as_str()) {
            Ok(Sent::Done) => {
                self.notes.troubles.succeed(job, &passed);
                self.read_at = 0;
                self.save()?;
                Ok(Round::Worked)
            }
            Ok(Sent::NoRoom) => Ok(Round::Held),
            Ok(Sent::Trial) => Ok(Round::Idle),
            Err(SessionError::Send(error)) if meaning_of(&error) == Meaning::OfJob => {
                match self.is_still_due(state, now)? {
                    true => self.fail(job, &error.to_string()),
                    false => self.outrun(job),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// A trial run, and where it fails again and again, others that pass validators.
    fn try_tick(&self, state: &JobState, now: u64) -> Result<Trial, SessionError> {
        let reason = match self.try_passing(state.job, &[])? {
            Trial::Fails { reason } => reason,
            works => return Ok(works),
        };
        if !culprits::may_pass(state, now) {
            return Ok(Trial::Fails { reason });
        }
        let known = self.notes.troubles.culprits(state.job);
        if !known.is_empty()
            && let works @ Trial::Works { .. } = self.try_passing(state.job, known)?
        {
            return Ok(works);
        }
        let validators = crate::monitor::vault::read_validators(self.vault)?;
        let mut candidates: Vec<_> = validators
            .iter()
            .filter(|validator| validator.listed || !validator.delegated.is_zero())
            .collect();
        // those with much stake are touched most
        candidates.sort_by_key(|validator| std::cmp::Reverse(validator.delegated));
        let candidates: Vec<String> = candidates
            .iter()
            .map(|validator| validator.validator.clone())
            .collect();
        let found = culprits::find(&candidates, |passed| {
            let trial = self.try_passing(state.job, passed)?;
            Ok::<_, SessionError>(matches!(trial, Trial::Works { .. }))
        })?;
        match found {
            Some(passed) => {
                self.log.tell(
                    "isolated",
                    json!({"job": state.job.as_str(), "skip": passed, "reason": reason}),
                );
                self.try_passing(state.job, &passed)
            }
            None => Ok(Trial::Fails { reason }),
        }
    }

    fn try_passing(&self, job: Job, passed: &[String]) -> Result<Trial, SessionError> {
        let draft = self.tick_draft(job, passed)?;
        match self.sender.estimate(&draft) {
            Ok(estimate) => Ok(Trial::Works {
                estimate,
                draft,
                passed: passed.to_vec(),
            }),
            Err(SendError::WouldFail { reason }) => Ok(Trial::Fails { reason }),
            Err(error) => Err(error.into()),
        }
    }

    fn tick_draft(&self, job: Job, passed: &[String]) -> Result<Draft, SessionError> {
        let msg = ExecuteMsg::Tick {
            job: Some(job),
            skip: (!passed.is_empty()).then(|| passed.to_vec()),
        };
        self.draft(format!("tick {job}"), &[msg])
    }

    pub(super) fn draft(
        &self,
        what: String,
        messages: &[ExecuteMsg],
    ) -> Result<Draft, SessionError> {
        let messages: Result<Vec<Message>, _> = messages
            .iter()
            .map(|msg| {
                Message::execute(self.sender.address(), &self.vault.address, msg, Vec::new())
            })
            .collect();
        let messages = messages.map_err(|error| SessionError::Broken(error.to_string()))?;
        let mut draft = Draft::new(what, messages);
        draft.memo = self.args.send.memo.clone().unwrap_or_default();
        Ok(draft)
    }

    /// Waits, so that keepers which saw the same do not send the same; says whether it did.
    pub(super) fn wait_by_chance(&self) -> bool {
        let is_alone = self.args.is_once() || self.args.spread == 0;
        if !is_alone {
            let wait = draw() % self.args.spread.saturating_add(1);
            std::thread::sleep(std::time::Duration::from_secs(wait));
        }
        !is_alone
    }

    fn is_still_due(&self, state: &JobState, now: u64) -> Result<bool, SessionError> {
        Ok(is_still_due(state, now, &self.ask_jobs(now)?))
    }

    fn outrun(&mut self, job: Job) -> Result<Round, SessionError> {
        self.log.tell("outrun", json!({"job": job.as_str()}));
        self.notes.troubles.forget(job);
        self.save()?;
        Ok(Round::Worked)
    }

    fn fail(&mut self, job: Job, reason: &str) -> Result<Round, SessionError> {
        let wait = self.notes.troubles.fail(job, reason, read_clock(), draw());
        let failures = self.notes.troubles.failures(job);
        self.read_at = 0;
        self.log.tell(
            "job_failed",
            json!({"job": job.as_str(), "reason": reason, "failures_in_row": failures, "retry_in_seconds": wait}),
        );
        self.save()?;
        Ok(Round::Failed)
    }

    /// Whether all metrics are to be read again.
    pub(super) fn is_time_to_read(&mut self, now: u64) -> bool {
        let is_time = now >= self.read_at;
        if is_time {
            self.read_at = now.saturating_add(READ_EVERY);
        }
        is_time
    }
}

/// What a trial run said.
enum Trial {
    Works {
        estimate: Estimate,
        draft: Draft,
        passed: Vec<String>,
    },
    Fails {
        reason: String,
    },
}
