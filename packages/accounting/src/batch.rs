//! Withdrawals submitted together.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;

/// A batch of withdrawals, from its first request to its last claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Shares of all its requests.
    pub shares: Uint128,
    /// Shares not served yet.
    pub unserved_shares: Uint128,
    /// Tokens set aside for it so far.
    pub tokens: Uint128,
    /// Tokens in its unsettled entries, at face value.
    pub unbonding: Uint128,
    /// Messages in flight and ledger parts not settled.
    pub pending: u32,
    /// Tokens paid to claimants.
    pub claimed: Uint128,
    /// Shares whose claim was paid.
    pub claimed_shares: Uint128,
    /// When its first request came, seconds.
    pub opened_at: u64,
    /// When its first piece was sent, seconds. `None` while open.
    pub submitted_at: Option<u64>,
    /// When the last of its entries so far completes, seconds; 0 without any.
    pub completes_at: u64,
}

impl Batch {
    /// All shares served and all entries settled.
    #[must_use]
    pub fn is_claimable(&self) -> bool {
        self.submitted_at.is_some() && self.unserved_shares.is_zero() && self.pending == 0
    }

    /// A request joins.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn join(&mut self, shares: Uint128) -> Result<(), AccountingError> {
        self.shares = self.shares.checked_add(shares)?;
        self.unserved_shares = self.unserved_shares.checked_add(shares)?;
        Ok(())
    }

    /// A request leaves.
    ///
    /// # Errors
    /// When the batch has fewer shares.
    pub fn leave(&mut self, shares: Uint128) -> Result<(), AccountingError> {
        self.shares = self.shares.checked_sub(shares)?;
        self.unserved_shares = self.unserved_shares.checked_sub(shares)?;
        Ok(())
    }

    /// Shares are burnt for tokens paid from idle (possibly 0 for 0).
    ///
    /// # Errors
    /// When the batch has fewer unserved shares.
    pub fn serve_from_idle(
        &mut self,
        shares: Uint128,
        tokens: Uint128,
    ) -> Result<(), AccountingError> {
        self.unserved_shares = self.unserved_shares.checked_sub(shares)?;
        self.tokens = self.tokens.checked_add(tokens)?;
        Ok(())
    }

    /// Shares are burnt for tokens that an undelegation was asked for.
    ///
    /// # Errors
    /// When the batch has fewer unserved shares.
    pub fn serve_by_message(
        &mut self,
        shares: Uint128,
        tokens: Uint128,
    ) -> Result<(), AccountingError> {
        self.unserved_shares = self.unserved_shares.checked_sub(shares)?;
        self.unbonding = self.unbonding.checked_add(tokens)?;
        self.pending = self.pending.saturating_add(1);
        Ok(())
    }

    /// The undelegation was refused: exactly its shares and tokens come back.
    ///
    /// # Errors
    /// When the batch has fewer tokens unbonding.
    pub fn undo_message(
        &mut self,
        shares: Uint128,
        tokens: Uint128,
    ) -> Result<(), AccountingError> {
        self.unserved_shares = self.unserved_shares.checked_add(shares)?;
        self.unbonding = self.unbonding.checked_sub(tokens)?;
        self.pending = self.pending.saturating_sub(1);
        Ok(())
    }

    /// The chain unbonds a little less or more than was asked for.
    ///
    /// # Errors
    /// When the batch has fewer tokens unbonding.
    pub fn adjust_unbonding(
        &mut self,
        lost: Uint128,
        gained: Uint128,
    ) -> Result<(), AccountingError> {
        self.unbonding = self.unbonding.checked_add(gained)?.checked_sub(lost)?;
        Ok(())
    }

    /// One of its entries completes at `at`, seconds.
    pub fn expect_entry(&mut self, at: u64) {
        self.completes_at = self.completes_at.max(at);
    }

    /// The message in flight joined a ledger part that exists already.
    pub fn merge_pending(&mut self) {
        self.pending = self.pending.saturating_sub(1);
    }

    /// An entry of face value `tokens` is settled with what `arrived`.
    ///
    /// # Errors
    /// When the batch has fewer tokens unbonding.
    pub fn settle(&mut self, tokens: Uint128, arrived: Uint128) -> Result<(), AccountingError> {
        self.unbonding = self.unbonding.checked_sub(tokens)?;
        self.tokens = self.tokens.checked_add(arrived)?;
        self.pending = self.pending.saturating_sub(1);
        Ok(())
    }

    /// What `shares` of a claimable batch are paid: tokens x shares / all shares, rounded down.
    ///
    /// # Errors
    /// When the batch has no shares.
    pub fn preview_claim_floor(&self, shares: Uint128) -> Result<Uint128, AccountingError> {
        Ok(self.tokens.checked_multiply_ratio(shares, self.shares)?)
    }

    /// Pays the claim of `shares`. Gives the tokens to pay, and what rounding leaves to the pool
    /// once every share is paid.
    ///
    /// # Errors
    /// When the batch has no shares.
    pub fn claim_floor(&mut self, shares: Uint128) -> Result<(Uint128, Uint128), AccountingError> {
        let tokens = self.preview_claim_floor(shares)?;
        self.claimed = self.claimed.checked_add(tokens)?;
        self.claimed_shares = self.claimed_shares.checked_add(shares)?;
        if self.claimed_shares < self.shares {
            return Ok((tokens, Uint128::zero()));
        }
        let remainder = self.tokens.checked_sub(self.claimed)?;
        Ok((tokens, remainder))
    }
}
