//! The report of `defenders explain`, in the shape of its JSON.

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::explain::WhatIf;
use defenders_node::read::{ValidatorInfo as ChainValidator, ValidatorStatus as BondStatus};
use defenders_types::{ExplainResponse, ListingInfo, ValidatorStatus};
use serde::Serialize;

use crate::unseen::Fate;
use crate::validator_set::clean_name;

/// Amounts are strings in base units, rates decimal strings, times seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// Its chain.
    pub chain_id: String,
    /// Height of the latest block before anything was asked.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// The denom of all tokens.
    pub denom: String,
    /// As the chain has it now.
    pub on_chain: OnChain,
    /// Listed by the vault, and not draining.
    pub listed: bool,
    /// `eligible`, `waiting` or `leaving`; null when the vault does not know it.
    pub status: Option<ValidatorStatus>,
    /// What its listing says.
    pub listing: Option<ListingInfo>,
    /// What the vault answers; null when it does not know it.
    pub explain: Option<ExplainResponse>,
    /// What has become of it on the chain; null: it is bonded.
    pub fate: Option<Fate>,
    /// The same, where the vault has not read it yet: what it answers is older.
    pub unseen: Option<Fate>,
    /// What would keep it from being given stake were it listed, in words.
    pub obstacles: Vec<String>,
    /// What its operator's own acts would change, by the vault's rule.
    pub what_if: Vec<WhatIf>,
    /// Whether the rule as rebuilt here gives everybody what the vault says: else `what_if` is an approximation.
    pub is_exact: bool,
}

/// A validator of the chain.
#[derive(Debug, Serialize)]
pub struct OnChain {
    /// Operator address.
    pub validator: String,
    /// What its operator calls it, without what cannot be seen.
    pub name: Option<String>,
    /// x/staking's.
    pub status: BondStatus,
    /// Whether it was put out of the set.
    pub jailed: bool,
    /// All stake there.
    pub tokens: Uint128,
    /// Its place by bonded tokens, from 1 on; null when it is not bonded.
    pub rank: Option<usize>,
    /// How many are bonded.
    pub bonded_validators: usize,
    /// What its operator delegates itself.
    pub self_bond: Uint128,
    /// Commission.
    pub commission: Decimal,
    /// The most that it may ever charge.
    pub max_commission: Decimal,
    /// The most that it may change in a day.
    pub max_commission_change: Decimal,
}

impl OnChain {
    /// One of them. Ranks come from bonded tokens only.
    pub fn of(validator: &ChainValidator, all: &[ChainValidator], self_bond: u128) -> Self {
        let is_bonded = |it: &&ChainValidator| it.status == BondStatus::Bonded;
        let bonded = all.iter().filter(is_bonded);
        let larger = bonded.clone().filter(|it| {
            it.tokens > validator.tokens
                || (it.tokens == validator.tokens && it.address < validator.address)
        });
        let rank = is_bonded(&validator).then(|| larger.count() + 1);
        Self {
            validator: validator.address.clone(),
            name: clean_name(&validator.moniker),
            status: validator.status,
            jailed: validator.is_jailed,
            tokens: validator.tokens.into(),
            rank,
            bonded_validators: bonded.count(),
            self_bond: self_bond.into(),
            commission: Decimal::raw(validator.commission_atomics),
            max_commission: Decimal::raw(validator.max_commission_atomics),
            max_commission_change: Decimal::raw(validator.max_commission_change_atomics),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validator(address: &str, status: BondStatus, tokens: u128) -> ChainValidator {
        ChainValidator {
            address: address.to_string(),
            moniker: "\u{202e}Anna".to_string(),
            website: String::new(),
            status,
            is_jailed: false,
            tokens,
            delegator_shares_atomics: "9".repeat(30),
            commission_atomics: 50_000_000_000_000_000,
            max_commission_atomics: 200_000_000_000_000_000,
            max_commission_change_atomics: 0,
            consensus_address: None,
        }
    }

    #[test]
    fn lesson_34_ranks_come_from_bonded_tokens_only() {
        let all = [
            validator("a", BondStatus::Bonded, 5),
            validator("b", BondStatus::Unbonded, 9),
            validator("c", BondStatus::Bonded, 7),
            validator("d", BondStatus::Bonded, 5),
        ];
        let rank = |index: usize| OnChain::of(&all[index], &all, 0).rank;
        assert_eq!(
            [rank(0), rank(1), rank(2), rank(3)],
            [Some(2), None, Some(1), Some(3)]
        );
        let first = OnChain::of(&all[0], &all, 0);
        assert_eq!(first.bonded_validators, 3);
        assert_eq!(first.name.as_deref(), Some("Anna"));
        assert_eq!(first.commission.to_string(), "0.05");
    }
}
