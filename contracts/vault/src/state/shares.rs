//! The share token: what it is called, how many shares there are, and whose they are. Only the room
//! `shares` writes here.

use cosmwasm_std::{Addr, Uint128};

use crate::store::packed::packed;
use crate::store::{Item, Map};

/// What the token is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name.
    pub name: String,
    /// Its ticker symbol.
    pub symbol: String,
    /// How many of its digits stand after the point.
    pub decimals: u8,
}

/// Written by the instantiation.
pub const TOKEN: Item<Token> = Item::new("token");
/// All shares. Written by deposits, submit, and the replies of undelegations.
pub const SUPPLY: Item<Uint128> = Item::new("supply");
/// Shares by account; zero of whoever once had some. Written by whatever makes, moves or destroys shares.
pub const BALANCES: Map<&Addr, Uint128> = Map::new("balance");

packed! {
    Token { name, symbol, decimals }
}
