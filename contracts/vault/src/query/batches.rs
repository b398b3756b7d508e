//! Withdrawals: whose, how much, how far, and the ledger behind them.

use std::ops::Bound;

use cosmwasm_std::Timestamp;
use defenders_accounting::{Batch, Rate};
use defenders_types::{
    BatchInfo, BatchState, BatchesResponse, Job, LedgerEntry, LedgerKey, LedgerResponse,
    PositionResponse, WithdrawalInfo,
};

use crate::error::ContractError;
use crate::jobs::View;
use crate::ledger as entries;
use crate::state::{BATCHES, REQUESTS};
use crate::token;

/// What estimates need, read once per query.
struct Outlook {
    rate: Rate,
    open_batch: u64,
    next_batch: Option<u64>,
    next_piece_at: Option<u64>,
    next_batch_at: Option<u64>,
}

pub fn position(
    view: &View,
    owner: &str,
    start_after: Option<u64>,
    limit: usize,
) -> Result<PositionResponse, ContractError> {
    let owner = view.deps.api.addr_validate(owner)?;
    let outlook = Outlook::load(view)?;
    let shares = token::shares_of(view.deps.storage, &owner)?;
    // batches are numbered from 1
    let start = Bound::Excluded((&owner, start_after.unwrap_or_default()));
    let end = Bound::Included((&owner, u64::MAX));
    let mut withdrawals = vec![];
    for row in REQUESTS.range(view.deps.storage, (start, end)).take(limit) {
        let ((_, batch_id), shares) = row?;
        let batch = BATCHES.load(view.deps.storage, batch_id)?;
        let info = outlook.info(batch_id, &batch)?;
        let all = Rate {
            tokens: info.tokens_estimate,
            shares: batch.shares,
        };
        withdrawals.push(WithdrawalInfo {
            batch_id,
            state: info.state,
            shares,
            tokens: all.tokens_for_shares_floor(shares)?,
            next_at: info.next_at,
        });
    }
    Ok(PositionResponse {
        shares,
        tokens: outlook.rate.tokens_for_shares_floor(shares)?,
        withdrawals,
    })
}

pub fn batch(view: &View, batch_id: u64) -> Result<Option<BatchInfo>, ContractError> {
    let Some(batch) = BATCHES.may_load(view.deps.storage, batch_id)? else {
        return Ok(None);
    };
    Ok(Some(Outlook::load(view)?.info(batch_id, &batch)?))
}

pub fn batches(
    view: &View,
    start_after: Option<u64>,
    limit: usize,
) -> Result<BatchesResponse, ContractError> {
    let outlook = Outlook::load(view)?;
    let start = start_after.map_or(Bound::Unbounded, Bound::Excluded);
    let batches = BATCHES
        .range(view.deps.storage, (start, Bound::Unbounded))
        .take(limit)
        .map(|row| {
            let (batch_id, batch) = row?;
            outlook.info(batch_id, &batch)
        })
        .collect::<Result<Vec<_>, ContractError>>()?;
    Ok(BatchesResponse { batches })
}

pub fn ledger(
    view: &View,
    start_after: Option<LedgerKey>,
    limit: usize,
) -> Result<LedgerResponse, ContractError> {
    let start = start_after
        .as_ref()
        .map(|key| (key.completion_time.nanos(), key.validator.as_str()));
    let entries = entries::page(view.deps.storage, start, limit)?;
    let entries = entries
        .into_iter()
        .map(|entry| {
            Ok(LedgerEntry {
                completion_time: Timestamp::from_nanos(entry.completion),
                tokens: entry.row.tokens()?,
                validator: entry.validator,
                parts: entry.row.parts,
                settled: entry.row.is_settled,
            })
        })
        .collect::<Result<Vec<_>, ContractError>>()?;
    Ok(LedgerResponse { entries })
}

impl Outlook {
    fn load(view: &View) -> Result<Self, ContractError> {
        let submit = view.job_state(Job::Submit)?;
        let queue = &view.book.queue;
        let period = view.batch_period()?;
        Ok(Self {
            rate: view.book.rate(view.now(), view.total_shares)?,
            open_batch: queue.open_batch,
            next_batch: view.next_batch()?.map(|(batch_id, _)| batch_id),
            next_piece_at: if submit.due {
                Some(view.now())
            } else {
                submit.next_at
            },
            next_batch_at: queue.last_batch_at.map(|at| at.saturating_add(period)),
        })
    }

    fn info(&self, batch_id: u64, batch: &Batch) -> Result<BatchInfo, ContractError> {
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
                self.next_batch_at.filter(|_| batch_id == self.open_batch)
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
