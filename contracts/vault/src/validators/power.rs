//! What the source of power answers, as it is kept.

use cosmwasm_std::Uint128;

use crate::chain::power::ValidatorPower;
use crate::state::Power;

/// What was read of a validator where the vault has `delegated`.
#[must_use]
pub fn power_of(read: &ValidatorPower, delegated: Uint128, self_bond: Option<Uint128>) -> Power {
    Power {
        tokens: read.tokens,
        external: read.tokens.saturating_sub(delegated),
        is_read: true,
        status: read.status,
        is_jailed: read.is_jailed,
        commission_rate: read.commission_rate,
        commission_ceiling: read.commission_ceiling,
        self_bond,
    }
}
