//! What every source of power answers.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::BondStatus;

/// What the chain says of a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorPower {
    /// Its tokens, everyone's.
    pub tokens: Uint128,
    /// Where it stands in x/staking.
    pub status: BondStatus,
    /// Jailed.
    pub is_jailed: bool,
    /// What it charges.
    pub commission_rate: Decimal,
    /// What it can ever charge.
    pub commission_ceiling: Decimal,
    /// What one of its shares is worth. `None` without shares, or where it is not told.
    pub tokens_per_share: Option<Decimal>,
}
