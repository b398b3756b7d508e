//! What the target rule reads: policy, groups with their caps, validators. Readers of larger files
//! take their parts from here.

use std::collections::BTreeMap;

use cosmwasm_std::Decimal;
use defenders_allocation::{Group, Groups, Limits, Policy, Standing, Validator};

use super::error::InputError;
use super::node::{Node, Object};

/// Reads the object `policy`.
pub fn read_policy(node: Node) -> Result<Policy, InputError> {
    let mut policy = node.object(&[
        "vault_share_cap",
        "chain_share_cap",
        "match_cap",
        "bond_factor",
        "floor",
    ])?;
    let share = |node: Option<Node>| node.map(|node| node.share()).transpose();
    Ok(Policy {
        vault_share_cap: policy.required("vault_share_cap")?.share()?,
        chain_share_cap: share(policy.optional("chain_share_cap"))?,
        match_cap: match policy.optional("match_cap") {
            None => None,
            Some(node) => Some(read_match_cap(&node)?),
        },
        bond_factor: share(policy.optional("bond_factor"))?,
        floor: policy.required("floor")?.share()?,
    })
}

/// The vault's part of a validator can be bounded by a share below 1 only.
fn read_match_cap(node: &Node) -> Result<Decimal, InputError> {
    let match_cap = node.share()?;
    match match_cap < Decimal::one() {
        true => Ok(match_cap),
        false => Err(node.wrong("a share below 1")),
    }
}

/// The groups, whose members join one by one.
#[derive(Debug, Default)]
pub struct GroupReader {
    list: Vec<Group>,
    names: Names,
    validators: usize,
}

impl GroupReader {
    /// Reads the array `groups`, which may be absent.
    pub fn read(node: Option<Node>) -> Result<Self, InputError> {
        let mut all = Self::default();
        for node in array(node)? {
            let mut group = node.object(&["group", "cap"])?;
            all.list.push(Group {
                name: all.names.add(&group.required("group")?)?,
                cap: group.required("cap")?.share()?,
                members: Vec::new(),
            });
        }
        Ok(all)
    }

    /// Reads the names of the groups that the next validator is in, and lets it join them.
    fn join(&mut self, node: Option<Node>) -> Result<(), InputError> {
        let mut once = Names::default();
        for node in array(node)? {
            let name = once.add(&node)?;
            let index = self.names.seen.get(&name).map(|(index, _)| *index);
            match index.and_then(|index| self.list.get_mut(index)) {
                Some(group) => group.members.push(self.validators),
                None => return Err(node.unknown("group", name)),
            }
        }
        self.validators += 1;
        Ok(())
    }

    /// The groups, in the order of the file, of the validators read.
    pub fn finish(self) -> Result<Groups, InputError> {
        Groups::new(self.validators, self.list).map_err(|error| InputError::Impossible {
            path: "groups".to_string(),
            reason: error.to_string(),
        })
    }
}

/// The fields that [`read_validator`] takes.
pub const VALIDATOR_FIELDS: [&str; 7] = [
    "validator",
    "external",
    "self_bond",
    "owner_max",
    "own_max",
    "eligible",
    "groups",
];

/// Reads one validator, on which the vault holds nothing, from an object that may have more fields
/// than [`VALIDATOR_FIELDS`]. `names` are those of the validators before it.
pub fn read_validator(
    row: &mut Object,
    names: &mut Names,
    groups: &mut GroupReader,
) -> Result<Validator, InputError> {
    let tokens = |node: Option<Node>| node.map(|node| node.tokens()).transpose();
    let validator = Validator {
        address: names.add(&row.required("validator")?)?,
        external: row.required("external")?.tokens()?,
        standing: Standing::eligible_if(row.required("eligible")?.flag()?),
        limits: Limits {
            owner_max: tokens(row.optional("owner_max"))?,
            own_max: tokens(row.optional("own_max"))?,
            self_bond: tokens(row.optional("self_bond"))?,
        },
        ..Validator::default()
    };
    groups.join(row.optional("groups"))?;
    Ok(validator)
}

/// Names that may come once each.
#[derive(Debug, Default)]
pub struct Names {
    /// Name, to how many came before it and its path.
    seen: BTreeMap<String, (usize, String)>,
}

impl Names {
    /// Reads a name and refuses one that was there before.
    pub fn add(&mut self, node: &Node) -> Result<String, InputError> {
        let name = node.name()?;
        if let Some((_, first)) = self.seen.get(&name) {
            return Err(InputError::Duplicate {
                path: node.path().to_string(),
                name,
                first: first.clone(),
            });
        }
        let entry = (self.seen.len(), node.path().to_string());
        self.seen.insert(name.clone(), entry);
        Ok(name)
    }
}

/// The elements of an array that may be absent.
fn array(node: Option<Node>) -> Result<Vec<Node>, InputError> {
    node.map_or(Ok(Vec::new()), Node::array)
}
