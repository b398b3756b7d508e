//! Batches of withdrawals: one, or a page of them.

use defenders_allocation::Gather;
use defenders_types::{BatchInfo, BatchesResponse};

use super::outlook::Outlook;
use crate::call::View;
use crate::error::ContractError;
use crate::state::BATCHES;
use crate::store::Bound;

pub fn batch(view: &View, batch_id: u64) -> Result<Option<BatchInfo>, Box<ContractError>> {
    let Some(batch) = BATCHES.may_load(view.deps.storage, batch_id)? else {
        return Ok(None);
    };
    Ok(Some(Outlook::load(view)?.info(batch_id, &batch)?))
}

pub fn batches(
    view: &View,
    start_after: Option<u64>,
    limit: usize,
) -> Result<BatchesResponse, Box<ContractError>> {
    let outlook = Outlook::load(view)?;
    let start = start_after.map(Bound::exclusive);
    let batches = BATCHES
        .range(view.deps.storage, start, None)
        .take(limit)
        .map(|row| {
            let (batch_id, batch) = row?;
            outlook.info(batch_id, &batch)
        })
        .gather_ok::<_, Box<ContractError>>()?;
    Ok(BatchesResponse { batches })
}
