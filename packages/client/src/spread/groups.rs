//! Who shares an operator, a hosting provider, a jurisdiction: together they get no more than a share.

use std::collections::BTreeMap;

use defenders_allocation::{
    AllocationError, Group, Groups, compute_group_cap_in_force, count_eligible_groups,
};
use defenders_types::AllocationPolicy;

use super::draft::Candidate;

/// The groups that the list tells, with the caps that a vault starts with. Who names none shares with nobody.
pub fn compute_groups(candidates: &[Candidate<'_>]) -> Result<Groups, AllocationError> {
    let policy = AllocationPolicy::default();
    let mut list = Vec::new();
    for (kind, cap, of) in [
        (
            "operator",
            policy.operator_cap,
            (|it| it.operator.as_deref()) as fn(&super::list::ListedValidator) -> Option<&str>,
        ),
        ("hosting", policy.hosting_cap, |it| it.hosting.as_deref()),
        ("jurisdiction", policy.jurisdiction_cap, |it| {
            it.jurisdiction.as_deref()
        }),
    ] {
        let eligible = candidates.iter().filter(|it| it.is_eligible());
        let declared = eligible.map(|it| it.listed.and_then(of));
        let cap = compute_group_cap_in_force(cap, count_eligible_groups(declared));
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            if let Some(name) = candidate.listed.and_then(of) {
                members.entry(name).or_default().push(index);
            }
        }
        list.extend(members.into_iter().map(|(name, members)| Group {
            name: format!("{kind} {name}"),
            cap,
            members,
        }));
    }
    // members are indices of the candidates, each named once
    Ok(Groups::new(candidates.len(), list).unwrap_or_default())
}
