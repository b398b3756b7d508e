//! The rate, day by day.

use defenders_allocation::Gather;
use defenders_types::{RateHistoryResponse, RateSample};

use crate::call::View;
use crate::error::ContractError;
use crate::state::rates;

pub fn rate_history(
    view: &View,
    start_after: Option<u64>,
    limit: usize,
) -> Result<RateHistoryResponse, Box<ContractError>> {
    let samples = rates::page(view.deps.storage, start_after, limit)?;
    let samples = samples.into_iter().map(|sample| RateSample {
        time: sample.time,
        tokens_per_share: sample.tokens_per_share,
    });
    Ok(RateHistoryResponse {
        samples: samples.gather(),
    })
}
