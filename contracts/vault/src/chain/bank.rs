//! x/bank: balances, and payments in the bond denom.

use cosmwasm_std::{Addr, BankMsg, BankQuery, Coin, QuerierWrapper, Uint128};

use super::answers::{query, Balance};
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
    let question = BankQuery::Balance {
        address: account.to_string(),
        denom: denom.to_owned(),
    };
    let balance: Balance = query(querier, question)?;
    Ok(balance.amount.amount)
}

/// Pays tokens.
#[must_use]
pub fn send(recipient: &Addr, denom: &str, tokens: Uint128) -> BankMsg {
    BankMsg::Send {
        to_address: recipient.to_string(),
        amount: vec![Coin::new(tokens, denom)],
    }
}
