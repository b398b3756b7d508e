//! x/bank: balances, supply, and what the vault does with coins of its own.

use cosmwasm_std::{Addr, BankMsg, BankQuery, Coin, QuerierWrapper, Uint128};

use super::answers::{query, Balance, Supply};
use super::read_error::ReadError;

/// Coins of one denom in an account.
///
/// # Errors
/// When the chain does not answer.
pub fn query_balance(
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

/// All coins of one denom.
///
/// # Errors
/// When the chain does not answer.
pub fn query_supply(querier: &QuerierWrapper, denom: &str) -> Result<Uint128, ReadError> {
    let question = BankQuery::Supply {
        denom: denom.to_owned(),
    };
    let supply: Supply = query(querier, question)?;
    Ok(supply.amount.amount)
}

/// Pays coins of one denom.
#[must_use]
pub fn send(recipient: &Addr, denom: &str, amount: Uint128) -> BankMsg {
    BankMsg::Send {
        to_address: recipient.to_string(),
        amount: vec![Coin::new(amount, denom)],
    }
}

/// Burns coins of one denom.
#[must_use]
pub fn burn(denom: &str, amount: Uint128) -> BankMsg {
    BankMsg::Burn {
        amount: vec![Coin::new(amount, denom)],
    }
}
