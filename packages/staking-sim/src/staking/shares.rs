//! Tokens and shares of a validator (`x/staking/types/validator.go`).

use cosmwasm_std::Uint128;

use crate::dec18::Dec18;
use crate::error::{ChainError, Outcome};
use crate::store::{Status, ValidatorState};

impl ValidatorState {
    /// Voting power the tokens are worth, whether bonded or not.
    pub fn potential_power(&self, power_reduction: u128) -> u64 {
        let power = self
            .tokens
            .u128()
            .checked_div(power_reduction)
            .unwrap_or_default();
        u64::try_from(power).unwrap_or(u64::MAX)
    }

    /// Whether shares are left that no token backs (after a slash of everything).
    pub fn has_invalid_exchange_rate(&self) -> bool {
        self.tokens.is_zero() && !self.delegator_shares.is_zero()
    }

    /// Whether the validator is in the set.
    pub fn is_bonded(&self) -> bool {
        self.status == Status::Bonded
    }

    /// `TokensFromShares`: shares · tokens / delegator shares, half to even at 18 decimals.
    pub fn tokens_for_shares_half_even(&self, shares: Dec18) -> Outcome<Dec18> {
        Ok(shares
            .mul_int(self.tokens)?
            .quo_half_even(self.delegator_shares)?)
    }

    /// `TokensFromSharesTruncated`.
    pub fn tokens_for_shares_floor(&self, shares: Dec18) -> Outcome<Dec18> {
        Ok(shares
            .mul_int(self.tokens)?
            .quo_floor(self.delegator_shares)?)
    }

    /// What a delegation of `shares` shows: `TokensFromShares` truncated to an integer.
    pub fn whole_tokens_for_shares(&self, shares: Dec18) -> Outcome<Uint128> {
        Ok(self.tokens_for_shares_half_even(shares)?.to_int_floor()?)
    }

    /// `SharesFromTokens`: delegator shares · tokens / all tokens, by `QuoInt`.
    pub(crate) fn shares_for_tokens(&self, tokens: Uint128) -> Outcome<Dec18> {
        if self.tokens.is_zero() {
            return Err(ChainError::InsufficientShares);
        }
        Ok(self
            .delegator_shares
            .mul_int(tokens)?
            .quo_int_floor(self.tokens)?)
    }

    /// `SharesFromTokensTruncated`: the same by `QuoTruncate`.
    pub(crate) fn shares_for_tokens_floor(&self, tokens: Uint128) -> Outcome<Dec18> {
        if self.tokens.is_zero() {
            return Err(ChainError::InsufficientShares);
        }
        Ok(self
            .delegator_shares
            .mul_int(tokens)?
            .quo_floor(Dec18::from_int(self.tokens))?)
    }

    /// `AddTokensFromDel`: adds tokens, returns the shares issued for them. The first
    /// delegation to a validator without shares sets the rate to one.
    pub(crate) fn add_tokens(&mut self, tokens: Uint128) -> Outcome<Dec18> {
        let issued = if self.delegator_shares.is_zero() {
            Dec18::from_int(tokens)
        } else {
            self.shares_for_tokens(tokens)?
        };
        self.tokens = self.tokens.checked_add(tokens)?;
        self.delegator_shares = self.delegator_shares.checked_add(issued)?;
        Ok(issued)
    }

    /// `RemoveDelShares`: removes shares, returns their tokens. The last shares take all
    /// tokens that are left.
    pub(crate) fn remove_shares(&mut self, shares: Dec18) -> Outcome<Uint128> {
        let remaining = self.delegator_shares.checked_sub(shares)?;
        let tokens = if remaining.is_zero() {
            self.tokens
        } else {
            self.whole_tokens_for_shares(shares)?
        };
        self.tokens = self.tokens.checked_sub(tokens)?;
        self.delegator_shares = remaining;
        Ok(tokens)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use cosmwasm_std::{Addr, Decimal, Timestamp};

    pub(in crate::staking) fn validator(tokens: u128, shares: Dec18) -> ValidatorState {
        ValidatorState {
            operator: "validator".to_string(),
            self_delegator: Addr::unchecked("operator"),
            tokens: Uint128::new(tokens),
            delegator_shares: shares,
            status: Status::Bonded,
            jailed: false,
            tombstoned: false,
            jailed_until: Timestamp::default(),
            commission_rate: Decimal::zero(),
            max_commission_rate: Decimal::one(),
            max_change_rate: Decimal::one(),
            min_self_delegation: Uint128::one(),
            unbonding_height: 0,
            unbonding_time: Timestamp::default(),
        }
    }

    fn whole(value: u128) -> Dec18 {
        Dec18::from_int(Uint128::new(value))
    }

    #[test]
    fn first_delegation_sets_the_rate_to_one() {
        let mut empty = validator(0, Dec18::zero());
        assert_eq!(empty.add_tokens(Uint128::new(5)), Ok(whole(5)));
        assert_eq!(empty.delegator_shares, whole(5));
    }

    #[test]
    fn slashed_validator_issues_more_shares_than_tokens() {
        // 1000 shares on 900 tokens: 90 tokens buy 1000 · 90 / 900 = 100 shares
        let mut slashed = validator(900, whole(1000));
        assert_eq!(slashed.add_tokens(Uint128::new(90)), Ok(whole(100)));
    }

    #[test]
    fn shares_are_truncated_at_eighteen_decimals() {
        // 1000 · 1 / 900 = 1.111…1
        let slashed = validator(900, whole(1000));
        let one = Uint128::one();
        let expected = Dec18::from_atomics(1_111_111_111_111_111_111u128);
        assert_eq!(slashed.shares_for_tokens(one), Ok(expected));
        assert_eq!(slashed.shares_for_tokens_floor(one), Ok(expected));
        // and back: 1.111…1 · 900 / 1000 has 19 decimals, 0.999…9|9, and rounds up to one
        assert_eq!(slashed.whole_tokens_for_shares(expected), Ok(one));
        let below_one = Dec18::from_atomics(999_999_999_999_999_999u128);
        assert_eq!(slashed.tokens_for_shares_floor(expected), Ok(below_one));
    }

    #[test]
    fn token_can_be_lost_between_tokens_and_shares() {
        // 1000 · 1 / 970 = 1.030927835051546391|75…, which loses 0.75 of the last place;
        // worth 0.97 times that, 0.73, more than half: 0.999…9, which truncates to nothing
        let slashed = validator(970, whole(1000));
        let shares = slashed.shares_for_tokens(Uint128::one()).unwrap();
        assert_eq!(shares, Dec18::from_atomics(1_030_927_835_051_546_391u128));
        assert_eq!(slashed.whole_tokens_for_shares(shares), Ok(Uint128::zero()));
    }

    #[test]
    fn last_shares_take_leftover_tokens() {
        let mut leaving = validator(10, whole(3));
        // 1 share: 10 / 3 = 3.33, truncated
        assert_eq!(leaving.remove_shares(whole(1)), Ok(Uint128::new(3)));
        // 1 of 2 shares on 7 tokens: 3.5, truncated
        assert_eq!(leaving.remove_shares(whole(1)), Ok(Uint128::new(3)));
        assert_eq!(leaving.remove_shares(whole(1)), Ok(Uint128::new(4)));
        assert!(leaving.delegator_shares.is_zero() && leaving.tokens.is_zero());
    }

    #[test]
    fn validator_without_tokens_has_no_rate() {
        let broken = validator(0, whole(1));
        assert!(broken.has_invalid_exchange_rate());
        assert_eq!(
            broken.shares_for_tokens(Uint128::one()),
            Err(ChainError::InsufficientShares)
        );
    }

    #[test]
    fn power_is_whole_units_of_the_reduction() {
        assert_eq!(validator(1_999_999, whole(1)).potential_power(1_000_000), 1);
        assert_eq!(validator(1_999_999, whole(1)).potential_power(0), 0);
    }
}
