//! x/bank: balances, and payments in the bond denom.

use cosmwasm_std::{Addr, BankMsg, Coin, QuerierWrapper, Uint128};

use super::read_error::ReadError;

/// Tokens in an account.
///
/// # Errors
/// When the chain does not answer.
pub fn query_tokens(
    querier: &QuerierWrapper,
    account: &Addr,
    denom: &str,
) -> Result<Uint128, ReadError> {
    let balance = querier.query_balance(account, denom);
    Ok(balance.map_err(ReadError::new)?.amount)
}

/// Pays tokens.
#[must_use]
pub fn send(recipient: &Addr, denom: &str, tokens: Uint128) -> BankMsg {
    BankMsg::Send {
        to_address: recipient.to_string(),
        amount: vec![Coin::new(tokens, denom)],
    }
}
