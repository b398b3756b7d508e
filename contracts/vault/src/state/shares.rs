//! The shares: how many there are; of a cw20 also what it is called, and whose they are. Only the room
//! `shares` writes here.

use cosmwasm_std::{Addr, Uint128};

use crate::store::packed::packed;
use crate::store::{Item, Map};

/// Shares that are coins of the bank. Kept with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareDenom {
    /// Its name at the bank.
    pub denom: String,
    /// The beginning of the chain's messages that mint it.
    pub message_prefix: String,
}

/// What the cw20 token is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name.
    pub name: String,
    /// Its ticker symbol.
    pub symbol: String,
    /// How many of its digits stand after the point.
    pub decimals: u8,
}

/// Written by the instantiation, of a cw20.
pub const TOKEN: Item<Token> = Item::new("token");
/// All shares. Written by deposits, submit, and the replies of undelegations.
pub const SUPPLY: Item<Uint128> = Item::new("supply");
/// Shares of a cw20 by account; zero of whoever once had some. Written by whatever makes, moves or destroys shares.
pub const BALANCES: Map<&Addr, Uint128> = Map::new("balance");

packed! {
    ShareDenom { denom, message_prefix }
    Token { name, symbol, decimals }
}
