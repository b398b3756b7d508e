//! Stake begins to unbond, for a batch or to be delegated again. Success goes into the ledger; a
//! refusal leaves the stake where it is.

use cosmwasm_std::{
    Decimal, DepsMut, Env, Event, Response, Storage, SubMsg, SubMsgResult, Timestamp, Uint128,
};
use defenders_accounting::{Batch, PiecePart, Watch};
use defenders_types::{EntryPurpose, MoveReason};

use super::redelegate;
use super::reply_id::{error_of, ReplyId};
use crate::call::Call;
use crate::chain::staking::{
    self, UndelegateAnswer, CODE_INVALID_REQUEST, CODE_MAX_UNBONDING_ENTRIES,
};
use crate::error::ContractError;
use crate::event;
use crate::fill_list;
use crate::shares::{self, Shares};
use crate::state::{
    Book, Holding, LedgerRow, Watched, BATCHES, BOOK, CONFIG, HOLDINGS, LEDGER, WATCHES,
};
use crate::store::packed::{pack, packed};
use crate::validators::marks;

/// An undelegation in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelegation {
    /// Operator address.
    pub validator: String,
    /// Tokens taken from its holding.
    pub tokens: Uint128,
    /// Shares destroyed for them; 0 when restaking.
    pub shares: Uint128,
    /// What they are for.
    pub purpose: EntryPurpose,
    /// What the validator's shares were worth. `None`: the chain did not tell.
    pub tokens_per_share: Option<Decimal>,
    /// Why the stake moves, when it is to be delegated again: says what budget pays.
    pub reason: Option<MoveReason>,
    /// Of shares that are coins: burnt when the chain has taken the undelegation.
    pub share_denom: Option<String>,
}

packed! {
    Undelegation { validator, tokens, shares, purpose, tokens_per_share, reason, share_denom }
}

/// Takes from a validator what serves a part of a batch.
///
/// Writes: book, holding. The caller destroys the shares and saves the batch.
///
/// # Errors
/// When there is less bonded, or the batch has fewer shares.
pub fn send_for_batch(
    call: &mut Call,
    validator: String,
    holding: Holding,
    batch_id: u64,
    batch: &mut Batch,
    part: PiecePart,
) -> Result<(), Box<ContractError>> {
    let PiecePart { tokens, shares } = part;
    batch.serve_by_message(shares, tokens)?;
    call.book.money.undelegate_for_batch(tokens)?;
    let undelegation = Undelegation {
        validator,
        tokens,
        shares,
        purpose: EntryPurpose::Batch { batch_id },
        tokens_per_share: None,
        reason: None,
        share_denom: call.shares.denom(),
    };
    send(call, holding, undelegation)
}

/// Takes stake from a validator, to delegate it elsewhere on arrival.
///
/// Writes: book, holding, turnover.
///
/// # Errors
/// When there is less bonded.
pub fn send_for_restake(
    call: &mut Call,
    validator: String,
    holding: Holding,
    tokens: Uint128,
    reason: MoveReason,
) -> Result<(), Box<ContractError>> {
    redelegate::spend(call, reason, tokens)?;
    call.book.money.undelegate_for_restake(tokens)?;
    let undelegation = Undelegation {
        validator,
        tokens,
        shares: Uint128::zero(),
        purpose: EntryPurpose::Restake {},
        tokens_per_share: None,
        reason: Some(reason),
        share_denom: None,
    };
    send(call, holding, undelegation)
}

fn send(
    call: &mut Call,
    mut holding: Holding,
    mut undelegation: Undelegation,
) -> Result<(), Box<ContractError>> {
    undelegation.tokens_per_share = query_tokens_per_share(call, &undelegation.validator)?;
    let Undelegation {
        validator, tokens, ..
    } = &undelegation;
    holding.delegated = holding.delegated.checked_sub(*tokens)?;
    call.save_holding(validator, holding);

    let message = staking::undelegate(validator, &call.config.denom, *tokens);
    let message = SubMsg::reply_always(message, ReplyId::Undelegate as u64);
    call.send(message.with_payload(pack(&undelegation)));
    Ok(())
}

/// As of this call, after its sync: the entry's mark begins here. An entry that began where the chain
/// did not tell is never marked.
fn query_tokens_per_share(
    call: &mut Call,
    validator: &str,
) -> Result<Option<Decimal>, Box<ContractError>> {
    let source = &call.config.power_source;
    let Some(sight) = marks::query_sight(&call.deps.querier, source, validator) else {
        return Ok(None);
    };
    let tokens_per_share = sight.tokens_per_share;
    let is_believed = call.see(&[sight])?;
    Ok(is_believed.then_some(tokens_per_share))
}

/// It was answered: the ledger takes it, or it is put back.
///
/// Reads: book. Writes: book, and what those below write. Sends: what burns shares that are coins. Emits:
/// `vault/undelegated` or `vault/refused`.
///
/// # Errors
/// [`ContractError::IncompleteAnswer`]; when storage is damaged.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    undelegation: Undelegation,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let mut book = BOOK.load(deps.storage)?;
    let error = error_of(&result);
    let mut burning = None;
    let event = match result {
        SubMsgResult::Ok(response) => {
            let validator = &undelegation.validator;
            let answer = staking::parse_undelegate_answer(validator, &response.msg_responses)?;
            burning = shares::burn(undelegation.share_denom.as_ref(), undelegation.shares);
            commit(
                deps.storage,
                env.block.time,
                &mut book,
                &undelegation,
                answer,
            )?
        }
        SubMsgResult::Err(_) => put_back(deps.storage, env, &mut book, &undelegation, &error)?,
    };
    BOOK.save(deps.storage, &book);
    Ok(Response::new().add_messages(burning).add_event(event))
}

/// The chain unbonds: the ledger takes the amount and the time from its answer.
///
/// Reads and writes: ledger, holding, batch, book.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub(super) fn commit(
    storage: &mut dyn Storage,
    now: Timestamp,
    book: &mut Book,
    undelegation: &Undelegation,
    answer: UndelegateAnswer,
) -> Result<Event, Box<ContractError>> {
    let Undelegation {
        validator,
        tokens,
        purpose,
        reason,
        ..
    } = undelegation;
    let completion = answer.completion_time.nanos();

    // the chain may round a unit away, or add what a last delegator leaves behind
    let lost = tokens.saturating_sub(answer.tokens);
    let gained = answer.tokens.saturating_sub(*tokens);
    let is_merged = enter(storage, undelegation, answer)?;

    match purpose {
        EntryPurpose::Batch { batch_id } => {
            let mut batch = BATCHES.load(storage, *batch_id)?;
            book.money.adjust_unbonding(lost, gained)?;
            batch.adjust_unbonding(lost, gained)?;
            batch.expect_entry(answer.completion_time.seconds());
            if is_merged {
                batch.merge_pending();
            }
            BATCHES.save(storage, *batch_id, &batch);
        }
        EntryPurpose::Restake {} => {
            book.money.adjust_restaking(now.seconds(), lost, gained)?;
            // once: why the chain refused to redelegate may be over
            let mut holding = HOLDINGS.load(storage, validator)?;
            if std::mem::take(&mut holding.redelegation_refused) {
                HOLDINGS.save(storage, validator, &holding);
            }
            if !lost.is_zero() {
                // caps are shares of what is placed and on its way back, which is less now
                fill_list::clear(book);
            }
        }
    }
    book.expect_settlement(completion);
    let unbonding_time = answer.completion_time.seconds();
    let unbonding_time = unbonding_time.saturating_sub(now.seconds());
    book.unbonding_time = book.unbonding_time.max(unbonding_time);
    Ok(event::undelegated(
        validator,
        *purpose,
        *tokens,
        answer.tokens,
        answer.completion_time,
        *reason,
    ))
}

/// A row of the ledger, or a further part of one: the same key adds up. Gives whether the purpose was
/// there already.
///
/// Reads and writes: ledger, holding, watch.
fn enter(
    storage: &mut dyn Storage,
    undelegation: &Undelegation,
    answer: UndelegateAnswer,
) -> Result<bool, Box<ContractError>> {
    let Undelegation {
        validator,
        purpose,
        tokens_per_share,
        ..
    } = undelegation;
    let key = (answer.completion_time.nanos(), validator.as_str());
    let mut watched = WATCHES.may_load(storage, validator)?;
    if let (None, Some(tokens_per_share)) = (&watched, *tokens_per_share) {
        watched = Some(Watched {
            watch: Watch::begin(tokens_per_share),
            restaking_rows: 0,
            asked_at: 0,
            doubted_at: None,
        });
    }
    let existing = LEDGER.may_load(storage, key)?;
    if existing.is_none() {
        let mut holding = HOLDINGS.load(storage, validator)?;
        holding.unbonding_entries = holding.unbonding_entries.saturating_add(1);
        HOLDINGS.save(storage, validator, &holding);
    }
    // one time is of one block, in which nobody's tokens per share fall
    let mut row = existing.unwrap_or_else(|| LedgerRow {
        kept_at_entry: tokens_per_share.and_then(|_| Some(watched.as_ref()?.watch.kept)),
        ..LedgerRow::default()
    });
    let is_merged = row.add(*purpose, answer.tokens)?;
    if let Some(mut watched) = watched {
        let is_marked = row.kept_at_entry.is_some();
        if is_marked && !is_merged && *purpose == (EntryPurpose::Restake {}) {
            watched.restaking_rows = watched.restaking_rows.saturating_add(1);
        }
        WATCHES.save(storage, validator, &watched);
    }
    LEDGER.save(storage, key, &row);
    Ok(is_merged)
}

/// The chain refused: exactly the tokens and shares of this message come back.
///
/// Reads: config. Reads and writes: holding, batch, supply, balance, book.
fn put_back(
    storage: &mut dyn Storage,
    env: &Env,
    book: &mut Book,
    undelegation: &Undelegation,
    error: &str,
) -> Result<Event, Box<ContractError>> {
    let Undelegation {
        validator,
        tokens,
        shares,
        purpose,
        reason,
        ..
    } = undelegation;
    let config = CONFIG.load(storage)?;
    let mut holding = HOLDINGS.load(storage, validator)?;
    let now = env.block.time.seconds();

    holding.delegated = holding.delegated.checked_add(*tokens)?;
    holding.retry_at = now.saturating_add(config.parameters.retry_after);
    // the chain allows fewer entries than are known to be free: full until one is paid
    let is_unknown_entry_live = error.contains(CODE_MAX_UNBONDING_ENTRIES);
    holding.entries_full |= holding.unbonding_entries > 0 && is_unknown_entry_live;
    let is_whole = holding.delegated == *tokens;
    holding.leave_one_unit |= is_whole && error.contains(CODE_INVALID_REQUEST);
    HOLDINGS.save(storage, validator, &holding);
    fill_list::clear(book);

    match purpose {
        EntryPurpose::Batch { batch_id } => {
            let mut batch = BATCHES.load(storage, *batch_id)?;
            batch.undo_message(*shares, *tokens)?;
            book.money.undo_undelegate_for_batch(*tokens)?;
            book.queue.undo(*batch_id, *shares, batch.unserved_shares)?;
            BATCHES.save(storage, *batch_id, &batch);
            let vault = &env.contract.address;
            Shares::load(storage, &config)?.restore_escrowed(storage, vault, *shares)?;
        }
        EntryPurpose::Restake {} => book.money.undo_undelegate_for_restake(*tokens)?,
    }
    if let Some(reason) = reason {
        redelegate::refund(storage, *reason, *tokens, holding.retry_at)?;
    }
    Ok(event::refused("undelegate", validator, *tokens, error))
}
