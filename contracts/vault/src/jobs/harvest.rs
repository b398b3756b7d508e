//! Withdraws rewards page by page and sweeps the pot, whose answer books the profit.

use defenders_allocation::Gather;
use defenders_types::{Job, JobState};

use super::due;
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::event;
use crate::messages::{sweep_pot, withdraw_rewards};
use crate::state::{Timetable, HOLDINGS, TIMETABLE};
use crate::store::Bound;
use crate::validators::skip::Skip;

/// Due when its period is over, or pages are left.
#[must_use]
pub fn due(view: &View, timetable: &Timetable) -> JobState {
    let period = view.config.parameters.harvest_period;
    let at = timetable.harvested_at.saturating_add(period);
    let is_under_way = timetable.harvest_cursor.is_some();
    due::scheduled(Job::Harvest, view.now(), at, is_under_way)
}

/// One page: the next validators that hold stake, except `skip`.
///
/// Reads: timetable, book, holdings. Writes: timetable, rate of the day. Sends: withdrawals of rewards, a sweep of the
/// pot. Emits: `vault/rewards_withdrawn`; the replies `vault/refused`, `vault/harvested`,
/// `vault/fee_owed`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call, skip: &Skip) -> Result<(), Box<ContractError>> {
    call.record_rate()?;
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    let page = usize::try_from(call.config.parameters.harvest_page).unwrap_or(usize::MAX);
    let start = timetable.harvest_cursor.as_deref().map(Bound::exclusive);
    let mut holdings = HOLDINGS
        .range(call.deps.storage, start, None)
        .filter(|row| row.as_ref().map_or(true, |(_, h)| !h.delegated.is_zero()));
    let validators = holdings.by_ref().take(page).gather_ok()?;
    let is_complete = holdings.next().is_none();
    drop(holdings);

    let now = call.now();
    let since_last = now.saturating_sub(timetable.harvested_at);
    let period = call
        .config
        .parameters
        .profit_unlock_period
        .max(since_last)
        .min(call.book.unbonding_time);
    let is_first_page = timetable.harvest_cursor.is_none();
    // a page so late that its profit would be released nearly at once begins a new spread
    let spread_left = call.book.money.locked_profit.until.saturating_sub(now);
    let is_late = spread_left < call.config.parameters.profit_unlock_period / 2;
    let first_page_period = (is_first_page || is_late).then_some(period);

    if is_first_page {
        timetable.harvested_at = now;
    }
    let last = validators.last().map(|(validator, _)| validator.clone());
    timetable.harvest_cursor = if is_complete { None } else { last };
    TIMETABLE.save(call.deps.storage, &timetable);

    let mut asked: usize = 0;
    for (validator, holding) in validators {
        if !skip.passes(&validator, holding.power_row) {
            withdraw_rewards::send(call, validator);
            asked = asked.saturating_add(1);
        }
    }
    sweep_pot::send(call, first_page_period)?;
    call.emit(event::rewards_withdrawn(asked, is_complete));
    Ok(())
}
