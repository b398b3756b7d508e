//! What the chain says of the account and of its validators.

use std::collections::BTreeMap;

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::spread::{ChainValidator, Redelegation, Situation, ValidatorStatus};
use defenders_node::read::{self, ValidatorInfo};
use defenders_node::{Node, NodeError};

/// What the chain says.
pub struct Account {
    /// What is staked.
    pub denom: String,
    /// What the account can spend; what still vests is not in it.
    pub spendable: u128,
    /// Names that operators gave their validators, as they wrote them, by operator address.
    pub monikers: BTreeMap<String, String>,
    /// What the rule goes by.
    pub situation: Situation,
}

impl Account {
    /// Asks the chain. No contract is asked.
    pub fn read(node: &Node, address: &str) -> Result<Self, NodeError> {
        let params = node.staking_params()?;
        let own = node.delegations(address)?.into_iter();
        let own = own.map(|row| (row.validator, row.tokens)).collect();
        let now = node.status()?.time;
        let spendable = node.spendable(address, &params.bond_denom)?;
        let validators = node.validators()?;
        let redelegations = node.redelegations(address)?.into_iter();
        Ok(Self {
            situation: Situation {
                max_entries: params.max_entries,
                now,
                validators: validators.iter().map(to_input).collect(),
                own,
                redelegations: redelegations
                    .map(|it| Redelegation {
                        source: it.source,
                        destination: it.destination,
                        completion_time: it.completion_time,
                    })
                    .collect(),
            },
            monikers: validators
                .into_iter()
                .map(|info| (info.address, info.moniker))
                .collect(),
            denom: params.bond_denom,
            spendable,
        })
    }
}

fn to_input(info: &ValidatorInfo) -> ChainValidator {
    ChainValidator {
        address: info.address.clone(),
        status: match info.status {
            read::ValidatorStatus::Bonded => ValidatorStatus::Bonded,
            read::ValidatorStatus::Unbonding => ValidatorStatus::Unbonding,
            read::ValidatorStatus::Unbonded => ValidatorStatus::Unbonded,
        },
        is_jailed: info.is_jailed,
        tokens: info.tokens,
        commission: Decimal::new(Uint128::new(info.commission_atomics)),
        max_commission: Decimal::new(Uint128::new(info.max_commission_atomics)),
    }
}
