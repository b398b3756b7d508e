//! What the chain says of the account and of its validators.

use std::collections::BTreeMap;

use cosmwasm_std::{Decimal, Uint128};
use serde::{Deserialize, Deserializer};

/// What the chain says. As JSON amounts are strings of decimal digits.
#[derive(Clone, Debug, Deserialize)]
pub struct Situation {
    /// Redelegation entries of each pair of validators.
    pub max_entries: u32,
    /// Of the latest block, seconds since 1970.
    pub now: u64,
    /// All of them, of any status.
    pub validators: Vec<ChainValidator>,
    /// The account's stake, tokens by operator address.
    #[serde(deserialize_with = "read_tokens_by_name")]
    pub own: BTreeMap<String, u128>,
    /// The account's stake that was moved, and is bound to where it is.
    pub redelegations: Vec<Redelegation>,
}

/// x/staking's status of a validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidatorStatus {
    /// Outside of the set.
    Unbonded,
    /// On its way out.
    Unbonding,
    /// In the set.
    Bonded,
}

/// A validator as the chain has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChainValidator {
    /// Operator address.
    pub address: String,
    /// Its status.
    pub status: ValidatorStatus,
    /// Whether it was put out of the set.
    pub is_jailed: bool,
    /// All stake there, tokens.
    #[serde(deserialize_with = "read_tokens")]
    pub tokens: u128,
    /// Its commission rate.
    pub commission: Decimal,
    /// The most that the rate may ever be.
    pub max_commission: Decimal,
}

/// Stake that was moved, and is bound to its destination until then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Redelegation {
    /// Operator address.
    pub source: String,
    /// Operator address.
    pub destination: String,
    /// Seconds since 1970.
    pub completion_time: u64,
}

fn read_tokens<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
    Ok(Uint128::deserialize(from)?.u128())
}

fn read_tokens_by_name<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<BTreeMap<String, u128>, D::Error> {
    let all = BTreeMap::<String, Uint128>::deserialize(from)?.into_iter();
    Ok(all.map(|(name, tokens)| (name, tokens.u128())).collect())
}

impl Situation {
    /// What the account has with a validator.
    pub fn own(&self, validator: &str) -> u128 {
        self.own.get(validator).copied().unwrap_or_default()
    }

    /// Until when nothing can be moved away from a validator: while stake that was moved there is under way.
    pub fn locked_until(&self, validator: &str) -> Option<u64> {
        let into = self
            .redelegations
            .iter()
            .filter(|it| it.destination == validator);
        // what the chain still lists is under way, whatever the time
        into.map(|it| it.completion_time.max(self.now.saturating_add(1)))
            .max()
    }

    /// When a pair of validators that has no entry left has one again; None when it has one.
    pub fn entry_free_at(&self, source: &str, destination: &str) -> Option<u64> {
        let of_pair = self
            .redelegations
            .iter()
            .filter(|it| it.source == source && it.destination == destination);
        let mut times: Vec<u64> = of_pair.map(|it| it.completion_time).collect();
        times.sort_unstable();
        let most = usize::try_from(self.max_entries).unwrap_or(usize::MAX);
        let over = times.len().checked_sub(most)?;
        times.get(over).copied()
    }
}
