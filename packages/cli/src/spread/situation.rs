//! What the chain says of the account and of its validators.

use std::collections::BTreeMap;

use defenders_node::read::{Redelegation, ValidatorInfo};
use defenders_node::{Node, NodeError};

/// What the chain says.
#[derive(Clone, Debug)]
pub struct Situation {
    /// What is staked.
    pub denom: String,
    /// Redelegation entries of each pair of validators.
    pub max_entries: u32,
    /// Of the latest block, seconds since 1970.
    pub now: u64,
    /// What the account can spend; what still vests is not in it.
    pub spendable: u128,
    /// All of them, of any status.
    pub validators: Vec<ValidatorInfo>,
    /// The account's stake, by operator address.
    pub own: BTreeMap<String, u128>,
    /// The account's stake that was moved, and is bound to where it is.
    pub redelegations: Vec<Redelegation>,
}

impl Situation {
    /// Asks the chain. No contract is asked.
    pub fn read(node: &Node, address: &str) -> Result<Self, NodeError> {
        let params = node.staking_params()?;
        let own = node.delegations(address)?.into_iter();
        Ok(Self {
            now: node.status()?.time,
            spendable: node.spendable(address, &params.bond_denom)?,
            validators: node.validators()?,
            own: own.map(|row| (row.validator, row.tokens)).collect(),
            redelegations: node.redelegations(address)?,
            max_entries: params.max_entries,
            denom: params.bond_denom,
        })
    }

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
