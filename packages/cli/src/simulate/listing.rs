//! The owner lists validators: at the beginning, and what is left for later.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::Result;
use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{AllocationPolicyInput, ExecuteMsg, ListingGroupsInput, ListingInput};
use staking_sim::Status;

use super::groups::{GroupsOf, Kind};
use super::list;
use super::wishes::Wishes;
use super::world::World;

/// Most validators that one call lists.
const LISTED_PER_CALL: usize = 100;

/// Lists whom the user wants, or the first of them, and notes why others are left out. `deposits`: what
/// will be deposited in all, tokens.
pub fn list_first(world: &mut World, wishes: &Wishes, deposits: u128) -> Result<()> {
    let validators = world.vault.chain.validators();
    let own = wishes.list.as_ref();
    let (mut listed, left_out) = list::choose(&validators, own, wishes.max_commission);
    world.list = list::count_left_out(listed.len(), &left_out);
    world.left_out = left_out;
    world.has_own_list = own.is_some();
    if let Some(most) = wishes.listed_first {
        let bonded = validators.iter().filter(|it| it.status == Status::Bonded);
        let policy = wishes.policy(bonded.clone().count());
        let external: Uint128 = bonded.clone().map(|it| it.tokens).sum();
        let total_bonded = external + Uint128::new(deposits);
        let room: BTreeMap<&str, Uint128> = bonded
            .map(|it| {
                (
                    it.operator.as_str(),
                    compute_room(it.tokens, total_bonded, &policy),
                )
            })
            .collect();
        // in ascending operator address, and the sort keeps that
        listed.sort_by_key(|operator| Reverse(room.get(operator.as_str()).copied()));
        world.not_yet_listed = listed.split_off(most.min(listed.len()));
        listed.sort_unstable();
        world.not_yet_listed.sort_unstable();
    }
    list(world, &listed)
}

/// The room that a validator's own caps leave, whatever the vault holds elsewhere.
fn compute_room(external: Uint128, total: Uint128, policy: &AllocationPolicyInput) -> Uint128 {
    let by_chain = policy.chain_share_cap.map_or(Uint128::MAX, |cap| {
        total.mul_floor(cap).saturating_sub(external)
    });
    let by_match = policy.match_cap.map_or(Uint128::MAX, |cap| {
        let others = Decimal::one().saturating_sub(cap);
        let room = external.checked_multiply_ratio(cap.atomics(), others.atomics());
        room.unwrap_or(Uint128::MAX)
    });
    by_chain.min(by_match)
}

/// Lists validators, as the owner.
pub fn list(world: &mut World, validators: &[String]) -> Result<()> {
    let owner = world.accounts.owner.clone();
    for chunk in validators.chunks(LISTED_PER_CALL) {
        let validators = chunk.iter().map(|validator| ListingInput {
            validator: validator.clone(),
            groups: world.groups.get(validator).map(as_input),
            ..ListingInput::default()
        });
        let msg = ExecuteMsg::ListValidators {
            validators: validators.collect(),
            valid_until: None,
        };
        world.act(&owner, &msg, 0)?;
    }
    Ok(())
}

fn as_input(groups: &GroupsOf) -> ListingGroupsInput {
    let named = |kind: Kind| groups.get(&kind).cloned();
    ListingGroupsInput {
        operator: named(Kind::Operator),
        hosting: named(Kind::Hosting),
        jurisdiction: named(Kind::Jurisdiction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_what_chain_and_match_leave() {
        let policy = AllocationPolicyInput {
            chain_share_cap: Some(Decimal::percent(3)),
            match_cap: Some(Decimal::percent(50)),
            ..AllocationPolicyInput::default()
        };
        let room = |external: u128| compute_room(external.into(), 10_000u128.into(), &policy);
        assert_eq!(room(100).u128(), 100); // as much as others; 3 % of 10 000 less 100 is more
        assert_eq!(room(250).u128(), 50);
        assert_eq!(room(400).u128(), 0);
        let free = AllocationPolicyInput {
            chain_share_cap: None,
            match_cap: None,
            ..policy
        };
        assert_eq!(
            compute_room(7u128.into(), 9u128.into(), &free),
            Uint128::MAX
        );
    }
}
