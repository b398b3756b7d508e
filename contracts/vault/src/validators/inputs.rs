//! The validators, and the policy in force, as `allocation` takes them.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::Gather;
use defenders_allocation::{
    self as allocation, compute_capacity, compute_standing, compute_vault_share_cap_in_force,
    Limits, Policy,
};
use defenders_types::AllocationPolicy;

use super::skip::Skip;
use super::{Validator, Validators};
use crate::state::terms::GroupKind;

impl Validators {
    /// The policy with the vault share cap in force: wider for short lists. Where the last snapshot has
    /// ranks alone, the caps that need powers are not in force.
    #[must_use]
    pub fn policy_in_force(&self, policy: &AllocationPolicy) -> Policy {
        let summary = self.summary.as_ref();
        let has_powers = summary.map_or(true, |summary| summary.has_powers);
        let in_force = |cap: Option<Decimal>| cap.filter(|_| has_powers);
        Policy {
            vault_share_cap: self.vault_share_cap_in_force(policy),
            chain_share_cap: in_force(policy.chain_share_cap),
            match_cap: in_force(policy.match_cap),
            bond_factor: in_force(policy.bond_factor),
            floor: policy.floor,
        }
    }

    /// max(alpha, 1.25 / validators that count), and not above the cap of one operator: who names no
    /// operator is one of its own, and no member of a group gets more than the group.
    #[must_use]
    pub fn vault_share_cap_in_force(&self, policy: &AllocationPolicy) -> Decimal {
        let count = self.count_counting();
        let alpha = compute_vault_share_cap_in_force(policy.vault_share_cap, count);
        alpha.min(self.group_cap_in_force(GroupKind::Operator, policy))
    }

    /// The members as the rules of `allocation` take them. Withdrawals take
    /// from those first that the vault leaves.
    #[must_use]
    pub fn for_allocation(&self) -> Vec<allocation::Validator> {
        let members = self.members.iter();
        members.map(|member| self.input_of(member)).gather()
    }

    /// One member as the rules of `allocation` take it.
    #[must_use]
    pub fn input_of(&self, member: &Validator) -> allocation::Validator {
        as_input(member, self.now, self.is_suspect)
    }

    /// The same for moves: with what can leave at once.
    #[must_use]
    pub fn for_plan(&self) -> Vec<allocation::Validator> {
        let mut validators = self.for_allocation();
        for (validator, member) in validators.iter_mut().zip(&self.members) {
            validator.delegated = member.holding.removable().u128();
        }
        validators
    }

    /// The same for a withdrawal: with what can be undelegated at once. `skip` is passed.
    #[must_use]
    pub fn for_withdrawal(&self, skip: &Skip) -> Vec<allocation::Validator> {
        let mut payers = self.for_allocation();
        for (payer, member) in payers.iter_mut().zip(&self.members) {
            payer.delegated = member.holding.removable().u128();
            if skip.passes(&payer.address, member.holding.power_row) {
                payer.locks.retry_at = Some(u64::MAX);
            }
        }
        payers
    }

    /// Sum over the eligible of the least cap that does not depend on T; 0 before the first
    /// refresh.
    #[must_use]
    pub fn capacity(&self, policy: &AllocationPolicy) -> Uint128 {
        if self.summary.is_none() {
            return Uint128::zero();
        }
        let policy = self.policy_in_force(policy);
        compute_capacity(self.total_bonded(), &policy, &self.for_allocation()).into()
    }
}

fn as_input(member: &Validator, now: u64, is_suspect: bool) -> allocation::Validator {
    let holding = &member.holding;
    allocation::Validator {
        address: member.address.clone(),
        external: member.external(),
        delegated: holding.delegated.u128(),
        standing: compute_standing(&member.eligibility, now, is_suspect),
        limits: limits_of(member, now),
        locks: holding.locks(),
    }
}

fn limits_of(member: &Validator, now: u64) -> Limits {
    let self_bond = member.power.and_then(|power| power.self_bond);
    Limits {
        owner_max: member.terms.owner_max.map(|max| max.u128()),
        own_max: member.terms.own_max_at(now).map(|max| max.u128()),
        self_bond: self_bond.map(|tokens| tokens.u128()),
    }
}
