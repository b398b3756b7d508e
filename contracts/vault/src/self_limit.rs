//! How large a part of the chain the vault may become: a vault against concentration must not be
//! the next big one.

use cosmwasm_std::Decimal;
use defenders_types::{SELF_LIMIT_BPS, SELF_LIMIT_WARNING_BPS};

use crate::error::ContractError;
use crate::state::Book;

const BPS: u128 = 10_000;

/// The share from which on a deposit carries a warning.
#[must_use]
pub fn warning() -> Decimal {
    Decimal::bps(SELF_LIMIT_WARNING_BPS)
}

/// The share from which on deposits are refused.
#[must_use]
pub fn limit() -> Decimal {
    Decimal::bps(SELF_LIMIT_BPS)
}

/// V / (E + V), rounded down; 0 where nothing is bonded.
///
/// # Errors
/// When sums are beyond 128 bits.
pub fn compute_share(book: &Book) -> Result<Decimal, Box<ContractError>> {
    let vault = book.money.assets_with_locked_profit()?;
    let all = book.deposits.external_bonded.checked_add(vault)?;
    Ok(Decimal::checked_from_ratio(vault, all).unwrap_or_default())
}

/// V / (E + V) with the deposit in V, in basis points, rounded down; `None` below the warning.
///
/// # Errors
/// [`ContractError::SelfLimit`].
pub fn ensure_below(book: &Book) -> Result<Option<u128>, Box<ContractError>> {
    let vault = book.money.assets_with_locked_profit()?;
    let external = book.deposits.external_bonded;
    let all = external.checked_add(vault)?;
    // V / (E + V) >= limit
    if vault.full_mul(BPS) >= all.full_mul(SELF_LIMIT_BPS) {
        return Err(ContractError::SelfLimit {
            vault,
            external,
            limit: limit(),
        }
        .into());
    }
    let share = vault.checked_multiply_ratio(BPS, all);
    let share_bps = share.map_or(0, |share| share.u128());
    Ok((share_bps >= u128::from(SELF_LIMIT_WARNING_BPS)).then_some(share_bps))
}
