//! What every source of power answers.

use std::str::FromStr;

use cosmwasm_std::{Decimal, Uint128, Uint256};
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

/// tokens / shares, the shares as an integer of 18 decimals, whose own digits may need more than 128
/// bits. `None`: no shares, or not a number of this size.
#[must_use]
pub fn compute_tokens_per_share_floor(tokens: u128, shares_atomics: &str) -> Option<Decimal> {
    let one = Uint256::from(Decimal::one().atomics());
    let shares_atomics = Uint256::from_str(shares_atomics).ok()?;
    let atomics = Uint256::from(tokens)
        .checked_mul(one)
        .ok()?
        .checked_mul(one)
        .ok()?
        .checked_div(shares_atomics)
        .ok()?;
    Some(Decimal::new(Uint128::try_from(atomics).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_per_share_are_told_to_the_last_decimal_and_not_without_shares() {
        let rate = |tokens, shares: &str| compute_tokens_per_share_floor(tokens, shares);
        assert_eq!(
            rate(1, "3000000000000000000"),
            Some(Decimal::raw(333_333_333_333_333_333))
        );
        // 300 x 10^27 tokens, as 18 decimals make them
        let shares = format!("3{}", "0".repeat(29 + 18));
        assert_eq!(rate(3 * 10u128.pow(29), &shares), Some(Decimal::one()));
        for shares in ["0", "", "-1", "1.5", "x"] {
            assert_eq!(rate(7, shares), None, "{shares}");
        }
    }
}
