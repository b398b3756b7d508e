//! The deposit slots that the target rule gave when the fill list was last built.

use cosmwasm_std::Uint128;

use crate::store::packed::packed;
use crate::store::Item;

/// A validator's part of the fill list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepositSlot {
    /// The validator's row among the powers.
    pub power_row: u16,
    /// Tokens that it takes.
    pub tokens: Uint128,
}

/// In the order in which they are filled. Written by a rebuild.
pub const FILL_LIST: Item<Vec<DepositSlot>> = Item::new("fill");

packed! {
    DepositSlot { power_row, tokens }
}
