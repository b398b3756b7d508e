//! Where a batch stands, and what it will probably pay.

use defenders_accounting::{Batch, Rate};
use defenders_types::{BatchInfo, BatchState, Job};

use crate::call::View;
use crate::error::ContractError;
use crate::jobs;
use crate::jobs::submit::load_next_batch;

/// What estimates need, read once per query.
pub struct Outlook {
    /// What shares are worth.
    pub rate: Rate,
    open_batch: u64,
    next_batch: Option<u64>,
    next_piece_at: Option<u64>,
    next_batch_at: u64,
}

impl Outlook {
    /// Reads it.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(view: &View) -> Result<Self, ContractError> {
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
        })
    }

    /// Where a batch stands.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn info(&self, batch_id: u64, batch: &Batch) -> Result<BatchInfo, ContractError> {
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
        })
    }
}
