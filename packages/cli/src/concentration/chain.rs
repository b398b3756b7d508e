//! A chain, as far as the report tells of it: its bonded validators, what the vault has on them, and what
//! it would have after the deposit.

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{SELF_LIMIT_BPS, SELF_LIMIT_WARNING_BPS};
use serde::Serialize;

use crate::terminal::Denom;

/// A bonded validator.
#[derive(Clone)]
pub struct BondedValidator {
    /// Its group, if it is in one.
    pub operator: Option<String>,
    /// Stake without the vault's.
    pub external: u128,
    /// The vault's stake.
    pub delegated: u128,
    /// The vault's stake after the deposit; as before if there is none.
    pub delegated_after: u128,
}

/// Everything the report is computed from.
pub struct Chain {
    /// Name of the set.
    pub set: String,
    /// How its chain shows amounts, where that is known.
    pub denom: Option<Denom>,
    /// Bonded, unjailed validators with tokens, in ascending operator address.
    pub validators: Vec<BondedValidator>,
    /// Whether the vault's stake is known.
    pub has_book: bool,
    /// Whether groups are known.
    pub has_groups: bool,
    /// The deposit, if there is one.
    pub deposit: Option<Deposit>,
    /// Where the same amount would go if it followed all others, if that is asked for.
    pub top: Option<TopValidator>,
}

/// The validator with most stake.
pub struct TopValidator {
    /// Its place among the validators.
    pub index: usize,
    /// Its operator address.
    pub operator: String,
    /// What its operator calls it.
    pub name: Option<String>,
}

/// A hypothetical deposit.
pub struct Deposit {
    /// Its tokens.
    pub tokens: u128,
    /// The vault's stake and the deposit together.
    pub total: u128,
    /// What the caps leave no place for of it.
    pub unplaced: u128,
    /// Its part of the chain.
    pub chain_share: Decimal,
    /// What the vault would say to that.
    pub self_limit: Option<SelfLimit>,
}

/// What the vault says to a deposit that makes it too large a part of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SelfLimit {
    /// It takes it, with a warning.
    Warning,
    /// It refuses it.
    Refused,
}

impl SelfLimit {
    /// Of a vault of `total` tokens on a chain of `total_bonded`, as the vault itself judges.
    pub fn of(total: u128, total_bonded: u128) -> Option<Self> {
        let is_from = |bps: u64| {
            let all = Uint128::new(total_bonded).full_mul(bps);
            !all.is_zero() && Uint128::new(total).full_mul(10_000u128) >= all
        };
        if is_from(SELF_LIMIT_BPS) {
            Some(SelfLimit::Refused)
        } else {
            is_from(SELF_LIMIT_WARNING_BPS).then_some(SelfLimit::Warning)
        }
    }
}
