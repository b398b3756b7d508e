//! A page of the unbonding ledger.

use cosmwasm_std::Timestamp;
use defenders_allocation::Gather;
use defenders_types::{LedgerEntry, LedgerKey, LedgerResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::state::unbonding;
use crate::validators::marks::Marks;

pub fn ledger(
    view: &View,
    start_after: Option<LedgerKey>,
    limit: usize,
) -> Result<LedgerResponse, Box<ContractError>> {
    let start = start_after
        .as_ref()
        .map(|key| (key.completion_time.nanos(), key.validator.as_str()));
    let entries = unbonding::page(view.deps.storage, start, limit)?;
    let marks = Marks::load(view.deps.storage)?;
    let last_fixed = unbonding::last_fixed(view.deps.storage)?;
    let entries = entries
        .into_iter()
        .map(|entry| {
            let worth = marks.worth_of_all(std::slice::from_ref(&entry), |_| true)?;
            Ok(LedgerEntry {
                mark: worth.mark,
                completion_time: Timestamp::from_nanos(entry.completion_nanos),
                tokens: entry.row.tokens()?,
                validator: entry.validator,
                parts: entry.row.parts,
                settled: entry.row.is_settled,
                restaking_settled: entry.row.is_settled || entry.completion_nanos <= last_fixed,
            })
        })
        .gather_ok::<_, Box<ContractError>>()?;
    Ok(LedgerResponse { entries })
}
