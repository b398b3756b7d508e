//! Reading the chain's state, past every query limit.

use cosmwasm_std::{Addr, Coin, Order, Uint128};

use super::{Application, Chain};
use crate::distribution::{DecCoins, preview_rewards};
use crate::error::Outcome;
use crate::params::Params;
use crate::staking::{load_delegations, load_validator};
use crate::store::{
    COMMUNITY_POOL, DELEGATIONS, Member, REDELEGATIONS, REWARDS, RedelegationEntry, UNBONDINGS,
    UnbondingEntry, VALIDATORS, ValidatorState, load_params,
};

/// A live redelegation of a delegator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redelegation {
    /// Where the stake came from.
    pub src_validator: String,
    /// Where it is.
    pub dst_validator: String,
    /// What it still answers for.
    pub entry: RedelegationEntry,
}

impl<AppT: Application> Chain<AppT> {
    /// The parameters.
    pub fn params(&self) -> Params {
        load_params(self.app.state()).unwrap_or_default()
    }

    /// A validator, if it exists.
    pub fn validator(&self, operator: &str) -> Option<ValidatorState> {
        VALIDATORS
            .may_load(self.app.state(), operator)
            .ok()
            .flatten()
    }

    /// All validators, by operator address.
    pub fn validators(&self) -> Vec<ValidatorState> {
        VALIDATORS
            .range(self.app.state(), None, None, Order::Ascending)
            .filter_map(|item| item.ok().map(|(_, validator)| validator))
            .collect()
    }

    /// The set whose votes came with the open block.
    pub fn voting_set(&self) -> Vec<Member> {
        crate::staking::validator_set::load_voting_set(self.app.state()).unwrap_or_default()
    }

    /// Tokens of a delegation, as queries show them; zero without a delegation.
    pub fn delegation_tokens(&self, delegator: &Addr, validator: &str) -> Uint128 {
        self.try_delegation_tokens(delegator, validator)
            .unwrap_or_default()
    }

    fn try_delegation_tokens(&self, delegator: &Addr, validator: &str) -> Outcome<Uint128> {
        let storage = self.app.state();
        match DELEGATIONS.may_load(storage, (delegator, validator))? {
            Some(shares) => load_validator(storage, validator)?.whole_tokens_for_shares(shares),
            None => Ok(Uint128::zero()),
        }
    }

    /// All delegations of an account in the chain's order, those worth zero tokens too.
    pub fn delegations(&self, delegator: &Addr) -> Vec<(String, Uint128)> {
        load_delegations(self.app.state(), delegator)
            .unwrap_or_default()
            .into_iter()
            .map(|(validator, _)| {
                let tokens = self.delegation_tokens(delegator, &validator);
                (validator, tokens)
            })
            .collect()
    }

    /// Shares of every delegation to a validator, by delegator.
    pub fn delegators(&self, validator: &str) -> Vec<(Addr, crate::Dec18)> {
        DELEGATIONS
            .range(self.app.state(), None, None, Order::Ascending)
            .filter_map(Result::ok)
            .filter(|((_, to), _)| to == validator)
            .map(|((delegator, _), shares)| (delegator, shares))
            .collect()
    }

    /// Unbonding entries of a pair, oldest first.
    pub fn unbonding_entries(&self, delegator: &Addr, validator: &str) -> Vec<UnbondingEntry> {
        UNBONDINGS
            .may_load(self.app.state(), (delegator, validator))
            .ok()
            .flatten()
            .unwrap_or_default()
    }

    /// Unbonding entries of an account, by validator.
    pub fn all_unbonding_entries(&self, delegator: &Addr) -> Vec<(String, UnbondingEntry)> {
        UNBONDINGS
            .prefix(delegator)
            .range(self.app.state(), None, None, Order::Ascending)
            .filter_map(Result::ok)
            .flat_map(|(validator, entries)| {
                entries
                    .into_iter()
                    .map(move |entry| (validator.clone(), entry))
            })
            .collect()
    }

    /// Tokens of all unbonding entries of all accounts.
    pub fn unbonding_tokens(&self) -> Uint128 {
        UNBONDINGS
            .range(self.app.state(), None, None, Order::Ascending)
            .filter_map(Result::ok)
            .flat_map(|(_, entries)| entries)
            .map(|entry| entry.balance)
            .sum()
    }

    /// Live redelegations of an account, by source and destination.
    pub fn redelegations(&self, delegator: &Addr) -> Vec<Redelegation> {
        REDELEGATIONS
            .sub_prefix(delegator)
            .range(self.app.state(), None, None, Order::Ascending)
            .filter_map(Result::ok)
            .flat_map(|((src, dst), entries)| {
                entries.into_iter().map(move |entry| Redelegation {
                    src_validator: src.clone(),
                    dst_validator: dst.clone(),
                    entry,
                })
            })
            .collect()
    }

    /// What a withdrawal would pay now; whole coins, those of zero left out.
    pub fn pending_rewards(&self, delegator: &Addr, validator: &str) -> Vec<Coin> {
        let rewards = self
            .try_pending_rewards(delegator, validator)
            .unwrap_or_default();
        rewards
            .split_whole()
            .map(|(whole, _)| whole)
            .unwrap_or_default()
    }

    fn try_pending_rewards(&self, delegator: &Addr, validator: &str) -> Outcome<DecCoins> {
        let storage = self.app.state();
        let Some(shares) = DELEGATIONS.may_load(storage, (delegator, validator))? else {
            return Ok(DecCoins::default());
        };
        let state = load_validator(storage, validator)?;
        preview_rewards(storage, &self.app.open_block(), &state, delegator, shares)
    }

    /// Commission that the operator has not withdrawn.
    pub fn commission(&self, validator: &str) -> DecCoins {
        let account = REWARDS.may_load(self.app.state(), validator).ok().flatten();
        account.unwrap_or_default().commission
    }

    /// All rewards and commission of a validator that are not withdrawn.
    pub fn outstanding_rewards(&self, validator: &str) -> DecCoins {
        let account = REWARDS.may_load(self.app.state(), validator).ok().flatten();
        account.unwrap_or_default().outstanding
    }

    /// The community pool.
    pub fn community_pool(&self) -> DecCoins {
        COMMUNITY_POOL
            .may_load(self.app.state())
            .ok()
            .flatten()
            .unwrap_or_default()
    }

    /// Account that holds the tokens of bonded validators.
    pub fn bonded_pool_address(&self) -> Addr {
        self.accounts.bonded_pool.clone()
    }

    /// Account that holds all other delegated tokens, and the unbonding entries.
    pub fn not_bonded_pool_address(&self) -> Addr {
        self.accounts.not_bonded_pool.clone()
    }

    /// Account that holds rewards, commission and the community pool.
    pub fn distribution_address(&self) -> Addr {
        self.accounts.distribution.clone()
    }

    /// Balance of the bonded pool.
    pub fn bonded_tokens(&self) -> Uint128 {
        self.balance(&self.accounts.bonded_pool, &self.params().bond_denom)
    }

    /// Balance of an account.
    pub fn balance(&self, address: &Addr, denom: &str) -> Uint128 {
        self.app.balance_of(address, denom).amount
    }

    /// Coins in existence.
    pub fn supply(&self, denom: &str) -> Uint128 {
        self.app.supply_of(denom).amount
    }
}
