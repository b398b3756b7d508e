//! Withdraws rewards page by page and sweeps the pot; the reply takes the fee.

use std::ops::Bound;

use cosmwasm_std::{BankMsg, Coin, SubMsg};

use super::Call;
use crate::error::ContractError;
use crate::event;
use crate::messages::{sweep_pot, withdraw_rewards_or_tell, Sweep};
use crate::state::{Holding, FEES_OWED, HOLDINGS, TIMETABLE};

/// One page: the next validators that hold stake, except `skip`.
///
/// Reads: timetable, holdings. Writes: timetable. Sends: withdrawals of rewards, a sweep of the
/// pot. Emits: `vault/rewards_withdrawn`; the reply `vault/harvested`.
///
/// # Errors
/// When storage is damaged.
pub fn run(call: &mut Call, skip: Option<&str>) -> Result<(), ContractError> {
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    let page = usize::try_from(call.config.bounds.harvest_page).unwrap_or(usize::MAX);
    let cursor = timetable.harvest_cursor.as_deref();
    let start = cursor.map_or(Bound::Unbounded, Bound::Excluded);
    let mut holdings = HOLDINGS
        .range(call.deps.storage, (start, Bound::Unbounded))
        .filter(|row| row.as_ref().map_or(true, |(_, h)| !h.delegated.is_zero()));
    let validators = holdings
        .by_ref()
        .take(page)
        .collect::<Result<Vec<(String, Holding)>, _>>()?;
    let is_complete = holdings.next().is_none();
    drop(holdings);

    let now = call.now();
    let since_last = now.saturating_sub(timetable.harvested_at);
    let period = call
        .config
        .bounds
        .profit_unlock_period
        .max(since_last)
        .min(call.book.unbonding_time);
    let is_first_page = timetable.harvest_cursor.is_none();
    // a page so late that its profit would be released nearly at once begins a new spread
    let spread_left = call.book.money.locked_profit.until.saturating_sub(now);
    let is_late = spread_left < call.config.bounds.profit_unlock_period / 2;
    let first_page_period = (is_first_page || is_late).then_some(period);

    if is_first_page {
        timetable.harvested_at = now;
    }
    let last = validators.last().map(|(validator, _)| validator.clone());
    timetable.harvest_cursor = if is_complete { None } else { last };
    TIMETABLE.save(call.deps.storage, &timetable);

    let mut asked: usize = 0;
    for (validator, _) in &validators {
        if skip != Some(validator.as_str()) {
            call.send(withdraw_rewards_or_tell(validator));
            asked = asked.saturating_add(1);
        }
    }
    let sweep = Sweep {
        caller: call.sender.clone(),
        first_page_period,
    };
    call.send(sweep_pot(&call.config.reward_pot, &sweep)?);
    call.emit(event::rewards_withdrawn(asked, is_complete));
    Ok(())
}

/// Pays fee or bounty that could not be paid before.
///
/// Reads: fees owed. Writes: fees owed, book. Sends: the fee. Emits: `vault/fee_claimed`.
///
/// # Errors
/// [`ContractError::NothingOwed`].
pub fn claim_fee(call: &mut Call, recipient: Option<String>) -> Result<(), ContractError> {
    let recipient = match recipient {
        Some(recipient) => call.deps.api.addr_validate(&recipient)?,
        None => call.sender.clone(),
    };
    let owed = FEES_OWED.may_load(call.deps.storage, &recipient)?;
    let Some(tokens) = owed.filter(|tokens| !tokens.is_zero()) else {
        return Err(ContractError::NothingOwed {
            recipient: recipient.to_string(),
        });
    };

    call.book.money.pay_fee_owed(tokens)?;

    FEES_OWED.remove(call.deps.storage, &recipient);
    call.send(SubMsg::new(BankMsg::Send {
        to_address: recipient.to_string(),
        amount: vec![Coin::new(tokens, &call.config.denom)],
    }));
    call.emit(event::fee_claimed(&recipient, tokens));
    Ok(())
}
