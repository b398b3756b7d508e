//! Where a batch stands, and what it will probably pay.

use cosmwasm_std::Uint128;
use defenders_accounting::{Batch, Rate};
use defenders_types::{BatchInfo, BatchState, Job, PaysAt, HOUR};

use crate::call::View;
use crate::error::ContractError;
use crate::jobs;
use crate::jobs::submit::{load_next_batch, query_batch_period};

/// What estimates need, read once per query.
pub struct Outlook {
    /// What shares are worth.
    pub rate: Rate,
    open_batch: u64,
    next_batch: Option<u64>,
    next_piece_at: Option<u64>,
    next_batch_at: u64,
    /// An exit takes no longer, seconds.
    exit_bound: u64,
    /// For a settlement, with one `tick {}` an hour, seconds.
    settling_time: u64,
    unbonding_time: u64,
    idle: Uint128,
    now: u64,
}

impl Outlook {
    /// Reads it.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(view: &View) -> Result<Self, Box<ContractError>> {
        let submit = jobs::query_state(view, Job::Submit)?;
        let queue = &view.book.queue;
        Ok(Self {
            rate: view.valuation().rate()?,
            open_batch: queue.open_batch,
            next_batch: load_next_batch(view)?.map(|(batch_id, _)| batch_id),
            next_piece_at: if submit.due {
                Some(view.now())
            } else {
                submit.next_at
            },
            next_batch_at: queue.next_batch_at,
            exit_bound: query_exit_bound(view)?,
            settling_time: query_tick_hours(view)?,
            unbonding_time: view.book.unbonding_time,
            idle: view.book.money.idle,
            now: view.now(),
        })
    }

    /// Where a batch stands.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn info(&self, batch_id: u64, batch: &Batch) -> Result<BatchInfo, Box<ContractError>> {
        let state = match batch.submitted_at {
            None => BatchState::Open,
            Some(_) if batch.is_claimable() => BatchState::Claimable,
            Some(_) if batch.unserved_shares.is_zero() => BatchState::Unbonding,
            Some(_) => BatchState::Submitting,
        };
        let next_at = match state {
            BatchState::Open | BatchState::Submitting if self.next_batch == Some(batch_id) => {
                self.next_piece_at
            }
            // behind a batch that is being served
            BatchState::Open | BatchState::Submitting => {
                (batch_id == self.open_batch).then_some(self.next_batch_at)
            }
            BatchState::Unbonding => Some(batch.completes_at),
            BatchState::Claimable => None,
        };
        let unserved = self.rate.tokens_for_shares_floor(batch.unserved_shares)?;
        Ok(BatchInfo {
            batch_id,
            state,
            shares: batch.shares,
            unserved_shares: batch.unserved_shares,
            tokens: batch.tokens,
            unbonding: batch.unbonding,
            tokens_estimate: batch
                .tokens
                .checked_add(batch.unbonding)?
                .checked_add(unserved)?,
            claimed: batch.claimed,
            submitted_at: batch.submitted_at,
            next_at,
            pays_at: self.pays_at(state, next_at, batch, unserved),
        })
    }

    fn pays_at(
        &self,
        state: BatchState,
        next_at: Option<u64>,
        batch: &Batch,
        unserved: Uint128,
    ) -> Option<PaysAt> {
        match state {
            BatchState::Claimable => None,
            BatchState::Unbonding => Some(PaysAt {
                earliest: batch.completes_at,
                latest: batch
                    .completes_at
                    .max(self.now)
                    .saturating_add(self.settling_time),
            }),
            BatchState::Open | BatchState::Submitting => {
                let piece_at = next_at.unwrap_or(self.next_batch_at).max(self.now);
                let unbonded_at = piece_at.saturating_add(self.unbonding_time);
                let is_idle_enough = self.idle >= unserved;
                let earliest = if is_idle_enough {
                    piece_at
                } else {
                    unbonded_at
                };
                let earliest = earliest.max(batch.completes_at);
                let latest = batch.opened_at.saturating_add(self.exit_bound);
                Some(PaysAt {
                    earliest,
                    latest: latest.max(earliest.saturating_add(self.settling_time)),
                })
            }
        }
    }
}

/// h of the README: a tick for each piece of a batch, one before each for what has to be settled, and what
/// is rounded to whole hours; seconds.
fn query_tick_hours(view: &View) -> Result<u64, Box<ContractError>> {
    let holding = view.validators()?.count_holding_stake();
    let holding = u64::try_from(holding).unwrap_or(u64::MAX);
    let per_piece = u64::from(view.config.parameters.max_messages_per_piece.max(1));
    let pieces = holding.div_ceil(per_piece);
    Ok(pieces
        .saturating_mul(2)
        .saturating_add(9)
        .saturating_mul(HOUR))
}

/// The larger of P + U + h and 2 U - 4 P + 2 h, as the README derives them; seconds.
fn query_exit_bound(view: &View) -> Result<u64, Box<ContractError>> {
    let period = query_batch_period(view)?;
    let ticks = query_tick_hours(view)?;
    let unbonding = view.book.unbonding_time;
    let alone = period.saturating_add(unbonding).saturating_add(ticks);
    let beside_others = unbonding
        .saturating_mul(2)
        .saturating_add(ticks.saturating_mul(2))
        .saturating_sub(period.saturating_mul(4));
    Ok(alone.max(beside_others))
}
