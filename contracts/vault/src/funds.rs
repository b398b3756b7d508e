//! What comes along with a message.

use cosmwasm_std::{Coin, Uint128};
use thiserror::Error;

/// Funds that a message does not take.
#[derive(Error, Debug, PartialEq, Eq)]
pub enum FundsError {
    /// A message that takes no funds came with some.
    #[error("this message does not accept funds, sent {sent}: send it without any")]
    NotAccepted {
        /// What came.
        sent: String,
    },
    /// A message that lives from its funds came without.
    #[error("no funds sent: send {denom} along")]
    Missing {
        /// What is taken.
        denom: String,
    },
    /// Something else than this denom came along.
    #[error("only {denom} is taken, sent {sent}")]
    Others {
        /// What is taken.
        denom: String,
        /// What came.
        sent: String,
    },
    /// `amount` and funds differ.
    #[error("amount {amount} differs from the funds {sent}")]
    AmountMismatch {
        /// Amount said.
        amount: Uint128,
        /// Amount sent.
        sent: Uint128,
    },
}

/// Nothing may come along.
///
/// # Errors
/// [`FundsError::NotAccepted`].
pub fn ensure_none(funds: &[Coin]) -> Result<(), FundsError> {
    if funds.is_empty() {
        return Ok(());
    }
    Err(FundsError::NotAccepted { sent: join(funds) })
}

/// What came along, of this denom and of no other; perhaps nothing.
///
/// # Errors
/// [`FundsError::Others`].
pub fn amount_of(funds: &[Coin], denom: &str) -> Result<Uint128, FundsError> {
    match funds {
        [] => Ok(Uint128::zero()),
        [coin] if coin.denom == denom => Ok(coin.amount),
        _ => Err(FundsError::Others {
            denom: denom.to_owned(),
            sent: join(funds),
        }),
    }
}

/// What came along, of this denom and of no other: something, and as much as was said if anything was.
///
/// # Errors
/// [`FundsError::Others`], [`FundsError::Missing`], [`FundsError::AmountMismatch`].
pub fn ensure_amount(
    funds: &[Coin],
    denom: &str,
    said: Option<Uint128>,
) -> Result<Uint128, FundsError> {
    let sent = amount_of(funds, denom)?;
    if sent.is_zero() {
        return Err(FundsError::Missing {
            denom: denom.to_owned(),
        });
    }
    match said {
        Some(amount) if amount != sent => Err(FundsError::AmountMismatch { amount, sent }),
        _ => Ok(sent),
    }
}

fn join(funds: &[Coin]) -> String {
    let coins: Vec<_> = funds.iter().map(ToString::to_string).collect();
    coins.join(", ")
}
