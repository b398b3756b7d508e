//! One piece of a batch: which shares are burnt for which tokens, all at one rate.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;
use crate::rate::Rate;

/// Shares burnt for tokens; tokens <= floor(shares x rate).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PiecePart {
    /// Tokens that leave the pool.
    pub tokens: Uint128,
    /// Shares burnt for them.
    pub shares: Uint128,
}

/// One piece of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Paid from idle.
    pub idle: PiecePart,
    /// Paid by undelegations, in the order asked for. May be fewer than were offered.
    pub messages: Vec<PiecePart>,
    /// Shares worth 0 tokens, burnt for 0.
    pub worthless_shares: Uint128,
}

/// Serves up to `unserved_shares` at `rate`: first `idle_tokens`, then `offered` tokens of each
/// undelegation. Each part burns the fewest shares that are worth its tokens; when the shares
/// that would be left are worth nothing, the part burns them too.
///
/// # Errors
/// When sums are beyond 128 bits.
pub fn compute_piece(
    rate: Rate,
    unserved_shares: Uint128,
    idle_tokens: Uint128,
    offered: &[Uint128],
) -> Result<Piece, AccountingError> {
    let mut left = unserved_shares;
    let idle = take(rate, &mut left, idle_tokens)?;
    let mut messages = Vec::with_capacity(offered.len());
    for tokens in offered {
        let part = take(rate, &mut left, *tokens)?;
        if part.tokens.is_zero() {
            break;
        }
        messages.push(part);
    }
    let is_worthless = rate.tokens_for_shares_floor(left)?.is_zero();
    Ok(Piece {
        idle,
        messages,
        worthless_shares: if is_worthless { left } else { Uint128::zero() },
    })
}

fn take(rate: Rate, left: &mut Uint128, tokens: Uint128) -> Result<PiecePart, AccountingError> {
    let tokens = tokens.min(rate.tokens_for_shares_floor(*left)?);
    if tokens.is_zero() {
        return Ok(PiecePart::default());
    }
    let fewest = rate.shares_for_tokens_ceil(tokens)?.min(*left);
    let rest = left.checked_sub(fewest)?;
    let shares = if rate.tokens_for_shares_floor(rest)?.is_zero() {
        *left
    } else {
        fewest
    };
    *left = left.checked_sub(shares)?;
    Ok(PiecePart { tokens, shares })
}
