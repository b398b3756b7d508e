//! When each job is due, and why. Reads only, so that `tick` and `jobs {}` say the same.

use std::cell::OnceCell;

use cosmwasm_std::{Deps, Env, Timestamp, Uint128};
use defenders_accounting::Batch;
use defenders_types::{Job, JobState};

use crate::book::{seen_block, Book};
use crate::error::ContractError;
use crate::ledger::{plan_settlement, SettlePlan};
use crate::placement;
use crate::roster::Roster;
use crate::state::{Config, Timetable, BATCHES, TIMETABLE};

/// Most ledger entries that one `tick` settles.
pub const ENTRIES_PER_TICK: usize = 50;

/// What the vault knows, for reading only.
pub struct View<'a> {
    /// Storage and querier.
    pub deps: Deps<'a>,
    /// The block and this contract.
    pub env: &'a Env,
    /// Roles, policy, bounds.
    pub config: &'a Config,
    /// The book.
    pub book: &'a Book,
    /// Supply of the share token.
    pub total_shares: Uint128,
    /// Read when it is first asked for.
    pub roster: OnceCell<Roster>,
}

impl View<'_> {
    /// All validators, read once.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn roster(&self) -> Result<&Roster, ContractError> {
        if let Some(roster) = self.roster.get() {
            return Ok(roster);
        }
        let roster = Roster::load(self.deps.storage)?;
        Ok(self.roster.get_or_init(|| roster))
    }

    /// Seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    /// Whether `job` is due.
    ///
    /// # Errors
    /// When storage is damaged or the bank does not answer.
    pub fn job_state(&self, job: Job) -> Result<JobState, ContractError> {
        let timetable = TIMETABLE.load(self.deps.storage)?;
        if let Some(until) = waits_until(&timetable, job, self.now()) {
            return Ok(later(job, Some(until), "its last read of the chain failed"));
        }
        match job {
            Job::Settle => self.settle_state(),
            Job::Submit => self.submit_state(),
            Job::Sync => Ok(later(job, None, "never due, always allowed")),
            Job::Refresh => Ok(self.scheduled(job, timetable.refresh_at, false)),
            Job::Harvest => {
                let period = self.config.bounds.harvest_period;
                let at = timetable.harvested_at.saturating_add(period);
                Ok(self.scheduled(job, at, timetable.harvest_cursor.is_some()))
            }
            Job::Rebalance => self.rebalance_state(),
            Job::Invest => self.invest_state(),
        }
    }

    /// The batch to serve next: one that has begun, else the open one. `None` without requests.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn next_batch(&self) -> Result<Option<(u64, Batch)>, ContractError> {
        let queue = &self.book.queue;
        let batch_id = queue.serving_batch.unwrap_or(queue.open_batch);
        let batch = BATCHES.may_load(self.deps.storage, batch_id)?;
        Ok(batch.map(|batch| (batch_id, batch)))
    }

    /// When the batch to serve next may be served, seconds.
    fn ready_at(&self, batch: &Batch) -> Result<u64, ContractError> {
        if let Some(submitted_at) = batch.submitted_at {
            return Ok(submitted_at);
        }
        let Some(last) = self.book.queue.last_batch_at else {
            return Ok(batch.opened_at);
        };
        let next = last.saturating_add(self.batch_period()?);
        Ok(next.max(batch.opened_at))
    }

    /// max(batch period, unbonding time / (6 x validators holding stake)): small batches, one
    /// entry each, never run out of the 6 entries that a validator has for them.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn batch_period(&self) -> Result<u64, ContractError> {
        let holding = u64::try_from(self.roster()?.holding_stake()).unwrap_or(u64::MAX);
        let by_entries = self
            .book
            .unbonding_time
            .checked_div(holding.saturating_mul(6));
        let by_policy = self.config.bounds.batch_period;
        Ok(by_entries.map_or(by_policy, |period| period.max(by_policy)))
    }

    fn settle_state(&self) -> Result<JobState, ContractError> {
        let job = Job::Settle;
        let plan = plan_settlement(
            self.deps,
            self.env,
            self.config,
            self.book,
            Uint128::zero(),
            ENTRIES_PER_TICK,
            false,
        )?;
        let due_at = self.book.next_settle_at;
        let due_at = due_at.map(|at| Timestamp::from_nanos(at).seconds());
        Ok(match plan {
            SettlePlan::Nothing | SettlePlan::TooMany => {
                let next = due_at.filter(|at| *at > self.now());
                later(job, next, "no entry is past its completion time")
            }
            SettlePlan::Wait { tokens, surplus } => {
                let reason = format!("{surplus} of {tokens} tokens are here, the next block tells");
                if self
                    .book
                    .seen
                    .is_recorded(seen_block(&self.env.block).height)
                {
                    later(job, None, &reason)
                } else {
                    now(job, due_at, &reason)
                }
            }
            SettlePlan::Cleanup(entries) => {
                let reason = format!("{} settled entries are paid by now", entries.len());
                now(job, due_at, &reason)
            }
            SettlePlan::Fixed { entries, .. } | SettlePlan::Group { entries, .. } => {
                let reason = format!("{} entries can be settled", entries.len());
                now(job, due_at, &reason)
            }
        })
    }

    fn submit_state(&self) -> Result<JobState, ContractError> {
        let job = Job::Submit;
        let Some((batch_id, batch)) = self.next_batch()? else {
            return Ok(later(job, None, "no withdrawal is requested"));
        };
        let ready_at = self.ready_at(&batch)?;
        if self.now() < ready_at {
            return Ok(later(job, Some(ready_at), "the batch period is not over"));
        }
        let rate = self.book.rate(self.now(), self.total_shares)?;
        let tokens = rate.tokens_for_shares_floor(batch.unserved_shares)?;
        let roster = self.roster()?;
        let seats = roster.shave_seats(self.now(), None);
        let seat_since = seats
            .iter()
            .zip(&roster.members)
            .filter(|(seat, _)| seat.available && seat.held > 0)
            .map(|(_, member)| member.holding.available_since())
            .min();
        if tokens.is_zero() || !self.book.money.idle.is_zero() || seat_since.is_some() {
            let since = ready_at
                .max(self.book.queue.tried_at)
                .max(seat_since.unwrap_or_default());
            let reason = format!("batch {batch_id} wants {tokens} tokens");
            return Ok(now(job, Some(since), &reason));
        }
        let next_at = self.next_seat_at(roster);
        Ok(later(
            job,
            next_at,
            "no validator has a free unbonding entry",
        ))
    }

    /// When a validator that takes no undelegation now may take one again, seconds.
    fn next_seat_at(&self, roster: &Roster) -> Option<u64> {
        let settle_at = self.book.next_settle_at;
        let settle_at = settle_at.map(|at| Timestamp::from_nanos(at).seconds());
        let holdings = roster.members.iter().map(|member| &member.holding);
        let refusals = holdings
            .filter(|holding| holding.is_refusing(self.now()) && holding.has_slot_for_batch())
            .map(|holding| holding.refused_until);
        refusals.chain(settle_at).min()
    }

    fn rebalance_state(&self) -> Result<JobState, ContractError> {
        let leaving = self
            .roster()?
            .members
            .iter()
            .filter(|member| !member.holding.removable().is_zero());
        let since = leaving.filter_map(|member| {
            let since = member.holding.draining_since?;
            let holding = &member.holding;
            (holding.has_slot_for_leaving() && !holding.is_refusing(self.now()))
                .then_some(since.max(holding.available_since()))
        });
        Ok(match since.min() {
            Some(since) => now(
                Job::Rebalance,
                Some(since),
                "drained validators still hold stake",
            ),
            None => later(
                Job::Rebalance,
                None,
                "no drained validator can be emptied now",
            ),
        })
    }

    fn invest_state(&self) -> Result<JobState, ContractError> {
        let job = Job::Invest;
        let total_shares = self.total_shares;
        let idle = self.book.idle_above_reserve(self.now(), total_shares)?;
        let least = self.config.bounds.min_delegation;
        if idle < least {
            let reason = format!("{idle} idle tokens, a delegation takes {least}");
            return Ok(later(job, None, &reason));
        }
        let is_room = self.book.placement.head.is_some()
            || !placement::preview_rooms(
                self.config,
                self.book,
                total_shares,
                self.roster()?,
                self.now(),
            )?
            .is_empty();
        if !is_room {
            let reason = format!("{idle} idle tokens, but no validator takes more");
            return Ok(later(job, None, &reason));
        }
        let since = self.book.placement.idle_since.or(Some(self.now()));
        Ok(now(job, since, &format!("{idle} idle tokens")))
    }

    fn scheduled(&self, job: Job, at: u64, is_under_way: bool) -> JobState {
        if is_under_way {
            return now(job, Some(at.min(self.now())), "under way");
        }
        if self.now() >= at {
            return now(job, Some(at), "its period is over");
        }
        later(job, Some(at), "its period is not over")
    }
}

fn waits_until(timetable: &Timetable, job: Job, now: u64) -> Option<u64> {
    let waiting = timetable.waiting.iter();
    waiting
        .filter(|waiting| waiting.job == job && waiting.until > now)
        .map(|waiting| waiting.until)
        .next()
}

fn now(job: Job, due_since: Option<u64>, reason: &str) -> JobState {
    JobState {
        job,
        due: true,
        due_since,
        next_at: None,
        reason: reason.to_owned(),
    }
}

fn later(job: Job, next_at: Option<u64>, reason: &str) -> JobState {
    JobState {
        job,
        due: false,
        due_since: None,
        next_at,
        reason: reason.to_owned(),
    }
}
