//! Shares go into the open batch, come back out of it, and are paid when it is claimable.

use cosmwasm_std::{Addr, SubMsg, Uint128};

use crate::call::Call;
use crate::chain::bank;
use crate::error::ContractError;
use crate::event;
use crate::jobs::settle;
use crate::role::ensure_recipient;
use crate::state::{BATCHES, REQUESTS};

/// Moves shares into escrow and joins them to the open batch; they belong to the recipient from
/// then on.
///
/// Reads: config, book, supply, balances, batch; small groups of due entries are settled first.
/// Writes: balances, batch, request, book (where the batch is ready, the fill list is empty then);
/// ledger, batches and holdings where it settles. Sends: nothing. Emits:
/// `vault/withdrawal_requested`, and what settling emits.
///
/// # Errors
/// [`ContractError::Shares`], [`ContractError::ZeroTokens`],
/// [`ContractError::TooFewTokens`], [`ContractError::RecipientNotAllowed`].
pub fn request_withdrawal(
    call: &mut Call,
    shares: Option<Uint128>,
    recipient: Option<String>,
    min_tokens_out: Option<Uint128>,
) -> Result<(), Box<ContractError>> {
    let vault = call.env.contract.address.clone();
    let shares = call.shares.received(&call.funds, shares)?;
    let recipient = ensure_recipient(call.deps.api, &call.config, &vault, recipient, &call.sender)?;
    settle::settle_small(call)?;
    let batch_id = call.book.queue.open_batch;
    let mut batch = BATCHES
        .may_load(call.deps.storage, batch_id)?
        .unwrap_or_default();
    let requested = REQUESTS.may_load(call.deps.storage, (&recipient, batch_id))?;
    let rate = call.valuation().rate()?;

    let tokens = rate.tokens_for_shares_floor(shares)?;
    if tokens.is_zero() {
        return Err(ContractError::ZeroTokens {
            shares,
            total_assets: rate.tokens,
            total_shares: rate.shares,
        }
        .into());
    }
    if let Some(minimum) = min_tokens_out.filter(|minimum| tokens < *minimum) {
        return Err(ContractError::TooFewTokens { minimum, tokens }.into());
    }
    if batch.shares.is_zero() {
        batch.opened_at = call.now();
    }
    batch.join(shares)?;
    let requested = requested.unwrap_or_default().checked_add(shares)?;
    call.book.queue.join(shares)?;
    if call.book.queue.is_open_batch_ready(call.now()) {
        // idle that was to be delegated is kept for it
        call.outdate_fill_list();
    }

    call.shares
        .escrow(call.deps.storage, &vault, &call.sender, shares)?;
    BATCHES.save(call.deps.storage, batch_id, &batch);
    REQUESTS.save(call.deps.storage, (&recipient, batch_id), &requested);
    let event = event::withdrawal_requested(&call.sender, &recipient, batch_id, shares, tokens);
    call.emit(event);
    Ok(())
}

/// Gives the sender its shares of the open batch back. A batch emptied so is dropped.
///
/// Reads: book, batch, request; small groups of due entries are settled first. Writes: balances,
/// batch, request, book; ledger, batches and holdings where it settles. Sends: shares that are coins. Emits:
/// `vault/withdrawal_cancelled`, and what settling emits.
///
/// # Errors
/// [`ContractError::BatchNotOpen`], [`ContractError::NoWithdrawal`].
pub fn cancel_withdrawal(call: &mut Call, batch_id: u64) -> Result<(), Box<ContractError>> {
    settle::settle_small(call)?;
    let open_batch = call.book.queue.open_batch;
    if batch_id != open_batch {
        return Err(ContractError::BatchNotOpen {
            batch_id,
            open_batch,
        }
        .into());
    }
    let recipient = call.sender.clone();
    let requested = REQUESTS.may_load(call.deps.storage, (&recipient, batch_id))?;
    let Some(shares) = requested else {
        return Err(ContractError::NoWithdrawal {
            recipient: recipient.into(),
            batch_id,
        }
        .into());
    };
    let mut batch = BATCHES.load(call.deps.storage, batch_id)?;

    batch.leave(shares)?;
    call.book.queue.leave(shares)?;

    let vault = call.env.contract.address.clone();
    let returning = (call.shares).give_back(call.deps.storage, &vault, &recipient, shares)?;
    call.send_all(returning);
    REQUESTS.remove(call.deps.storage, (&recipient, batch_id));
    if batch.shares.is_zero() {
        BATCHES.remove(call.deps.storage, batch_id);
    } else {
        BATCHES.save(call.deps.storage, batch_id, &batch);
    }
    call.emit(event::withdrawal_cancelled(&recipient, batch_id, shares));
    Ok(())
}

/// Pays a recipient its part of a claimable batch. A second claim, or one of nothing, succeeds
/// and pays nothing.
///
/// Reads: book, batch, request; small groups of due entries are settled first. Writes: batch,
/// request, book; ledger, batches and holdings where it settles. Sends: tokens to the recipient.
/// Emits: `vault/claimed`, and what settling emits.
///
/// # Errors
/// [`ContractError::BatchNotClaimable`].
pub fn claim(
    call: &mut Call,
    batch_id: u64,
    recipient: Option<String>,
) -> Result<(), Box<ContractError>> {
    let recipient = match recipient {
        Some(recipient) => call.deps.api.addr_validate(&recipient)?,
        None => call.sender.clone(),
    };
    settle::settle_small(call)?;
    let requested = REQUESTS.may_load(call.deps.storage, (&recipient, batch_id))?;
    let tokens = match requested {
        Some(shares) => pay_out(call, batch_id, &recipient, shares)?,
        None => Uint128::zero(),
    };

    if !tokens.is_zero() {
        let payment = bank::send(&recipient, &call.config.denom, tokens);
        call.send(SubMsg::new(payment));
    }
    let event = event::claimed(&call.sender, &recipient, batch_id, tokens);
    call.emit(event);
    Ok(())
}

fn pay_out(
    call: &mut Call,
    batch_id: u64,
    recipient: &Addr,
    shares: Uint128,
) -> Result<Uint128, Box<ContractError>> {
    let mut batch = BATCHES.load(call.deps.storage, batch_id)?;
    if !batch.is_claimable() {
        return Err(ContractError::BatchNotClaimable {
            batch_id,
            unserved_shares: batch.unserved_shares,
            pending: batch.pending,
        }
        .into());
    }

    let (tokens, remainder) = batch.claim_floor(shares)?;
    call.book.money.pay_claim(tokens)?;
    call.book.money.release_remainder(remainder)?;

    BATCHES.save(call.deps.storage, batch_id, &batch);
    REQUESTS.remove(call.deps.storage, (recipient, batch_id));
    Ok(tokens)
}
