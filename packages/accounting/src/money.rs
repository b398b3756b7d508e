//! Where every token of the vault is. The domain object of the book: it knows no storage, and
//! each method moves tokens between its fields so that none is made or lost unnamed.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;
use crate::locked_profit::LockedProfit;
use crate::mark::Worth;

/// The vault's tokens by place and owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// In the bank balance, of the share owners.
    pub idle: Uint128,
    /// In the bank balance, set aside for batches.
    pub claimable: Uint128,
    /// In the bank balance, fee and bounty that could not be paid.
    pub fees_owed: Uint128,
    /// In the bank balance, of settlements that wait or are half done.
    pub awaiting_settlement: Uint128,
    /// Delegated.
    pub bonded: Uint128,
    /// In unbonding entries, to be delegated again, at face value.
    pub restaking: Uint128,
    /// What is expected to be missing of these: face value - marks.
    pub marked_down: Uint128,
    /// In unbonding entries of batches, at face value.
    pub unbonding: Uint128,
    /// The part of idle and bonded that is not in the price yet.
    pub locked_profit: LockedProfit,
}

impl Money {
    /// bonded + idle + restaking at face value: what the share owners have, locked profit included.
    /// Deposits pay this per share.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn assets_with_locked_profit(&self) -> Result<Uint128, AccountingError> {
        Ok(self
            .bonded
            .checked_add(self.idle)?
            .checked_add(self.restaking)?)
    }

    /// bonded + idle + restaking at its marks - locked profit: what all shares are worth.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn total_assets(&self, now: u64) -> Result<Uint128, AccountingError> {
        let locked = self.locked_profit.locked_at_ceil(now)?;
        // a loss beyond the locked profit absorbs all of it, so this never saturates for long
        Ok(self
            .assets_with_locked_profit()?
            .saturating_sub(self.marked_down)
            .saturating_sub(locked))
    }

    /// idle + claimable + fees owed + awaiting settlement: the part of the bank balance that has an owner.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn owned_balance(&self) -> Result<Uint128, AccountingError> {
        Ok(self
            .idle
            .checked_add(self.claimable)?
            .checked_add(self.fees_owed)?
            .checked_add(self.awaiting_settlement)?)
    }

    /// Bank balance (without the funds of the present call) beyond what has an owner: donations
    /// and arrivals not yet settled.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn surplus(&self, bank_balance: Uint128) -> Result<Uint128, AccountingError> {
        Ok(bank_balance.saturating_sub(self.owned_balance()?))
    }

    /// A depositor's tokens came in.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn receive(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        add(&mut self.idle, tokens)
    }

    /// Idle tokens are delegated.
    ///
    /// # Errors
    /// When there is less idle.
    pub fn delegate(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.idle, &mut self.bonded, tokens)
    }

    /// The delegation was refused.
    ///
    /// # Errors
    /// When there is less bonded.
    pub fn undo_delegate(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.bonded, &mut self.idle, tokens)
    }

    /// Stake leaves for a batch; its shares are burnt with it.
    ///
    /// # Errors
    /// When there is less bonded.
    pub fn undelegate_for_batch(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.bonded, &mut self.unbonding, tokens)
    }

    /// The undelegation for a batch was refused.
    ///
    /// # Errors
    /// When there is less unbonding.
    pub fn undo_undelegate_for_batch(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.unbonding, &mut self.bonded, tokens)
    }

    /// The chain unbonds a little less or more for a batch than was asked for; the batch bears
    /// it.
    ///
    /// # Errors
    /// When there is less unbonding.
    pub fn adjust_unbonding(
        &mut self,
        lost: Uint128,
        gained: Uint128,
    ) -> Result<(), AccountingError> {
        add(&mut self.unbonding, gained)?;
        sub(&mut self.unbonding, lost)
    }

    /// Stake leaves a validator, to be delegated again.
    ///
    /// # Errors
    /// When there is less bonded.
    pub fn undelegate_for_restake(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.bonded, &mut self.restaking, tokens)
    }

    /// The undelegation for restaking was refused.
    ///
    /// # Errors
    /// When there is less restaking.
    pub fn undo_undelegate_for_restake(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.restaking, &mut self.bonded, tokens)
    }

    /// The chain unbonds a little less or more for restaking than was asked for.
    ///
    /// # Errors
    /// When there is less restaking.
    pub fn adjust_restaking(
        &mut self,
        now: u64,
        lost: Uint128,
        gained: Uint128,
    ) -> Result<(), AccountingError> {
        add(&mut self.restaking, gained)?;
        sub(&mut self.restaking, lost)?;
        self.absorb(now, lost)
    }

    /// Idle tokens are set aside for a batch.
    ///
    /// # Errors
    /// When there is less idle.
    pub fn set_aside(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.idle, &mut self.claimable, tokens)
    }

    /// A batch's entry of face value `tokens` is settled with what `arrived`. A shortfall is the
    /// batch's own and never touches locked profit.
    ///
    /// # Errors
    /// When there is less unbonding.
    pub fn settle_for_batch(
        &mut self,
        tokens: Uint128,
        arrived: Uint128,
    ) -> Result<(), AccountingError> {
        sub(&mut self.unbonding, tokens)?;
        add(&mut self.claimable, arrived)
    }

    /// More is expected to be missing of what restakes: a provision, not a booked loss.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn mark_down(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        add(&mut self.marked_down, tokens)
    }

    /// Restaking entries are settled with what `arrived`. What is missing below their marks is taken
    /// from locked profit first; what arrives above them joins it: until the end of the present
    /// spread, or over `period` where none runs.
    ///
    /// # Errors
    /// When there is less restaking.
    pub fn settle_for_restake(
        &mut self,
        now: u64,
        entries: Worth,
        arrived: Uint128,
        period: u64,
    ) -> Result<(), AccountingError> {
        sub(&mut self.restaking, entries.face)?;
        sub(&mut self.marked_down, entries.lack()?)?;
        add(&mut self.idle, arrived)?;
        self.absorb(now, entries.mark.saturating_sub(arrived))?;
        let gained = arrived.saturating_sub(entries.mark);
        if gained.is_zero() {
            return Ok(());
        }
        self.locked_profit = if now < self.locked_profit.until {
            self.locked_profit.add(now, gained)?
        } else {
            self.locked_profit.begin(now, gained, period)?
        };
        Ok(())
    }

    /// What arrived for a group of entries waits until they are settled.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn await_settlement(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        add(&mut self.awaiting_settlement, tokens)
    }

    /// Tokens that waited go to a settlement.
    ///
    /// # Errors
    /// When less is waiting.
    pub fn end_wait(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        sub(&mut self.awaiting_settlement, tokens)
    }

    /// A claim is paid.
    ///
    /// # Errors
    /// When less is claimable.
    pub fn pay_claim(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        sub(&mut self.claimable, tokens)
    }

    /// What rounding left of a batch that is paid out goes to the pool.
    ///
    /// # Errors
    /// When less is claimable.
    pub fn release_remainder(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        shift(&mut self.claimable, &mut self.idle, tokens)
    }

    /// Delegations are worth `tokens` less than the book says.
    ///
    /// # Errors
    /// When there is less bonded.
    pub fn book_loss(&mut self, now: u64, tokens: Uint128) -> Result<(), AccountingError> {
        sub(&mut self.bonded, tokens)?;
        self.absorb(now, tokens)
    }

    /// Delegations are worth `tokens` more than the book says.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn book_gain(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        add(&mut self.bonded, tokens)
    }

    /// Profit came in: idle and locked. A first page spreads it and what was left over
    /// `first_page_period`; later pages (`None`) add to the same spread.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn receive_profit(
        &mut self,
        now: u64,
        profit: Uint128,
        first_page_period: Option<u64>,
    ) -> Result<(), AccountingError> {
        add(&mut self.idle, profit)?;
        self.locked_profit = match first_page_period {
            Some(period) => self.locked_profit.begin(now, profit, period)?,
            None => self.locked_profit.add(now, profit)?,
        };
        Ok(())
    }

    /// Fee or bounty could not be paid and stays owed.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn owe_fee(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        add(&mut self.fees_owed, tokens)
    }

    /// Fee or bounty that was owed is paid.
    ///
    /// # Errors
    /// When less is owed.
    pub fn pay_fee_owed(&mut self, tokens: Uint128) -> Result<(), AccountingError> {
        sub(&mut self.fees_owed, tokens)
    }

    fn absorb(&mut self, now: u64, loss: Uint128) -> Result<(), AccountingError> {
        if !loss.is_zero() {
            self.locked_profit = self.locked_profit.absorb(now, loss)?;
        }
        Ok(())
    }
}

fn add(field: &mut Uint128, tokens: Uint128) -> Result<(), AccountingError> {
    *field = field.checked_add(tokens)?;
    Ok(())
}

fn sub(field: &mut Uint128, tokens: Uint128) -> Result<(), AccountingError> {
    *field = field.checked_sub(tokens)?;
    Ok(())
}

fn shift(from: &mut Uint128, to: &mut Uint128, tokens: Uint128) -> Result<(), AccountingError> {
    sub(from, tokens)?;
    add(to, tokens)
}
