//! The validators as `allocation` takes them: the one place that knows its types.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{
    compute_capacity, compute_vault_share_cap_in_force, Policy, Seat, ShaveSeat,
};
use defenders_types::{AllocationPolicy, Exclusion};

use super::Validators;

impl Validators {
    /// The policy with the vault share cap in force: wider for short lists.
    #[must_use]
    pub fn policy_in_force(&self, policy: &AllocationPolicy) -> Policy {
        Policy {
            vault_share_cap: self.vault_share_cap_in_force(policy),
            chain_share_cap: policy.chain_share_cap,
            match_cap: policy.match_cap,
            bond_factor: None,
            floor: policy.floor,
        }
    }

    /// max(alpha, 1.25 / eligible ones).
    #[must_use]
    pub fn vault_share_cap_in_force(&self, policy: &AllocationPolicy) -> Decimal {
        compute_vault_share_cap_in_force(policy.vault_share_cap, self.count_eligible())
    }

    /// The members as the target rule sees them.
    #[must_use]
    pub fn for_targets(&self) -> Vec<Seat> {
        let members = self.members.iter();
        members
            .map(|member| Seat {
                validator: member.address.clone(),
                external: member.external(),
                held: member.holding.delegated.u128(),
                declared_max: None,
                self_bond: None,
                eligible: member.exclusion.is_none(),
            })
            .collect()
    }

    /// Who is passed by the fill list: those that refused lately.
    #[must_use]
    pub fn refusing(&self, now: u64) -> Vec<bool> {
        let members = self.members.iter();
        members
            .map(|member| member.holding.is_refusing(now))
            .collect()
    }

    /// The members as a withdrawal sees them. Drained validators, and those that were out of
    /// the bonded set at the last refresh, are leaving: their stake earns nothing. `skip` is
    /// passed.
    #[must_use]
    pub fn for_withdrawal(&self, now: u64, skip: Option<&str>) -> Vec<ShaveSeat> {
        let members = self.members.iter();
        members
            .map(|member| ShaveSeat {
                validator: member.address.clone(),
                external: member.external(),
                held: member.holding.removable().u128(),
                leaving: matches!(
                    member.exclusion,
                    Some(Exclusion::Draining | Exclusion::NotBonded | Exclusion::Jailed)
                ),
                pinned: now < member.holding.redelegation_locked_until,
                available: member.holding.has_entry_for_batch()
                    && !member.holding.is_refusing(now)
                    && skip != Some(member.address.as_str()),
            })
            .collect()
    }

    /// Sum over the eligible of the least cap that does not depend on T; 0 before the first
    /// refresh.
    #[must_use]
    pub fn capacity(&self, policy: &AllocationPolicy) -> Uint128 {
        if self.summary.is_none() {
            return Uint128::zero();
        }
        let policy = self.policy_in_force(policy);
        compute_capacity(self.total_bonded(), &policy, &self.for_targets()).into()
    }
}
