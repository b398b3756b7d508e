//! What the chain says of a vault's validators at this moment, and the vault has not read yet: it reads them at a
//! refresh, once a day.

use std::collections::BTreeSet;

use defenders_types::{Exclusion, ValidatorInfo};
use serde::Serialize;

use super::{BondStatus, ChainValidator};

/// What has become of a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It signed two blocks of one height, and never comes back.
    Tombstoned,
    /// It is jailed.
    Jailed,
    /// It is not in the bonded set.
    NotBonded,
}

/// A validator, and what the vault does not know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unseen {
    /// Operator address.
    pub validator: String,
    /// What the chain says.
    pub fate: Fate,
}

/// Of the validators that the vault lists or has stake with. `tombstoned` are consensus addresses, hex.
pub fn find_unseen(
    known: &[ValidatorInfo],
    all: &[ChainValidator],
    tombstoned: &BTreeSet<String>,
) -> Vec<Unseen> {
    let rows = known.iter().filter_map(|info| {
        let concerns = info.listed || !info.delegated.is_zero();
        let found = all.iter().find(|it| it.validator == info.validator)?;
        let fate = fate_of(found, tombstoned)?;
        (concerns && !knows(info, fate)).then(|| Unseen {
            validator: info.validator.clone(),
            fate,
        })
    });
    rows.collect()
}

/// What has become of a validator of the chain; None: it is bonded.
pub fn fate_of(validator: &ChainValidator, tombstoned: &BTreeSet<String>) -> Option<Fate> {
    let address = validator.consensus_address.as_ref();
    if address.is_some_and(|address| tombstoned.contains(address)) {
        return Some(Fate::Tombstoned);
    }
    if validator.jailed {
        return Some(Fate::Jailed);
    }
    (validator.status != BondStatus::Bonded).then_some(Fate::NotBonded)
}

/// Whether the vault's reason says as much.
fn knows(info: &ValidatorInfo, fate: Fate) -> bool {
    match (info.exclusion, fate) {
        (Some(Exclusion::Tombstoned), _) => true,
        // a vault cannot tell a tombstoned one from one that is jailed
        (Some(Exclusion::Jailed), _) => true,
        (Some(Exclusion::NotBonded), Fate::NotBonded) => true,
        // these come before what the chain says: the vault leaves it anyway
        (Some(Exclusion::NotListed | Exclusion::Draining | Exclusion::Expired), fate) => {
            fate != Fate::Tombstoned && info.not_bonded_since.is_some()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Uint128;

    use super::*;
    use crate::chain::example;

    fn on_chain(address: &str) -> ChainValidator {
        example(address, 1)
    }

    fn jailed(address: &str) -> ChainValidator {
        ChainValidator {
            jailed: true,
            status: BondStatus::Unbonding,
            ..example(address, 1)
        }
    }

    fn known(address: &str, exclusion: Option<Exclusion>) -> ValidatorInfo {
        ValidatorInfo {
            validator: address.to_string(),
            delegated: Uint128::one(),
            tokens: None,
            external: None,
            listed: true,
            exclusion,
            status: defenders_types::ValidatorStatus::Eligible,
            target: Uint128::zero(),
            cap: Uint128::zero(),
            binding: None,
            unbonding_entries: 0,
            retry_at: None,
            redelegation_locked_until: None,
            not_bonded_since: None,
            listing: None,
        }
    }

    #[test]
    fn only_what_the_vault_has_not_read_is_told() {
        let all = [
            on_chain("a"),
            jailed("b"),
            jailed("c"),
            jailed("d"),
            jailed("e"),
            jailed("f"),
        ];
        let vault = [
            known("a", None),
            known("b", None),
            known("c", Some(Exclusion::Jailed)),
            known("d", Some(Exclusion::Jailed)),
            known("e", Some(Exclusion::Commission)),
            known("f", None),
        ];
        let tombstoned = BTreeSet::from(["cons-d".to_string(), "cons-f".to_string()]);
        let found = find_unseen(&vault, &all, &tombstoned);
        let found: Vec<_> = found
            .iter()
            .map(|row| (row.validator.as_str(), row.fate))
            .collect();
        assert_eq!(
            found,
            [
                ("b", Fate::Jailed),
                ("e", Fate::Jailed),
                ("f", Fate::Tombstoned)
            ]
        );
    }

    #[test]
    fn who_is_neither_listed_nor_holds_stake_is_nobodys_concern() {
        let mut gone = known("b", None);
        gone.listed = false;
        gone.delegated = Uint128::zero();
        let found = find_unseen(&[gone], &[jailed("b")], &BTreeSet::new());
        assert_eq!(found, []);
    }
}
