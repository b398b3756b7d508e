//! The report of `defenders explain`, in the shape of its JSON.

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::chain::{BondStatus, ChainValidator as Judged, Fate, count_bonded, rank_of};
use defenders_client::explain::WhatIf;
use defenders_node::read::ValidatorInfo as ChainValidator;
use defenders_types::{ExplainResponse, ListingInfo, ValidatorStatus};
use serde::Serialize;

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
    pub fn of(read: &ChainValidator, found: &Judged, all: &[Judged], self_bond: u128) -> Self {
        Self {
            validator: read.address.clone(),
            name: clean_name(&read.moniker),
            status: found.status,
            jailed: found.jailed,
            tokens: found.tokens.into(),
            rank: rank_of(found, all),
            bonded_validators: count_bonded(all),
            self_bond: self_bond.into(),
            commission: found.commission,
            max_commission: found.max_commission,
            max_commission_change: Decimal::raw(read.max_commission_change_atomics),
        }
    }
}
