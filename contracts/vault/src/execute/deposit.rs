//! Tokens come in, shares are minted, idle tokens are delegated.

use cosmwasm_std::Uint128;

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::funds;
use crate::jobs::turns::OVERDUE_AFTER;
use crate::jobs::{invest, settle, sync};
use crate::role::{ensure_brake_off, ensure_own_admin, ensure_recipient};
use crate::self_limit;
use crate::validators::skip::Skip;

/// Mints shares at (total assets + locked profit) / total shares, rounded down, and places idle
/// tokens from the fill list, unless told not to or while `invest` has been overdue for a day. The price is the book's: slashes can only make the
/// true value lower, so a stale book never favours the depositor.
///
/// Reads: config, book, supply, balance, fill list, holding and row of who is next. First it settles
/// small groups, and synchronises a book that is too old: it reads and writes what these do, and where
/// the sync finds a difference, or a batch has become ready, the fill list is empty, so that this deposit
/// delegates nothing. Writes: book, supply, balance, holding. Sends: what mints shares that are coins, delegations. Emits: what settling
/// and a sync emit, `vault/deposited`, `vault/self_limit_warned`, `vault/delegated` each; the replies
/// `vault/refused`.
///
/// # Errors
/// [`ContractError::Funds`], [`ContractError::Read`] on a book that
/// is too old, [`ContractError::BookInDoubt`], [`ContractError::RecipientNotAllowed`],
/// [`ContractError::WorthlessShares`], [`ContractError::ZeroShares`],
/// [`ContractError::TooFewShares`], [`ContractError::NoCapacity`],
/// [`ContractError::SelfLimit`], [`ContractError::BrakeOn`], [`ContractError::NotOwnAdmin`].
pub fn deposit(
    call: &mut Call,
    amount: Option<Uint128>,
    recipient: Option<String>,
    min_shares_out: Option<Uint128>,
    delegate: bool,
) -> Result<(), Box<ContractError>> {
    let tokens = funds::ensure_amount(&call.funds, &call.config.denom, amount)?;
    let vault = &call.env.contract.address;
    let recipient = ensure_recipient(call.deps.api, &call.config, vault, recipient, &call.sender)?;
    ensure_brake_off(&call.book, call.now())?;
    settle::settle_small(call)?;
    if call.book.doubt.is_none() && sync::is_book_old(&call.view()) {
        sync::synchronise(call)?;
    }
    ensure_no_doubt(call)?;
    let total_shares = call.total_shares();

    let shares = preview_shares(call, total_shares, tokens)?;
    if let Some(minimum) = min_shares_out.filter(|minimum| shares < *minimum) {
        return Err(ContractError::TooFewShares { minimum, shares }.into());
    }
    call.book.money.receive(tokens)?;
    let minted = total_shares.checked_add(shares)?;
    ensure_capacity(call, minted)?;
    ensure_own_admin(&call.book, &call.config, &call.env.contract.address)?;
    let warning = self_limit::ensure_below(&call.book)?;

    call.book.has_begun = true;
    let vault = &call.env.contract.address;
    let minting = (call.shares).mint(call.deps.storage, vault, &recipient, shares)?;
    call.send_all(minting);
    let deposited = event::deposited(&call.sender, &recipient, tokens, shares);
    call.emit(deposited);
    if let Some(share_bps) = warning {
        call.emit(event::self_limit_warned(share_bps));
    }
    if !delegate || is_invest_overdue(call) {
        return Ok(());
    }
    let most = call.config.parameters.max_messages_per_deposit;
    invest::delegate_idle(call, most, &Skip::Nobody)
}

/// Nobody knows what a share is worth while the chain's reading waits for a second one.
fn ensure_no_doubt(call: &Call) -> Result<(), Box<ContractError>> {
    match call.book.doubt {
        Some(doubt) => Err(ContractError::BookInDoubt {
            shown: doubt.shown,
            bonded: call.book.money.bonded,
            height: doubt.height,
        }
        .into()),
        None => Ok(()),
    }
}

/// Then delegating fails, perhaps for ever: a deposit does not try it.
fn is_invest_overdue(call: &Call) -> bool {
    let since = call.book.deposits.idle_since;
    since.is_some_and(|since| call.now().saturating_sub(since) >= OVERDUE_AFTER)
}

fn preview_shares(
    call: &Call,
    total_shares: Uint128,
    tokens: Uint128,
) -> Result<Uint128, Box<ContractError>> {
    let rate = call.valuation().deposit_rate()?;
    if call.book.money.total_assets(call.now())?.is_zero() {
        return Err(ContractError::WorthlessShares { total_shares }.into());
    }
    let shares = rate.shares_for_tokens_floor(tokens)?;
    if shares.is_zero() {
        return Err(ContractError::ZeroShares {
            tokens,
            total_assets: rate.tokens,
            total_shares,
        }
        .into());
    }
    Ok(shares)
}

/// Judged with the deposit in idle and its shares minted. Stake that comes back to be delegated again
/// will need a place as well.
fn ensure_capacity(call: &Call, total_shares: Uint128) -> Result<(), Box<ContractError>> {
    let total = call
        .book
        .at(call.now(), total_shares)
        .tokens_to_allocate_in_time()?;
    let capacity = call.book.deposits.capacity;
    if total > capacity {
        return Err(ContractError::NoCapacity { capacity, total }.into());
    }
    Ok(())
}
