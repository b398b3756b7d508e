//! Groups of validators that share a cap, with the caps in force: wider for short lists.

use cosmwasm_std::Decimal;
use defenders_allocation::Gather;
use defenders_allocation::{compute_group_cap_in_force, Group, Groups};
use defenders_types::AllocationPolicy;

use super::Validators;
use crate::error::ContractError;
use crate::state::terms::{GroupKind, GroupName};

const KINDS: [GroupKind; 3] = [
    GroupKind::Operator,
    GroupKind::Hosting,
    GroupKind::Jurisdiction,
];

/// As people see it: the kind before the name, because two kinds may use one name.
#[must_use]
pub fn full_name(group: &GroupName) -> String {
    let kind = match group.kind {
        GroupKind::Operator => "operator",
        GroupKind::Hosting => "hosting",
        GroupKind::Jurisdiction => "jurisdiction",
    };
    format!("{kind} {}", group.name)
}

impl Validators {
    /// The named groups that have members.
    ///
    /// # Errors
    /// When a validator is twice in one group.
    pub fn groups(&self, policy: &AllocationPolicy) -> Result<Groups, Box<ContractError>> {
        let mut groups = vec![];
        for kind in KINDS {
            let cap = self.group_cap_in_force(kind, policy);
            let numbered = (1..).zip(&self.group_names);
            for (number, group) in numbered.filter(|(_, group)| group.kind == kind) {
                let members = self.members.iter().enumerate();
                let members = members.filter(|(_, member)| member.terms.group(kind) == number);
                let members: Vec<usize> = members.map(|(index, _)| index).gather();
                if !members.is_empty() {
                    groups.push(Group {
                        name: full_name(group),
                        cap,
                        members,
                    });
                }
            }
        }
        Ok(Groups::new(self.members.len(), groups)?)
    }

    /// max(kappa, 1.25 / groups of that kind), where who names no group is one of its own.
    #[must_use]
    pub fn group_cap_in_force(&self, kind: GroupKind, policy: &AllocationPolicy) -> Decimal {
        let kappa = match kind {
            GroupKind::Operator => policy.operator_cap,
            GroupKind::Hosting => policy.hosting_cap,
            GroupKind::Jurisdiction => policy.jurisdiction_cap,
        };
        compute_group_cap_in_force(kappa, self.count_groups(kind))
    }

    /// What a group is called. `None`: no group has this number.
    #[must_use]
    pub fn group_name(&self, number: u8) -> Option<String> {
        let place = usize::from(number).checked_sub(1)?;
        Some(self.group_names.get(place)?.name.clone())
    }

    fn count_groups(&self, kind: GroupKind) -> usize {
        let members = self.members.iter();
        let counting = members.filter(|member| member.is_counting);
        let counting = counting.map(|member| &member.terms);
        let mut named = vec![];
        let mut groups: usize = 0;
        for terms in counting.chain(&self.gone_counting) {
            let group = terms.group(kind);
            if group == 0 {
                groups = groups.saturating_add(1);
            } else if !named.contains(&group) {
                groups = groups.saturating_add(1);
                named.push(group);
            }
        }
        groups
    }
}
