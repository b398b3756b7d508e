//! Stake moves from one validator to another. Success is entered as a lock of the destination; a refusal
//! leaves the stake where it is.

use cosmwasm_std::{
    DepsMut, Env, Event, Response, Storage, SubMsg, SubMsgResult, Timestamp, Uint128,
};
use defenders_types::MoveReason;

use super::reply_id::{error_of, ReplyId};
use crate::call::Call;
use crate::chain::staking::{self, CODE_INVALID_REQUEST};
use crate::error::ContractError;
use crate::event;
use crate::fill_list;
use crate::state::redelegations::{self, LiveRedelegation};
use crate::state::{recorded_block, Book, Turnover, BOOK, CONFIG, HOLDINGS, TIMETABLE, TURNOVER};
use crate::store::packed::{pack, packed};

/// A redelegation in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redelegation {
    /// Operator address from where.
    pub source: String,
    /// Operator address to where.
    pub destination: String,
    /// Tokens.
    pub tokens: Uint128,
    /// Why, which says what budget pays.
    pub reason: MoveReason,
}

packed! {
    Redelegation { source, destination, tokens, reason }
}

/// Books it and sends it.
///
/// Writes: holdings, turnover.
///
/// # Errors
/// When the source holds less or storage is damaged.
pub fn send(call: &mut Call, redelegation: &Redelegation) -> Result<(), Box<ContractError>> {
    let Redelegation {
        source,
        destination,
        tokens,
        reason,
    } = redelegation;
    let mut from = call.holding(source)?;
    from.delegated = from.delegated.checked_sub(*tokens)?;
    call.save_holding(source, from);
    let mut to = call.holding(destination)?;
    to.delegated = to.delegated.checked_add(*tokens)?;
    call.save_holding(destination, to);
    spend(call, *reason, *tokens)?;

    let message = staking::redelegate(source, destination, &call.config.denom, *tokens);
    let message = SubMsg::reply_always(message, ReplyId::Redelegate as u64);
    call.send(message.with_payload(pack(redelegation)));
    Ok(())
}

/// Tokens move: the epoch's budget pays.
///
/// # Errors
/// When storage is damaged.
pub fn spend(
    call: &mut Call,
    reason: MoveReason,
    tokens: Uint128,
) -> Result<(), Box<ContractError>> {
    let worth = call.book.money.total_assets(call.now())?;
    let mut turnover = Turnover::load(call.deps.storage, call.now(), worth)?;
    turnover.spend(reason.budget(), tokens);
    TURNOVER.save(call.deps.storage, &turnover);
    Ok(())
}

/// They do not, after all: the budget has them back, and the plan is made again when the source may be
/// asked again, an hour after this call at the earliest.
///
/// # Errors
/// When storage is damaged.
pub fn refund(
    storage: &mut dyn Storage,
    reason: MoveReason,
    tokens: Uint128,
    again_at: u64,
) -> Result<(), Box<ContractError>> {
    Turnover::refund_stored(storage, reason.budget(), tokens)?;
    let mut timetable = TIMETABLE.load(storage)?;
    let again_at = again_at.max(timetable.next_moves_at());
    let earlier = timetable.rebalance_at.filter(|at| *at < again_at);
    timetable.rebalance_at = earlier.or(Some(again_at));
    TIMETABLE.save(storage, &timetable);
    Ok(())
}

/// It was answered: the destination is locked until it completes, or all is put back.
///
/// Reads: book. Writes: book, and what the two below write. Sends: nothing.
/// Emits: `vault/redelegated` or `vault/refused`.
///
/// # Errors
/// [`ContractError::IncompleteAnswer`]; when storage is damaged.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    redelegation: Redelegation,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let mut book = BOOK.load(deps.storage)?;
    let error = error_of(&result);
    let event = match result {
        SubMsgResult::Ok(response) => {
            let source = &redelegation.source;
            let until = staking::parse_redelegate_answer(source, &response.msg_responses)?;
            // not later than now is complete at once as well
            let until = until.filter(|until| *until > env.block.time);
            commit(deps.storage, env, &mut book, &redelegation, until)?
        }
        SubMsgResult::Err(_) => put_back(deps.storage, env, &mut book, &redelegation, &error)?,
    };
    BOOK.save(deps.storage, &book);
    Ok(Response::new().add_event(event))
}

/// The chain has moved the stake; until it completes nothing can be redelegated from the destination.
///
/// Reads and writes: redelegations, holding, book.
fn commit(
    storage: &mut dyn Storage,
    env: &Env,
    book: &mut Book,
    redelegation: &Redelegation,
    until: Option<Timestamp>,
) -> Result<Event, Box<ContractError>> {
    let Redelegation {
        source,
        destination,
        tokens,
        reason,
    } = redelegation;
    let mut to = HOLDINGS.load(storage, destination)?;
    // new stake makes untrue what refusals told
    to.leave_one_unit = false;
    to.redelegation_refused = false;
    if let Some(until) = until {
        let live = LiveRedelegation {
            source: source.clone(),
            completion_nanos: until.nanos(),
        };
        let completed_until = book.completed_until(&recorded_block(&env.block));
        redelegations::enter(storage, destination, live, completed_until)?;
        // a second begun counts: the lock is lifted no earlier than the completion
        let until_seconds = until.plus_nanos(999_999_999).seconds();
        to.redelegation_locked_until = to.redelegation_locked_until.max(until_seconds);
        let unbonding_time = until.seconds().saturating_sub(env.block.time.seconds());
        book.unbonding_time = book.unbonding_time.max(unbonding_time);
    }
    HOLDINGS.save(storage, destination, &to);
    Ok(event::redelegated(
        source,
        destination,
        *tokens,
        *reason,
        until,
    ))
}

/// The chain refused: exactly the tokens of this message come back to the source.
///
/// Reads: config. Reads and writes: holdings, turnover, timetable, book.
fn put_back(
    storage: &mut dyn Storage,
    env: &Env,
    book: &mut Book,
    redelegation: &Redelegation,
    error: &str,
) -> Result<Event, Box<ContractError>> {
    let Redelegation {
        source,
        destination,
        tokens,
        reason,
    } = redelegation;
    let config = CONFIG.load(storage)?;
    let now = env.block.time.seconds();
    let again_at = now.saturating_add(config.parameters.retry_after);

    let mut to = HOLDINGS.load(storage, destination)?;
    to.delegated = to.delegated.checked_sub(*tokens)?;
    // nobody knows which of the two it was about
    to.retry_at = again_at;
    HOLDINGS.save(storage, destination, &to);
    let mut from = HOLDINGS.load(storage, source)?;
    from.delegated = from.delegated.checked_add(*tokens)?;
    if reason.is_leaving() {
        from.redelegation_refused = true;
    } else {
        from.retry_at = again_at;
    }
    let is_whole = from.delegated == *tokens;
    from.leave_one_unit |= is_whole && error.contains(CODE_INVALID_REQUEST);
    HOLDINGS.save(storage, source, &from);
    fill_list::clear(book);
    refund(storage, *reason, *tokens, now)?;
    Ok(event::redelegation_refused(
        source,
        destination,
        *tokens,
        error,
    ))
}
