//! Moves that are planned.

use cosmwasm_std::Uint128;
use defenders_allocation::{Refusal, Unmoved};
use defenders_types::MoveReason;

/// A move with its ends by operator address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMove {
    /// From where.
    pub source: String,
    /// To where. `None`: it is undelegated, to be delegated again on arrival.
    pub destination: Option<String>,
    /// Tokens.
    pub tokens: Uint128,
    /// Why, which says what budget pays.
    pub reason: MoveReason,
}

/// What to move now.
#[derive(Clone, Debug)]
pub struct Plan {
    /// As many as one call makes, in the order in which they are sent.
    pub moves: Vec<PlannedMove>,
    /// There are more.
    pub has_more: bool,
    /// What should leave its validator and stays; by place among the validators.
    pub unmoved: Vec<Unmoved>,
    /// The guard refused the plan.
    pub refusal: Option<Refusal>,
    /// What caps leave no place for, tokens.
    pub unplaced: Uint128,
    /// W, of which caps are shares, tokens.
    pub base: Uint128,
}
