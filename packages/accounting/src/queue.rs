//! Which batch takes requests, which one is being served, and how many shares wait. Batches are
//! served in order, so at most one of them has begun and is not fully served. Idle is kept for the one
//! that is served or ready: else anyone could delegate it, and its owners would wait for it to unbond.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;
use crate::rate::Rate;

/// The queue of batches. Its fields are there to be read and stored; only its methods change them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Takes requests.
    pub open_batch: u64,
    /// Begun and not fully served.
    pub serving_batch: Option<u64>,
    /// Unserved shares of the serving batch.
    pub reserved_shares: Uint128,
    /// Unserved shares of all batches.
    pub escrow_shares: Uint128,
    /// When the open batch's period is over, seconds; 0 before the first batch. Each piece of the batch
    /// before writes it. However many validators hold stake later, it counts as written: what is kept
    /// idle and what may be served must never depend on two different times.
    pub next_batch_at: u64,
    /// When a piece was last tried without passing a validator, seconds.
    pub last_piece_tried_at: u64,
}

impl Queue {
    /// Without any request; batches are numbered from 1.
    #[must_use]
    pub fn new() -> Self {
        Self {
            open_batch: 1,
            ..Self::default()
        }
    }

    /// The batch to serve next: one that has begun, else the open one.
    #[must_use]
    pub fn next_batch(&self) -> u64 {
        self.serving_batch.unwrap_or(self.open_batch)
    }

    /// Whether the open batch may be served: somebody is in it, its period is over, and the batch
    /// before is fully served.
    #[must_use]
    pub fn is_open_batch_ready(&self, now: u64) -> bool {
        // without a serving batch all escrow is the open one's
        self.serving_batch.is_none() && !self.escrow_shares.is_zero() && now >= self.next_batch_at
    }

    /// The same, and the mere passing of time has made it so after `before`, seconds.
    #[must_use]
    pub fn has_become_ready_after(&self, before: u64, now: u64) -> bool {
        self.is_open_batch_ready(now) && before < self.next_batch_at
    }

    /// Since when the open batch may be served, or from when on, if its first request came at
    /// `opened_at`; seconds.
    #[must_use]
    pub fn ready_at(&self, opened_at: u64) -> u64 {
        self.next_batch_at.max(opened_at)
    }

    /// Unserved shares of the batch that is served or ready.
    #[must_use]
    pub fn waiting_shares(&self, now: u64) -> Uint128 {
        if self.is_open_batch_ready(now) {
            self.escrow_shares
        } else {
            self.reserved_shares
        }
    }

    /// Shares of a request go into escrow.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn join(&mut self, shares: Uint128) -> Result<(), AccountingError> {
        self.escrow_shares = self.escrow_shares.checked_add(shares)?;
        Ok(())
    }

    /// Shares of a cancelled request leave escrow.
    ///
    /// # Errors
    /// When there are fewer in escrow.
    pub fn leave(&mut self, shares: Uint128) -> Result<(), AccountingError> {
        self.escrow_shares = self.escrow_shares.checked_sub(shares)?;
        Ok(())
    }

    /// A piece is tried at `now`, seconds.
    pub fn try_piece(&mut self, now: u64) {
        self.last_piece_tried_at = now;
    }

    /// The first piece of the open batch is sent: the next one takes requests.
    pub fn begin(&mut self, batch_id: u64) {
        self.open_batch = batch_id.saturating_add(1);
    }

    /// A piece burns `burnt` shares of a batch, which then has `unserved` left. The next batch is served
    /// no sooner than `next_batch_at`, seconds.
    ///
    /// # Errors
    /// When there are fewer in escrow.
    pub fn serve(
        &mut self,
        batch_id: u64,
        burnt: Uint128,
        unserved: Uint128,
        next_batch_at: u64,
    ) -> Result<(), AccountingError> {
        self.escrow_shares = self.escrow_shares.checked_sub(burnt)?;
        self.next_batch_at = next_batch_at;
        self.reserve_for(batch_id, unserved);
        Ok(())
    }

    /// `shares` that a piece had burnt come back to their batch, which then has `unserved`.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn undo(
        &mut self,
        batch_id: u64,
        shares: Uint128,
        unserved: Uint128,
    ) -> Result<(), AccountingError> {
        self.escrow_shares = self.escrow_shares.checked_add(shares)?;
        self.reserve_for(batch_id, unserved);
        Ok(())
    }

    /// Idle kept for the batch that is served or ready at `now` (seconds): the worth of its unserved
    /// shares, rounded down, tokens.
    ///
    /// # Errors
    /// When there are no shares at all.
    pub fn reserve_floor(&self, rate: Rate, now: u64) -> Result<Uint128, AccountingError> {
        rate.tokens_for_shares_floor(self.waiting_shares(now))
    }

    fn reserve_for(&mut self, batch_id: u64, unserved: Uint128) {
        self.reserved_shares = unserved;
        self.serving_batch = (!unserved.is_zero()).then_some(batch_id);
    }
}
