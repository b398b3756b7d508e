//! What became of a message. The book changes before the message is sent, so an error's reply
//! only puts it back, by the very numbers in the payload: deltas, never snapshots.

use cosmwasm_std::{
    from_json, DepsMut, Env, Event, Reply, Response, StdError, Storage, SubMsgResult, Uint128,
};
use cw_utils::{parse_execute_response_data, parse_instantiate_response_data};
use defenders_accounting::compute_fee_floor;
use defenders_types::{pot, Purpose};

use crate::book::Book;
use crate::error::ContractError;
use crate::event;
use crate::ledger;
use crate::messages::{
    pay_fee_or_owe, Delegation, FeePayment, ReplyId, Sweep, Undelegation, Withdrawal,
};
use crate::packed::{unpack, Packed};
use crate::placement;
use crate::staking::{self, UndelegateAnswer, CODE_INVALID_SHARES, CODE_MAX_UNBONDING_ENTRIES};
use crate::state::{BATCHES, BOOK, CONFIG, FEES_OWED, HOLDINGS, LEDGER};
use crate::token::{self, Supply};

/// Dispatches.
///
/// # Errors
/// Whatever makes the book wrong: then the whole call reverts.
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Result<Response, ContractError> {
    match ReplyId::from_id(reply.id)? {
        ReplyId::PotInstantiated => pot_instantiated(deps, &env, reply.result),
        ReplyId::Delegated => delegation_refused(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::Undelegated => undelegated(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::RewardsWithdrawn => {
            let withdrawal: Withdrawal = payload_of(&reply)?;
            let event = event::refused(
                "withdraw_rewards",
                &withdrawal.validator,
                Uint128::zero(),
                &error_of(&reply.result),
            );
            Ok(Response::new().add_event(event))
        }
        ReplyId::PotReleased => pot_released(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::FeePaid => fee_refused(deps, payload_of(&reply)?),
    }
}

/// The pot exists: the configuration is complete, and rewards go there from now on.
///
/// Reads and writes: config. Sends: the withdraw address. Emits: `vault/instantiated`.
fn pot_instantiated(
    deps: DepsMut,
    env: &Env,
    result: SubMsgResult,
) -> Result<Response, ContractError> {
    let mut config = CONFIG.load(deps.storage)?;
    let data = answer_data(result)?;
    let address = parse_instantiate_response_data(&data)?.contract_address;
    config.reward_pot = deps.api.addr_validate(&address)?;

    CONFIG.save(deps.storage, &config);
    let seed = token::shares_of(deps.storage, &env.contract.address)?;
    Ok(Response::new()
        .add_message(staking::set_withdraw_address(&config.reward_pot))
        .add_event(event::instantiated(&config.owner, &config.reward_pot, seed)))
}

/// A delegation was refused: its tokens are idle again, and its validator is left alone.
///
/// Reads: config, book, holding. Writes: book, holding. Sends: nothing. Emits: `vault/refused`.
fn delegation_refused(
    deps: DepsMut,
    env: &Env,
    delegation: Delegation,
    result: SubMsgResult,
) -> Result<Response, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let mut book = BOOK.load(deps.storage)?;
    let Delegation { validator, tokens } = delegation;
    let mut holding = HOLDINGS.load(deps.storage, &validator)?;
    let now = env.block.time.seconds();

    book.money.undo_delegate(tokens)?;
    holding.delegated = holding.delegated.checked_sub(tokens)?;
    holding.refused_until = now.saturating_add(config.bounds.retry_after);
    book.placement.idle_since = book.placement.idle_since.or(Some(now));

    HOLDINGS.save(deps.storage, &validator, &holding);
    BOOK.save(deps.storage, &book);
    let error = error_of(&result);
    Ok(Response::new().add_event(event::refused("delegate", &validator, tokens, &error)))
}

/// An undelegation was answered: the ledger takes it, or it is put back.
///
/// Reads: book. Writes: book, and what the two below write. Sends: nothing.
/// Emits: `vault/undelegated` or `vault/refused`.
fn undelegated(
    deps: DepsMut,
    env: &Env,
    undelegation: Undelegation,
    result: SubMsgResult,
) -> Result<Response, ContractError> {
    let mut book = BOOK.load(deps.storage)?;
    let response = match result {
        SubMsgResult::Ok(response) => {
            let answer =
                staking::parse_undelegate_answer(&undelegation.validator, &response.msg_responses)?;
            let event = enter_into_ledger(deps.storage, env, &mut book, &undelegation, answer)?;
            Response::new().add_event(event)
        }
        SubMsgResult::Err(_) => {
            let error = error_of(&result);
            put_undelegation_back(deps.storage, env, &mut book, &undelegation, &error)?;
            let (validator, tokens) = (&undelegation.validator, undelegation.tokens);
            Response::new().add_event(event::refused("undelegate", validator, tokens, &error))
        }
    };
    BOOK.save(deps.storage, &book);
    Ok(response)
}

/// The chain unbonds: the ledger takes the amount and the time from its answer.
///
/// Reads and writes: ledger, holding, batch, book.
fn enter_into_ledger(
    storage: &mut dyn Storage,
    env: &Env,
    book: &mut Book,
    undelegation: &Undelegation,
    answer: UndelegateAnswer,
) -> Result<Event, ContractError> {
    let Undelegation {
        validator,
        tokens,
        purpose,
        ..
    } = undelegation;
    let completion = answer.completion_time.nanos();
    let now = env.block.time;

    // the chain may round a unit away, or add what a last delegator leaves behind
    let lost = tokens.saturating_sub(answer.tokens);
    let gained = answer.tokens.saturating_sub(*tokens);
    let existing = LEDGER.may_load(storage, (completion, validator))?;
    if existing.is_none() {
        let mut holding = HOLDINGS.load(storage, validator)?;
        holding.slots = holding.slots.saturating_add(1);
        HOLDINGS.save(storage, validator, &holding);
    }
    let mut row = existing.unwrap_or_default();
    let is_merged = row.add(*purpose, answer.tokens)?;
    LEDGER.save(storage, (completion, validator), &row);

    match purpose {
        Purpose::Batch { batch_id } => {
            let mut batch = BATCHES.load(storage, *batch_id)?;
            book.money.adjust_unbonding(lost, gained)?;
            batch.adjust_unbonding(lost, gained)?;
            batch.expect_entry(answer.completion_time.seconds());
            if is_merged {
                batch.merge_pending();
            }
            BATCHES.save(storage, *batch_id, &batch);
        }
        Purpose::Restake {} => {
            book.money.adjust_restaking(now.seconds(), lost, gained)?;
        }
    }
    book.next_settle_at = Some(
        book.next_settle_at
            .map_or(completion, |at| at.min(completion)),
    );
    let unbonding_time = answer
        .completion_time
        .seconds()
        .saturating_sub(now.seconds());
    book.unbonding_time = book.unbonding_time.max(unbonding_time);
    Ok(event::undelegated(
        validator,
        *purpose,
        *tokens,
        answer.tokens,
        answer.completion_time,
    ))
}

/// The chain refused: exactly the tokens and shares of this message come back.
///
/// Reads and writes: holding, batch, shares, book.
fn put_undelegation_back(
    storage: &mut dyn Storage,
    env: &Env,
    book: &mut Book,
    undelegation: &Undelegation,
    error: &str,
) -> Result<(), ContractError> {
    let Undelegation {
        validator,
        tokens,
        shares,
        purpose,
    } = undelegation;
    let config = CONFIG.load(storage)?;
    let mut holding = HOLDINGS.load(storage, validator)?;
    let now = env.block.time.seconds();

    holding.delegated = holding.delegated.checked_add(*tokens)?;
    holding.refused_until = now.saturating_add(config.bounds.retry_after);
    // the chain allows fewer entries than are known to be free: full until one is paid
    holding.is_full |= holding.slots > 0 && error.contains(CODE_MAX_UNBONDING_ENTRIES);
    let is_whole = holding.delegated == *tokens;
    holding.keeps_unit |= is_whole && error.contains(CODE_INVALID_SHARES);
    HOLDINGS.save(storage, validator, &holding);
    placement::clear(book);

    match purpose {
        Purpose::Batch { batch_id } => {
            let mut batch = BATCHES.load(storage, *batch_id)?;
            batch.undo_message(*shares, *tokens)?;
            book.money.undo_undelegate_for_batch(*tokens)?;
            book.queue.escrow_shares = book.queue.escrow_shares.checked_add(*shares)?;
            book.queue.serving_batch = Some(*batch_id);
            book.queue.reserved_shares = batch.unserved_shares;
            Supply::load(storage)?.mint(storage, &env.contract.address, *shares)?;
            BATCHES.save(storage, *batch_id, &batch);
        }
        Purpose::Restake {} => book.money.undo_undelegate_for_restake(*tokens)?,
    }
    Ok(())
}

/// The pot was swept: fee and bounty leave, the rest is idle and locked.
///
/// Reads: config, book, ledger, own balance. Writes: book. Sends: fee, bounty.
/// Emits: `vault/harvested`.
fn pot_released(
    deps: DepsMut,
    env: &Env,
    sweep: Sweep,
    result: SubMsgResult,
) -> Result<Response, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let mut book = BOOK.load(deps.storage)?;
    let data = answer_data(result)?;
    let released: pot::Released = match parse_execute_response_data(&data)?.data {
        Some(data) => from_json(data)?,
        None => pot::Released {
            tokens: Uint128::zero(),
        },
    };
    let balance = deps
        .querier
        .query_balance(&env.contract.address, &config.denom)?
        .amount;
    let is_surplus_free = !ledger::is_any_unsettled(deps.storage, &book, env.block.time)?;

    let rewards = released.tokens;
    // coins that may belong to an entry past its completion time are nobody's profit
    let surplus = if is_surplus_free {
        book.money.surplus(balance.checked_sub(rewards)?)?
    } else {
        Uint128::zero()
    };
    let fee = compute_fee_floor(
        rewards,
        config.performance_fee_rate,
        config.keeper_bounty_share,
    )?;
    let profit = fee.profit.checked_add(surplus)?;
    let now = env.block.time.seconds();
    book.money
        .receive_profit(now, profit, sweep.first_page_period)?;

    BOOK.save(deps.storage, &book);
    let mut response = Response::new();
    for (recipient, tokens) in [(config.fee_recipient, fee.fee), (sweep.caller, fee.bounty)] {
        if !tokens.is_zero() {
            let payment = FeePayment { recipient, tokens };
            response = response.add_submessage(pay_fee_or_owe(&config.denom, &payment));
        }
    }
    Ok(response.add_event(event::harvested(rewards, surplus, fee.fee, fee.bounty)))
}

/// Fee or bounty was refused: it stays owed.
///
/// Reads: book, fees owed. Writes: both. Sends: nothing. Emits: `vault/fee_owed`.
fn fee_refused(deps: DepsMut, payment: FeePayment) -> Result<Response, ContractError> {
    let FeePayment { recipient, tokens } = payment;
    let mut book = BOOK.load(deps.storage)?;
    let owed = FEES_OWED.may_load(deps.storage, &recipient)?;

    book.money.owe_fee(tokens)?;
    let owed = owed.unwrap_or_default().checked_add(tokens)?;

    FEES_OWED.save(deps.storage, &recipient, &owed);
    BOOK.save(deps.storage, &book);
    Ok(Response::new().add_event(event::fee_owed(&recipient, tokens)))
}

fn payload_of<T: Packed>(reply: &Reply) -> Result<T, ContractError> {
    unpack(&reply.payload).ok_or(ContractError::DamagedPayload {
        id: reply.id,
        bytes: reply.payload.len(),
    })
}

/// The first line: what follows may be a backtrace of a test chain.
fn error_of(result: &SubMsgResult) -> String {
    match result {
        SubMsgResult::Ok(_) => String::new(),
        SubMsgResult::Err(error) => error.lines().next().unwrap_or_default().to_owned(),
    }
}

fn answer_data(result: SubMsgResult) -> Result<Vec<u8>, ContractError> {
    let response = result.into_result().map_err(StdError::generic_err)?;
    let first = response.msg_responses.into_iter().next();
    #[allow(deprecated)] // chains before CosmWasm 2.0 answer here
    let data = first.map(|answer| answer.value).or(response.data);
    Ok(data.unwrap_or_default().into())
}
