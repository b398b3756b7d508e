//! What an owner has: shares, and withdrawals under way.

use defenders_accounting::Rate;
use defenders_types::{PositionResponse, WithdrawalInfo};

use super::outlook::Outlook;
use crate::call::View;
use crate::error::ContractError;
use crate::shares::query_shares_of;
use crate::state::{BATCHES, REQUESTS};
use crate::store::Bound;

pub fn position(
    view: &View,
    owner: &str,
    start_after: Option<u64>,
    limit: usize,
) -> Result<PositionResponse, Box<ContractError>> {
    let owner = view.deps.api.addr_validate(owner)?;
    let outlook = Outlook::load(view)?;
    let shares = query_shares_of(view.deps, view.config, &owner)?;
    // batches are numbered from 1
    let start = Bound::exclusive((&owner, start_after.unwrap_or_default()));
    let end = Bound::inclusive((&owner, u64::MAX));
    let rows = REQUESTS.range(view.deps.storage, Some(start), Some(end));
    let mut withdrawals = vec![];
    for row in rows.take(limit) {
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
            pays_at: info.pays_at,
        });
    }
    Ok(PositionResponse {
        shares,
        tokens: outlook.rate.tokens_for_shares_floor(shares)?,
        withdrawals,
    })
}
