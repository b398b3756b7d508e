//! What every source of power answers.

use cosmwasm_std::{Decimal, Uint128};

/// What the chain says of a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorPower {
    /// Its tokens, everyone's.
    pub tokens: Uint128,
    /// In the bonded set.
    pub is_bonded: bool,
    /// Jailed.
    pub is_jailed: bool,
    /// What it charges.
    pub commission_rate: Decimal,
    /// What one of its shares is worth. `None` without shares, or where it is not told.
    pub tokens_per_share: Option<Decimal>,
}
