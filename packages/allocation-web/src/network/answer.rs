//! What the page knows, and what comes of it.

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::metrics::Metrics;
use serde::{Deserialize, Serialize};

use crate::vault::VaultAnswers;

/// What the page knows of the chain.
#[derive(Debug, Deserialize)]
pub struct Question {
    /// Bonded, unjailed validators with stake, in any order.
    pub validators: Vec<Bonded>,
    /// What the vault answers; null where it could not be asked.
    pub vault: Option<VaultAnswers>,
    /// A deposit to try, tokens; null for none.
    pub deposit: Option<Uint128>,
}

/// A bonded validator.
#[derive(Debug, Deserialize)]
pub struct Bonded {
    /// Operator address.
    pub validator: String,
    /// All its stake, tokens.
    pub tokens: Uint128,
    /// The vault's part of it by the chain, tokens.
    pub delegated: Uint128,
}

/// What comes of it.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// All stake, tokens.
    pub tokens: Uint128,
    /// The vault's part of it, tokens.
    pub delegated: Uint128,
    /// As it is.
    pub with: Metrics,
    /// Without the vault's stake.
    pub without: Metrics,
    /// The largest first, of equals the lower address: with the vault.
    pub curve: Vec<CurvePoint>,
    /// Validators of one operator as one, in the same states; null where the list names no operator.
    pub by_operator: Option<OperatorMetrics>,
    /// The deposit; null if there is none.
    pub deposit: Option<DepositAnswer>,
}

/// Both states by operator.
#[derive(Debug, Serialize)]
pub struct OperatorMetrics {
    /// As it is.
    pub with: Metrics,
    /// Without the vault's stake.
    pub without: Metrics,
}

/// A validator on the curve of cumulative power.
#[derive(Debug, Serialize)]
pub struct CurvePoint {
    /// Operator address.
    pub validator: String,
    /// All its stake, tokens.
    pub tokens: Uint128,
    /// The vault's part of it, tokens.
    pub delegated: Uint128,
    /// Its part of all stake, rounded down at 18 decimals.
    pub share: Decimal,
    /// What it and all larger ones have of all stake, rounded down at 18 decimals.
    pub cumulative: Decimal,
    /// Whether the fewest with a third end here or later.
    pub is_in_third: bool,
}

/// A deposit that is tried.
#[derive(Debug, Serialize)]
pub struct DepositAnswer {
    /// The chain with it, all stake of the vault being placed anew.
    pub here: Metrics,
    /// The chain with the same amount at the largest validator.
    pub at_top: Metrics,
    /// The largest validator.
    pub top_validator: String,
    /// What the caps leave no place for, tokens.
    pub unplaced: Uint128,
    /// Where the vault would have more than now, most first: validator and how much more, tokens.
    pub gains: Vec<Gain>,
}

/// What a validator would have more.
#[derive(Debug, Serialize)]
pub struct Gain {
    /// Operator address.
    pub validator: String,
    /// Tokens more.
    pub tokens: Uint128,
}
