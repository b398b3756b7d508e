//! Running a job that is due: tried first, and sent only while it is due still.

use defenders_node::read_clock;
use defenders_node::send::{Draft, Estimate, SendError};
use defenders_types::{ExecuteMsg, Job, JobState};
use serde_json::json;

use super::choose::is_still_due;
use super::culprits;
use super::keeper::Keeper;
use super::outcome::{Meaning, Round, meaning_of};
use super::spend::Sent;
use crate::monitor::draw;
use crate::session::SessionError;

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

impl Keeper<'_> {
    /// Runs a job that is due: tries it, looks again, and sends it.
    pub(super) fn tick(&mut self, state: &JobState, now: u64) -> Result<Round, SessionError> {
        let job = state.job;
        if self.wait_for_others() && !self.is_still_due(state, now)? {
            return self.done_by_another(job);
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
                    false => self.done_by_another(job),
                };
            }
        };
        if !self.is_still_due(state, now)? {
            return self.done_by_another(job);
        }
        match self.send(&draft, &estimate, job.as_str()) {
            Ok(Sent::Done) => {
                self.turn.take();
                self.look_at_claims_after(job);
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
                    false => self.done_by_another(job),
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
        let validators = self.vault.validators()?;
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

    pub(super) fn tick_draft(&self, job: Job, passed: &[String]) -> Result<Draft, SessionError> {
        let msg = ExecuteMsg::Tick {
            job: Some(job),
            skip: (!passed.is_empty()).then(|| passed.to_vec()),
        };
        self.draft(format!("tick {job}"), &[msg])
    }

    /// Waits where another keeper may go first; says whether it did.
    pub(super) fn wait_for_others(&self) -> bool {
        let (spread, draw) = (self.args.spread, draw());
        let wait = match self.args.is_once() {
            // it ends before it could see what others do: those that a clock starts together begin by chance
            true => self.turn.chance_millis(spread, draw),
            false => self.turn.wait_millis(spread, self.args.every, draw),
        };
        std::thread::sleep(std::time::Duration::from_millis(wait));
        wait > 0
    }

    fn is_still_due(&self, state: &JobState, now: u64) -> Result<bool, SessionError> {
        Ok(is_still_due(state, now, &self.ask_jobs(now)?))
    }

    /// What was settled may be claimable now.
    fn look_at_claims_after(&mut self, job: Job) {
        if job == Job::Settle {
            self.claims_at = 0;
        }
    }

    fn done_by_another(&mut self, job: Job) -> Result<Round, SessionError> {
        self.log
            .tell("done_by_another", json!({"job": job.as_str()}));
        self.turn.leave();
        self.look_at_claims_after(job);
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
}
