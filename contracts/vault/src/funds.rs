//! What comes along with a message.

use cosmwasm_std::{MessageInfo, Uint128};

use crate::error::ContractError;

/// Nothing may come along.
///
/// # Errors
/// [`ContractError::FundsNotAccepted`].
pub fn ensure_none(info: &MessageInfo) -> Result<(), ContractError> {
    if info.funds.is_empty() {
        return Ok(());
    }
    Err(ContractError::FundsNotAccepted { sent: sent(info) })
}

/// What came along, of this denom and of no other; perhaps nothing.
///
/// # Errors
/// [`ContractError::OtherFunds`].
pub fn tokens_of(info: &MessageInfo, denom: &str) -> Result<Uint128, ContractError> {
    match info.funds.as_slice() {
        [] => Ok(Uint128::zero()),
        [coin] if coin.denom == denom => Ok(coin.amount),
        _ => Err(ContractError::OtherFunds {
            denom: denom.to_owned(),
            sent: sent(info),
        }),
    }
}

fn sent(info: &MessageInfo) -> String {
    let coins: Vec<_> = info.funds.iter().map(ToString::to_string).collect();
    coins.join(", ")
}
