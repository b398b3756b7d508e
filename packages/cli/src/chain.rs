//! Validators as a node tells them, for what is worked out of them.

use std::collections::BTreeSet;

use cosmwasm_std::Decimal;
use defenders_client::chain::{BondStatus, ChainValidator, Fate};
use defenders_node::Node;
use defenders_node::read::{ValidatorInfo, ValidatorStatus};

use crate::session::SessionError;

/// All of them.
pub fn to_chain(all: &[ValidatorInfo]) -> Vec<ChainValidator> {
    all.iter().map(to_chain_validator).collect()
}

/// One of them.
pub fn to_chain_validator(read: &ValidatorInfo) -> ChainValidator {
    ChainValidator {
        validator: read.address.clone(),
        status: match read.status {
            ValidatorStatus::Bonded => BondStatus::Bonded,
            ValidatorStatus::Unbonding => BondStatus::Unbonding,
            ValidatorStatus::Unbonded => BondStatus::Unbonded,
        },
        jailed: read.is_jailed,
        tokens: read.tokens,
        commission: Decimal::raw(read.commission_atomics),
        max_commission: Decimal::raw(read.max_commission_atomics),
        consensus_address: read.consensus_address.clone(),
    }
}

/// Consensus addresses, hex, of validators that never come back. Only who is jailed can be one of them: where nobody is,
/// nothing is asked.
pub fn query_tombstoned(
    node: &Node,
    all: &[ChainValidator],
) -> Result<BTreeSet<String>, SessionError> {
    if !all.iter().any(|it| it.jailed) {
        return Ok(BTreeSet::new());
    }
    let infos = node.signing_infos()?;
    let dead = infos.into_iter().filter(|info| info.is_tombstoned);
    Ok(dead.filter_map(|info| info.consensus_hex()).collect())
}

/// In words.
pub fn tell_fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Tombstoned => "tombstoned: it never comes back",
        Fate::Jailed => "jailed",
        Fate::NotBonded => "not in the bonded set",
    }
}
