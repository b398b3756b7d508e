//! Serves one piece of the oldest batch: from idle first, then by a few undelegations, all at
//! this call's rate.

use cosmwasm_std::Uint128;
use defenders_accounting::{compute_piece, Batch, Piece};
use defenders_allocation::Gather;
use defenders_allocation::{
    compute_dust_threshold_floor, compute_withdrawal_order, sort_by, WithdrawalInput,
    WithdrawalOrder, DEFAULT_MAX_ENTRIES,
};
use defenders_types::{Job, JobState, HOUR};

use super::{due, settle, sync};
use crate::call::{Call, View};
use crate::error::ContractError;
use crate::event;
use crate::messages::undelegate;
use crate::shares;
use crate::state::holdings::ENTRIES_FOR_BATCHES;
use crate::state::BATCHES;
use crate::validators::marks;
use crate::validators::skip::Skip;
use crate::validators::Validators;

/// A piece that serves less than a delegation's worth is due so often, seconds: else whoever sends a
/// unit in every block would keep the other jobs waiting.
const SMALL_PIECE_EVERY: u64 = HOUR;

/// Restaking stake of one part in so many of the vault is too little for marks to matter.
const LITTLE_RESTAKING: u128 = 1_000;
/// Most validators that a piece asks for their tokens per share.
const MOST_SIGHTS: usize = 100;
/// Where more are on the way, what an earlier call asked counts for so long, seconds.
const SIGHTS_FOR: u64 = 6 * HOUR;

/// Due when a batch is ready, and idle, a free entry or the end of its worth can serve it.
///
/// # Errors
/// When storage is damaged.
pub fn due(view: &View) -> Result<JobState, Box<ContractError>> {
    let job = Job::Submit;
    let Some((batch_id, batch)) = load_next_batch(view)? else {
        return Ok(due::later(job, None, "no withdrawal is requested"));
    };
    let queue = &view.book.queue;
    let ready_at = batch
        .submitted_at
        .unwrap_or_else(|| queue.ready_at(batch.opened_at));
    if view.now() < ready_at {
        return Ok(due::later(
            job,
            Some(ready_at),
            "the batch period is not over",
        ));
    }
    let rate = view.valuation().rate()?;
    let tokens = rate.tokens_for_shares_floor(batch.unserved_shares)?;
    let validators = view.validators()?;
    let payer_since = payer_since(validators, view.now());
    let idle = view.book.money.idle;
    let is_worth_a_piece = idle >= tokens.min(view.config.parameters.min_delegation);
    let since = ready_at.max(queue.last_piece_tried_at);
    if is_worth_a_piece || payer_since.is_some() {
        let since = since.max(payer_since.unwrap_or_default());
        let reason = format!("batch {batch_id} wants {tokens} tokens");
        return Ok(due::now(job, Some(since), &reason));
    }
    if !idle.is_zero() {
        let at = since.saturating_add(SMALL_PIECE_EVERY);
        return Ok(due::scheduled(job, view.now(), at, false));
    }
    Ok(due::later(
        job,
        next_payer_at(view, validators),
        "no validator has a free unbonding entry",
    ))
}

/// Settles, synchronises, marks what is on its way back, and serves what idle and at most K
/// undelegations can pay. If nothing can be paid, or a reading is in doubt, the batch stays as it is.
/// `skip` is passed.
///
/// Reads: all delegations by try_read, holdings, powers, batch, tokens per share of the validators from
/// which stake comes back and of those asked for stake, and what settling reads. Writes: book, batch,
/// holdings, supply, escrow, fill list, watches, and what settling and a sync write. Sends: undelegations, and what
/// burns shares that are coins and that idle serves.
/// Emits: what settling emits, `vault/synced` or `vault/book_doubted`, `vault/marked`,
/// `vault/batch_submitted`, `vault/batch_claimable`; the replies `vault/undelegated` or `vault/refused`.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn run(call: &mut Call, skip: &Skip) -> Result<(), Box<ContractError>> {
    settle::run(call)?;
    if !sync::synchronise_for(call, Job::Submit)? || !see_restaking(call)? {
        return Ok(());
    }
    if *skip == Skip::Nobody {
        call.book.queue.try_piece(call.now());
    }
    let Some((batch_id, mut batch)) = load_next_batch(&call.view())? else {
        return Ok(());
    };
    let (order, piece) = compute_next_piece(call, &batch, skip)?;
    let burnt = burnt_shares(&piece)?;
    if burnt.is_zero() {
        return Ok(());
    }

    let begun_at = *batch.submitted_at.get_or_insert(call.now());
    call.book.queue.begin(batch_id);
    let from_idle = piece.idle.shares.checked_add(piece.worthless_shares)?;
    batch.serve_from_idle(from_idle, piece.idle.tokens)?;
    call.book.money.set_aside(piece.idle.tokens)?;
    let mut unbonding = Uint128::zero();
    for (part, served) in order.parts.iter().zip(&piece.messages) {
        let payer = call.validators()?.at(part.index)?;
        let (payer, holding) = (payer.address.clone(), payer.holding.clone());
        undelegate::send_for_batch(call, payer, holding, batch_id, &mut batch, *served)?;
        unbonding = unbonding.checked_add(served.tokens)?;
    }
    let unserved = batch.unserved_shares;
    let next_batch_at = begun_at.saturating_add(query_batch_period(&call.view())?);
    let queue = &mut call.book.queue;
    queue.serve(batch_id, burnt, unserved, next_batch_at)?;
    let vault = &call.env.contract.address;
    (call.shares).destroy_escrowed(call.deps.storage, vault, burnt)?;
    let burning = shares::burn(call.shares.denom().as_ref(), from_idle);
    call.send_all(burning);
    BATCHES.save(call.deps.storage, batch_id, &batch);
    call.rebuild_fill_list()?;

    call.emit(event::batch_submitted(
        batch_id,
        burnt,
        piece.idle.tokens,
        unbonding,
        unserved,
    ));
    if let Some(event) = event::claimable(batch_id, &batch) {
        call.emit(event);
    }
    Ok(())
}

/// Looks at the validators from which stake comes back to be delegated again, so that who leaves bears a
/// loss that the chain already shows. Gives whether all marks are young enough for a piece: beyond
/// `MOST_SIGHTS` the others may have been asked for some hours ago. Who cannot be read keeps its mark.
fn see_restaking(call: &mut Call) -> Result<bool, Box<ContractError>> {
    let assets = call.valuation().rate()?.tokens;
    let restaking = call.book.money.restaking;
    // restaking <= 0.1 % of the vault
    if restaking.full_mul(LITTLE_RESTAKING) <= assets.into() {
        return Ok(true);
    }
    let mut watched = marks::load_restaking(call.deps.storage)?;
    sort_by(&mut watched, |(_, a), (_, b)| a.cmp(b));
    let later = watched.split_off(watched.len().min(MOST_SIGHTS));
    let validators = watched.iter().map(|(validator, _)| validator);
    let sights = marks::query_sights(&call.deps.querier, &call.config.power_source, validators);
    let is_believed = call.see(&sights)?;
    if later.is_empty() || !is_believed {
        return Ok(is_believed);
    }
    let now = call.now();
    marks::note_asked(call.deps.storage, &watched, now)?;
    let young = now.saturating_sub(SIGHTS_FOR);
    Ok(later.iter().all(|(_, asked_at)| *asked_at >= young))
}

/// The batch to serve next with its number. `None` without requests.
///
/// # Errors
/// When storage is damaged.
pub fn load_next_batch(view: &View) -> Result<Option<(u64, Batch)>, Box<ContractError>> {
    let batch_id = view.book.queue.next_batch();
    let batch = BATCHES.may_load(view.deps.storage, batch_id)?;
    Ok(batch.map(|batch| (batch_id, batch)))
}

/// max(batch period, unbonding time / (6 x validators that hold six times what is dust)), seconds: others
/// can pay little of what small batches take. Small batches, one
/// entry each, never run out of the entries that a validator has for them.
///
/// # Errors
/// When storage is damaged.
pub fn query_batch_period(view: &View) -> Result<u64, Box<ContractError>> {
    let parameters = &view.config.parameters;
    let bonded = view.book.money.bonded;
    let dust = compute_dust_threshold_floor(bonded.u128(), parameters.min_delegation.u128());
    let enough = dust.saturating_mul(ENTRIES_FOR_BATCHES.into());
    let members = view.validators()?.members.iter();
    let holding = members
        .filter(|m| m.holding.removable().u128() >= enough)
        .count()
        .max(1);
    let entries = u64::try_from(holding)
        .unwrap_or(u64::MAX)
        .saturating_mul(ENTRIES_FOR_BATCHES.into());
    let by_entries = view.book.unbonding_time.checked_div(entries);
    let by_policy = view.config.parameters.batch_period;
    Ok(by_entries.map_or(by_policy, |period| period.max(by_policy)))
}

/// Since when a validator can pay, seconds. `None`: none can.
fn payer_since(validators: &Validators, now: u64) -> Option<u64> {
    let holdings = validators.members.iter().map(|member| &member.holding);
    let payers = holdings.filter(|holding| {
        !holding.removable().is_zero() && holding.has_entry_for_batch() && !holding.is_refusing(now)
    });
    payers.map(|holding| holding.available_since()).min()
}

/// When a validator that takes no undelegation now may take one again, seconds.
fn next_payer_at(view: &View, validators: &Validators) -> Option<u64> {
    let settle_at = due::seconds_floor(view.book.next_settle_nanos);
    let holdings = validators.members.iter().map(|member| &member.holding);
    let refusals = holdings
        .filter(|holding| holding.is_refusing(view.now()) && holding.has_entry_for_batch())
        .map(|holding| holding.retry_at);
    refusals.chain(settle_at).min()
}

/// Who pays, and which shares are burnt for what.
fn compute_next_piece(
    call: &Call,
    batch: &Batch,
    skip: &Skip,
) -> Result<(WithdrawalOrder, Piece), Box<ContractError>> {
    let rate = call.valuation().rate()?;
    let wanted = rate.tokens_for_shares_floor(batch.unserved_shares)?;
    let idle = wanted.min(call.book.money.idle);
    let parameters = &call.config.parameters;
    let most = parameters.max_messages_per_piece;
    let bonded = call.book.money.bonded;
    let order = compute_withdrawal_order(&WithdrawalInput {
        tokens: wanted.checked_sub(idle)?.u128(),
        dust_below: compute_dust_threshold_floor(bonded.u128(), parameters.min_delegation.u128()),
        max_messages: usize::try_from(most).unwrap_or(usize::MAX),
        max_entries: DEFAULT_MAX_ENTRIES,
        validators: &call.validators()?.for_withdrawal(skip),
        now: call.now(),
    })?;
    let offered: Vec<Uint128> = order.parts.iter().map(|part| part.tokens.into()).gather();
    let piece = compute_piece(rate, batch.unserved_shares, idle, &offered)?;
    Ok((order, piece))
}

fn burnt_shares(piece: &Piece) -> Result<Uint128, Box<ContractError>> {
    let mut shares = piece.idle.shares.checked_add(piece.worthless_shares)?;
    for part in &piece.messages {
        shares = shares.checked_add(part.shares)?;
    }
    Ok(shares)
}
