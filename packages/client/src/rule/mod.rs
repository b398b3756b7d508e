//! A vault's target rule, from what the vault answers: run by the same code as on chain, with something changed.

mod groups;
mod policy;

pub use policy::default_policy;

use std::collections::BTreeMap;

use defenders_allocation::{
    AllocationError, Departure, GroupError, Groups, Limits, Policy, Standing, Targets, Validator,
    compute_targets,
};
use defenders_types::{ConfigResponse, TotalsResponse, ValidatorInfo, ValidatorStatus};

/// Everything that the rule reads.
#[derive(Debug, Clone)]
pub struct VaultRule {
    /// T, tokens.
    pub total: u128,
    /// W, of which caps are shares, tokens.
    pub base: u128,
    /// S, tokens.
    pub total_bonded: u128,
    /// As in force.
    pub policy: Policy,
    /// All validators that the vault knows, in ascending operator address.
    pub validators: Vec<Validator>,
    /// Their groups.
    pub groups: Groups,
    /// What the vault says that the rule gives each.
    stated: Vec<u128>,
}

impl VaultRule {
    /// Of the vault's answers to `config {}` and `totals {}`, all rows of `validators {}`, and what operators delegate
    /// to themselves, tokens by operator address, which is read only where [`needs_self_bonds`]. Err: the named groups
    /// make no sense.
    pub fn new(
        config: &ConfigResponse,
        totals: &TotalsResponse,
        known: &[ValidatorInfo],
        self_bonds: &BTreeMap<String, u128>,
    ) -> Result<Self, GroupError> {
        let free = totals.idle.saturating_sub(totals.reserve);
        let total = totals.bonded.saturating_add(free);
        let policy = &config.policy;
        let in_force = |name: &str, cap| match is_out_of_force(config, name) {
            true => None,
            false => cap,
        };
        Ok(Self {
            total: total.u128(),
            base: total.saturating_add(totals.restaking).u128(),
            total_bonded: totals.external_bonded.saturating_add(totals.bonded).u128(),
            policy: Policy {
                vault_share_cap: totals.vault_share_cap_in_force,
                chain_share_cap: in_force("chain_share_cap", policy.chain_share_cap),
                match_cap: in_force("match_cap", policy.match_cap),
                bond_factor: in_force("bond_factor", policy.bond_factor),
                floor: policy.floor,
            },
            validators: known
                .iter()
                .map(|info| to_input(info, self_bonds))
                .collect(),
            groups: groups::compute_groups(config, known)?,
            stated: known.iter().map(|info| info.target.u128()).collect(),
        })
    }

    /// Where a validator stands.
    pub fn index_of(&self, validator: &str) -> Option<usize> {
        self.validators
            .iter()
            .position(|it| it.address == validator)
    }

    /// What it gives everybody.
    pub fn compute(&self) -> Result<Targets, AllocationError> {
        compute_targets(
            self.total,
            self.base,
            self.total_bonded,
            &self.policy,
            &self.validators,
            &self.groups,
        )
    }

    /// The target of one.
    pub fn target_of(&self, index: usize) -> Result<u128, AllocationError> {
        let targets = self.compute()?;
        Ok(targets.tokens.get(index).copied().unwrap_or_default())
    }

    /// With so many tokens more in the vault, all of them staked.
    pub fn with_deposit(&self, tokens: u128) -> Result<Self, AllocationError> {
        let add = |left: u128| {
            left.checked_add(tokens)
                .ok_or(AllocationError::SumOverflow {
                    left,
                    right: tokens,
                })
        };
        Ok(Self {
            total: add(self.total)?,
            base: add(self.base)?,
            total_bonded: add(self.total_bonded)?,
            ..self.clone()
        })
    }

    /// The same with one validator more, as if it were listed and eligible. Its place is the last.
    pub fn with_validator(&self, validator: Validator) -> Result<Self, GroupError> {
        let mut changed = self.clone();
        changed.validators.push(validator);
        changed.groups = Groups::new(changed.validators.len(), self.groups.list().to_vec())?;
        Ok(changed)
    }

    /// Whether it gives everybody what the vault says, to a unit for each validator: else the vault knows something that
    /// it does not tell, as who counts still for caps that short lists widen.
    pub fn is_as_stated(&self) -> Result<bool, AllocationError> {
        let targets = self.compute()?;
        let most = self.validators.len() as u128;
        let mut pairs = targets.tokens.iter().zip(&self.stated);
        Ok(pairs.all(|(computed, stated)| computed.abs_diff(*stated) <= most))
    }
}

/// Whether the rule goes by what operators delegate to themselves.
pub fn needs_self_bonds(config: &ConfigResponse) -> bool {
    config.policy.bond_factor.is_some() && !is_out_of_force(config, "bond_factor")
}

fn is_out_of_force(config: &ConfigResponse, cap: &str) -> bool {
    config.caps_not_in_force.iter().any(|name| name == cap)
}

fn to_input(info: &ValidatorInfo, self_bonds: &BTreeMap<String, u128>) -> Validator {
    let listing = info.listing.as_ref();
    Validator {
        address: info.validator.clone(),
        external: info.external.map_or(0, |tokens| tokens.u128()),
        delegated: info.delegated.u128(),
        standing: match info.status {
            ValidatorStatus::Eligible => Standing::Eligible,
            ValidatorStatus::Waiting => Standing::Waiting,
            // the rule gives who is left nothing, whatever the cause
            ValidatorStatus::Leaving => Standing::Leaving(Departure::Ineligible),
        },
        limits: Limits {
            owner_max: listing.and_then(|listing| Some(listing.max_tokens?.u128())),
            own_max: listing.and_then(|listing| Some(listing.own_max_tokens?.u128())),
            self_bond: self_bonds.get(&info.validator).copied(),
        },
        ..Validator::default()
    }
}

/// 90 to place on a, b and c, which have 100, 200 and 300 of others; a is changed.
#[cfg(test)]
pub(crate) fn example(change: impl Fn(&mut Validator)) -> VaultRule {
    let mut validators = vec![
        Validator::eligible("a", 100, 30),
        Validator::eligible("b", 200, 30),
        Validator::eligible("c", 300, 20),
    ];
    if let Some(first) = validators.first_mut() {
        change(first);
    }
    VaultRule {
        total: 90,
        base: 90,
        total_bonded: 680,
        policy: Policy {
            vault_share_cap: cosmwasm_std::Decimal::one(),
            chain_share_cap: None,
            match_cap: None,
            bond_factor: None,
            floor: cosmwasm_std::Decimal::zero(),
        },
        groups: Groups::NONE,
        stated: vec![90, 0, 0],
        validators,
    }
}

#[cfg(test)]
mod tests;
