//! What all acts of a proposal are read with.

use std::collections::BTreeMap;

use defenders_types::OwnContract;

use crate::input::{InputError, Node};
use crate::proposal::{Context, Prefix, read_operator};

/// What all acts are read with.
pub struct Scope<'a> {
    /// What is known of the vault.
    pub context: &'a Context,
    /// Its chain's.
    pub prefix: Prefix,
    /// The messages are refused from then on, seconds.
    pub valid_until: u64,
    /// Settings so far, with their places.
    pub settings: BTreeMap<String, String>,
    /// Validators listed, renewed or drained so far, with their places.
    pub listings: BTreeMap<String, String>,
    /// Contracts that get other code so far, with their places.
    pub upgrades: BTreeMap<String, String>,
}

impl Scope<'_> {
    /// Keeps that a validator is named, which it may be once.
    pub fn name_validator(&mut self, node: &Node) -> Result<String, InputError> {
        let validator = read_operator(&self.prefix, node)?;
        ensure_new(&mut self.listings, node, &validator)?;
        Ok(validator)
    }

    /// Keeps that a setting is named, which it may be once.
    pub fn name_setting(&mut self, node: &Node, name: &str) -> Result<(), InputError> {
        ensure_new(&mut self.settings, node, name)
    }

    /// Keeps that a contract is named, which it may be once: a later upgrade takes the place of the first.
    pub fn name_upgrade(&mut self, node: &Node, contract: OwnContract) -> Result<(), InputError> {
        ensure_new(&mut self.upgrades, node, contract.as_str())
    }

    /// As messages say it.
    pub fn until(&self) -> Option<u64> {
        Some(self.valid_until)
    }
}

fn ensure_new(
    seen: &mut BTreeMap<String, String>,
    node: &Node,
    name: &str,
) -> Result<(), InputError> {
    match seen.insert(name.to_string(), node.path().to_string()) {
        None => Ok(()),
        Some(first) => Err(InputError::Duplicate {
            path: node.path().to_string(),
            name: name.to_string(),
            first,
        }),
    }
}
