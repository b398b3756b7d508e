//! Which batch takes requests, which one is being served, and how many shares wait. Batches are
//! served in order, so at most one of them has begun and is not fully served.

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
    /// Unserved shares of the serving batch: idle worth them is kept for it.
    pub reserved_shares: Uint128,
    /// Unserved shares of all batches.
    pub escrow_shares: Uint128,
    /// When the last batch's first piece was sent, seconds.
    pub last_batch_at: Option<u64>,
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

    /// The first piece of the open batch is sent at `now`, seconds: the next one takes requests.
    pub fn begin(&mut self, batch_id: u64, now: u64) {
        self.open_batch = batch_id.saturating_add(1);
        self.last_batch_at = Some(now);
    }

    /// A piece burns `burnt` shares of a batch, which then has `unserved` left.
    ///
    /// # Errors
    /// When there are fewer in escrow.
    pub fn serve(
        &mut self,
        batch_id: u64,
        burnt: Uint128,
        unserved: Uint128,
    ) -> Result<(), AccountingError> {
        self.escrow_shares = self.escrow_shares.checked_sub(burnt)?;
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

    /// Idle kept for the unserved shares of the serving batch: their worth, rounded down, tokens.
    ///
    /// # Errors
    /// When there are no shares at all.
    pub fn reserve_floor(&self, rate: Rate) -> Result<Uint128, AccountingError> {
        rate.tokens_for_shares_floor(self.reserved_shares)
    }

    fn reserve_for(&mut self, batch_id: u64, unserved: Uint128) {
        self.reserved_shares = unserved;
        self.serving_batch = (!unserved.is_zero()).then_some(batch_id);
    }
}
