//! The groups of a vault's list, with their caps in force.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    Group, GroupError, Groups, compute_group_cap_in_force, count_eligible_groups,
};
use defenders_types::{ConfigResponse, ListingInfo, ValidatorInfo};

/// How a listing names a group of a kind.
type NameOf = fn(&ListingInfo) -> Option<&str>;

/// The named groups that have members, as the vault names them.
pub fn compute_groups(
    config: &ConfigResponse,
    known: &[ValidatorInfo],
) -> Result<Groups, GroupError> {
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
            let listing = info.listing.as_ref()?;
            name_of(listing).map(str::to_string)
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
    Groups::new(known.len(), list)
}
