//! What the chain says of its validators and contracts.

mod address;
mod contracts;
mod unseen;

use cosmwasm_std::Decimal;
use serde::{Deserialize, Serialize};

pub use address::{account_of_operator, consensus_hex_of_address, consensus_hex_of_key};
pub use contracts::{CodeInfo, ContractInfo};
pub use unseen::{Fate, Unseen, fate_of, find_unseen};

/// x/staking's status of a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BondStatus {
    /// Outside of the set.
    Unbonded,
    /// On its way out.
    Unbonding,
    /// In the set.
    Bonded,
}

/// A validator of the chain, bonded or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainValidator {
    /// Operator address.
    pub validator: String,
    /// Its status.
    pub status: BondStatus,
    /// Whether it was put out of the set.
    pub jailed: bool,
    /// All stake there, tokens.
    pub tokens: u128,
    /// What it charges.
    pub commission: Decimal,
    /// The most that it may ever charge.
    pub max_commission: Decimal,
    /// Consensus address, hex as blocks have it; None where its key is of a kind that is not known here.
    pub consensus_address: Option<String>,
}

impl ChainValidator {
    fn is_bonded(&self) -> bool {
        self.status == BondStatus::Bonded
    }
}

/// How many are bonded.
pub fn count_bonded(all: &[ChainValidator]) -> usize {
    all.iter().filter(|it| it.is_bonded()).count()
}

/// The place of one by bonded tokens, from 1 on, of equals the lower address first; None: it is not bonded.
pub fn rank_of(validator: &ChainValidator, all: &[ChainValidator]) -> Option<usize> {
    let bonded = all.iter().filter(|it| it.is_bonded());
    let larger = bonded.filter(|it| {
        it.tokens > validator.tokens
            || (it.tokens == validator.tokens && it.validator < validator.validator)
    });
    validator
        .is_bonded()
        .then(|| larger.count().saturating_add(1))
}

/// Bonded, with 5 % of at most 20 %.
#[cfg(test)]
pub(crate) fn example(address: &str, tokens: u128) -> ChainValidator {
    ChainValidator {
        validator: address.to_string(),
        status: BondStatus::Bonded,
        jailed: false,
        tokens,
        commission: Decimal::percent(5),
        max_commission: Decimal::percent(20),
        consensus_address: Some(format!("cons-{address}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_34_ranks_come_from_bonded_tokens_only() {
        let unbonded = ChainValidator {
            status: BondStatus::Unbonded,
            ..example("b", 9)
        };
        let all = [example("a", 5), unbonded, example("c", 7), example("d", 5)];
        let ranks: Vec<_> = all.iter().map(|it| rank_of(it, &all)).collect();
        assert_eq!(ranks, [Some(2), None, Some(1), Some(3)]);
        assert_eq!(count_bonded(&all), 3);
    }
}
