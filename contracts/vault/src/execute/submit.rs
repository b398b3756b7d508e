//! Serves one piece of the oldest batch: from idle first, then by a few undelegations, all at
//! this call's rate.

use cosmwasm_std::Uint128;
use defenders_accounting::{compute_piece, Piece};
use defenders_allocation::{compute_shave, ShavePart};
use defenders_types::{Job, Purpose};

use super::{settle, sync, Call};
use crate::error::ContractError;
use crate::event;
use crate::messages::{undelegate_into_ledger, Undelegation};
use crate::roster::Roster;
use crate::state::{BATCHES, HOLDINGS};

/// Settles, synchronises, and serves what idle and at most K undelegations can pay. A piece
/// that can serve nothing closes nothing. `skip` is passed.
///
/// Reads: ledger, all delegations, holdings, powers, batch. Writes: book, batch, holdings,
/// supply, escrow, fill list. Sends: undelegations. Emits: `vault/synced`,
/// `vault/batch_submitted`, `vault/batch_claimable`, and what settling emits.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn run(
    call: &mut Call,
    roster: Option<Roster>,
    skip: Option<&str>,
) -> Result<(), ContractError> {
    let is_settled = settle::run(call)?;
    if skip.is_none() {
        call.book.queue.tried_at = call.now();
    }
    // what was read before holds only if nothing has changed since
    let roster = roster.filter(|_| !is_settled);
    let Some(mut roster) = sync::synchronise_or_wait(call, Job::Submit, roster)? else {
        return Ok(());
    };
    let Some((batch_id, mut batch)) = call.view().next_batch()? else {
        return Ok(());
    };
    let rate = call.book.rate(call.now(), call.total_shares())?;

    let wanted = rate.tokens_for_shares_floor(batch.unserved_shares)?;
    let idle = wanted.min(call.book.money.idle);
    let most = call.config.bounds.max_messages_per_piece;
    let shave = compute_shave(
        wanted.checked_sub(idle)?.u128(),
        usize::try_from(most).unwrap_or(usize::MAX),
        &roster.shave_seats(call.now(), skip),
    )?;
    let offered: Vec<Uint128> = shave.parts.iter().map(|part| part.tokens.into()).collect();
    let piece = compute_piece(rate, batch.unserved_shares, idle, &offered)?;
    let burnt = burnt_shares(&piece)?;
    if burnt.is_zero() {
        return Ok(());
    }

    if batch.submitted_at.is_none() {
        batch.submitted_at = Some(call.now());
        call.book.queue.open_batch = batch_id.saturating_add(1);
        call.book.queue.last_batch_at = Some(call.now());
    }
    let from_idle = piece.idle.shares.checked_add(piece.worthless_shares)?;
    batch.serve_from_idle(from_idle, piece.idle.tokens)?;
    call.book.money.set_aside(piece.idle.tokens)?;
    let mut unbonding = Uint128::zero();
    for (part, served) in shave.parts.iter().zip(&piece.messages) {
        let undelegation = Undelegation {
            validator: validator_of(&roster, part)?,
            tokens: served.tokens,
            shares: served.shares,
            purpose: Purpose::Batch { batch_id },
        };
        batch.serve_by_message(served.shares, served.tokens)?;
        call.book.money.undelegate_for_batch(served.tokens)?;
        unbonding = unbonding.checked_add(served.tokens)?;
        if let Some(member) = roster.members.get_mut(part.seat) {
            member.holding.delegated = member.holding.delegated.checked_sub(served.tokens)?;
            HOLDINGS.save(call.deps.storage, &member.validator, &member.holding);
        }
        call.send(undelegate_into_ledger(&call.config.denom, &undelegation));
    }
    let queue = &mut call.book.queue;
    queue.escrow_shares = queue.escrow_shares.checked_sub(burnt)?;
    queue.reserved_shares = batch.unserved_shares;
    let is_served = batch.unserved_shares.is_zero();
    queue.serving_batch = (!is_served).then_some(batch_id);
    let vault = &call.env.contract.address;
    call.supply.burn(call.deps.storage, vault, burnt)?;
    BATCHES.save(call.deps.storage, batch_id, &batch);
    call.rebuild_rooms(&roster)?;

    call.emit(event::batch_submitted(
        batch_id,
        burnt,
        piece.idle.tokens,
        unbonding,
        batch.unserved_shares,
    ));
    if let Some(event) = event::claimable(batch_id, &batch) {
        call.emit(event);
    }
    Ok(())
}

fn burnt_shares(piece: &Piece) -> Result<Uint128, ContractError> {
    let mut shares = piece.idle.shares.checked_add(piece.worthless_shares)?;
    for part in &piece.messages {
        shares = shares.checked_add(part.shares)?;
    }
    Ok(shares)
}

fn validator_of(roster: &Roster, part: &ShavePart) -> Result<String, ContractError> {
    let member = roster.members.get(part.seat);
    member
        .map(|member| member.validator.clone())
        .ok_or(ContractError::UnknownSeat {
            seat: part.seat,
            of: roster.members.len(),
        })
}
