//! Fee or bounty is paid. A refusal leaves it owed.

use cosmwasm_std::{Addr, DepsMut, Response, SubMsg, Uint128};

use super::reply_id::ReplyId;
use crate::chain::bank;
use crate::error::ContractError;
use crate::event;
use crate::state::{BOOK, FEES_OWED};
use crate::store::packed::{pack, packed};

/// A payment of fee or bounty in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeePayment {
    /// Who is paid.
    pub recipient: Addr,
    /// Tokens.
    pub tokens: Uint128,
}

packed! {
    FeePayment { recipient, tokens }
}

/// The payment.
#[must_use]
pub fn message(denom: &str, payment: &FeePayment) -> SubMsg {
    let message = bank::send(&payment.recipient, denom, payment.tokens);
    SubMsg::reply_on_error(message, ReplyId::PayFee as u64).with_payload(pack(payment))
}

/// It was refused: it stays owed.
///
/// Reads: book, fees owed. Writes: both. Sends: nothing. Emits: `vault/fee_owed`.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn reply(deps: DepsMut, payment: FeePayment) -> Result<Response, Box<ContractError>> {
    let FeePayment { recipient, tokens } = payment;
    let mut book = BOOK.load(deps.storage)?;
    let owed = FEES_OWED.may_load(deps.storage, &recipient)?;

    book.money.owe_fee(tokens)?;
    let owed = owed.unwrap_or_default().checked_add(tokens)?;

    FEES_OWED.save(deps.storage, &recipient, &owed);
    BOOK.save(deps.storage, &book);
    Ok(Response::new().add_event(event::fee_owed(&recipient, tokens)))
}
