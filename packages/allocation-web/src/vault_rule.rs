//! A vault's target rule, of what the vault answers.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    AllocationError, Departure, Group, Groups, Limits, Policy, Standing, Targets, Validator,
    compute_group_cap_in_force, compute_targets, count_eligible_groups,
};
use defenders_types::{
    ConfigResponse, ListingInfo, TotalsResponse, ValidatorInfo, ValidatorStatus,
};
use serde::Deserialize;

use crate::network::NetworkError;

/// The vault's answers, as they are.
#[derive(Debug, Deserialize)]
pub struct VaultAnswers {
    /// To `config {}`.
    pub config: ConfigResponse,
    /// To `totals {}`.
    pub totals: TotalsResponse,
    /// All rows of `validators {}`.
    pub validators: Vec<ValidatorInfo>,
}

/// Everything that the rule reads.
#[derive(Debug)]
pub struct VaultRule {
    total: u128,
    base: u128,
    total_bonded: u128,
    policy: Policy,
    validators: Vec<Validator>,
    groups: Groups,
}

impl VaultRule {
    /// With so many tokens more in the vault, all of them staked. Self-bonds are not read: a bond factor that is in
    /// force is refused.
    pub fn with_deposit(answers: &VaultAnswers, tokens: u128) -> Result<Self, NetworkError> {
        let VaultAnswers {
            config,
            totals,
            validators,
        } = answers;
        let in_force = |name: &str, cap: Option<Decimal>| {
            cap.filter(|_| !config.caps_not_in_force.iter().any(|it| it == name))
        };
        let add = |left: u128| {
            left.checked_add(tokens)
                .ok_or(AllocationError::SumOverflow {
                    left,
                    right: tokens,
                })
        };
        let policy = Policy {
            vault_share_cap: totals.vault_share_cap_in_force,
            chain_share_cap: in_force("chain_share_cap", config.policy.chain_share_cap),
            match_cap: in_force("match_cap", config.policy.match_cap),
            bond_factor: in_force("bond_factor", config.policy.bond_factor),
            floor: config.policy.floor,
        };
        if policy.bond_factor.is_some() {
            return Err(NetworkError::BondFactor);
        }
        let free = totals.idle.saturating_sub(totals.reserve);
        let total = totals.bonded.saturating_add(free);
        Ok(Self {
            total: add(total.u128())?,
            base: add(total.saturating_add(totals.restaking).u128())?,
            total_bonded: add(totals.external_bonded.saturating_add(totals.bonded).u128())?,
            policy,
            validators: validators.iter().map(to_validator).collect(),
            groups: compute_groups(config, validators)?,
        })
    }

    /// All that the vault places, tokens.
    pub fn total(&self) -> u128 {
        self.total
    }

    /// What it gives everybody, in the order of the vault's rows.
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
}

fn to_validator(info: &ValidatorInfo) -> Validator {
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
            owner_max: listing.and_then(|it| Some(it.max_tokens?.u128())),
            own_max: listing.and_then(|it| Some(it.own_max_tokens?.u128())),
            self_bond: None,
        },
        ..Validator::default()
    }
}

/// How a listing names a group of a kind.
type NameOf = fn(&ListingInfo) -> Option<&str>;

/// The named groups that have members, with their caps in force.
fn compute_groups(
    config: &ConfigResponse,
    known: &[ValidatorInfo],
) -> Result<Groups, NetworkError> {
    let policy = &config.policy;
    let kinds: [(&str, Decimal, NameOf); 3] = [
        ("operator", policy.operator_cap, |it| it.operator.as_deref()),
        ("hosting", policy.hosting_cap, |it| it.hosting.as_deref()),
        ("jurisdiction", policy.jurisdiction_cap, |it| {
            it.jurisdiction.as_deref()
        }),
    ];
    let mut list = Vec::new();
    for (kind, cap, name_of) in kinds {
        let name_in = |info: &ValidatorInfo| {
            let name = info.listing.as_ref().and_then(name_of);
            name.map(str::to_string)
        };
        let eligible = known.iter().filter(|info| info.exclusion.is_none());
        let declared: Vec<Option<String>> = eligible.map(name_in).collect();
        let count = count_eligible_groups(declared.iter().map(Option::as_deref));
        let cap = compute_group_cap_in_force(cap, count);
        let mut names: Vec<String> = known.iter().filter_map(name_in).collect();
        names.sort();
        names.dedup();
        for name in names {
            let members = known.iter().enumerate();
            let members = members.filter(|(_, info)| name_in(info).as_ref() == Some(&name));
            list.push(Group {
                members: members.map(|(index, _)| index).collect(),
                name: format!("{kind} {name}"),
                cap,
            });
        }
    }
    Ok(Groups::new(known.len(), list)?)
}
