//! Tokens come in, shares are minted, idle tokens are delegated.

use cosmwasm_std::Uint128;
use cw_utils::PaymentError;

use super::{invest, settle, sync, Call};
use crate::error::ContractError;
use crate::event;
use crate::role::ensure_recipient;
use crate::self_limit;

/// Mints shares at (total assets + locked profit) / total shares, rounded down, and places idle
/// tokens from the head of the fill list. The price is the book's: slashes can only make the
/// true value lower, so a stale book never favours the depositor.
///
/// Reads: config, book, supply, balance; a book that is too old is synchronised first.
/// Writes: book, supply, balance, holdings. Sends: delegations.
/// Emits: `vault/deposited`, `vault/delegated` each.
///
/// # Errors
/// [`ContractError::Payment`], [`ContractError::AmountMismatch`],
/// [`ContractError::RecipientNotAllowed`],
/// [`ContractError::WorthlessShares`], [`ContractError::ZeroShares`],
/// [`ContractError::TooFewShares`], [`ContractError::NoCapacity`],
/// [`ContractError::SelfLimit`].
pub fn deposit(
    call: &mut Call,
    amount: Option<Uint128>,
    recipient: Option<String>,
    min_shares_out: Option<Uint128>,
) -> Result<(), ContractError> {
    let tokens = call.funds;
    if tokens.is_zero() {
        return Err(PaymentError::NoFunds {}.into());
    }
    let amount = amount.unwrap_or(tokens);
    if amount != tokens {
        return Err(ContractError::AmountMismatch {
            amount,
            sent: tokens,
        });
    }
    let vault = &call.env.contract.address;
    let recipient = ensure_recipient(call.deps.api, &call.config, vault, recipient, &call.sender)?;
    settle::settle_small(call)?;
    let age = call.now().saturating_sub(call.book.synced_at);
    if age > call.config.bounds.book_max_age {
        sync::synchronise(call, None)?;
    }
    let total_shares = call.total_shares();

    let shares = preview_shares(call, total_shares, tokens)?;
    if let Some(minimum) = min_shares_out.filter(|minimum| shares < *minimum) {
        return Err(ContractError::TooFewShares { minimum, shares });
    }
    call.book.money.receive(tokens)?;
    let minted = total_shares.checked_add(shares)?;
    ensure_capacity(call, minted)?;
    let warning = self_limit::ensure_below(&call.book)?;

    call.supply.mint(call.deps.storage, &recipient, shares)?;
    let deposited = event::deposited(&call.sender, &recipient, tokens, shares);
    call.emit(deposited);
    if let Some(share_bps) = warning {
        call.emit(event::self_limit_warned(share_bps));
    }
    invest::place(call, call.config.bounds.max_messages_per_deposit, None)
}

fn preview_shares(
    call: &Call,
    total_shares: Uint128,
    tokens: Uint128,
) -> Result<Uint128, ContractError> {
    let rate = call.book.deposit_rate(total_shares)?;
    if call.book.money.total_assets(call.now())?.is_zero() {
        return Err(ContractError::WorthlessShares { total_shares });
    }
    let shares = rate.shares_for_tokens_floor(tokens)?;
    if shares.is_zero() {
        return Err(ContractError::ZeroShares {
            tokens,
            total_assets: rate.tokens,
            total_shares,
        });
    }
    Ok(shares)
}

/// Judged with the deposit in idle and its shares minted.
fn ensure_capacity(call: &Call, total_shares: Uint128) -> Result<(), ContractError> {
    let total = call.book.tokens_to_place(call.now(), total_shares)?;
    let capacity = call.book.placement.capacity;
    if total > capacity {
        return Err(ContractError::NoCapacity { capacity, total });
    }
    Ok(())
}
