//! Random inputs: small enough for the twins, odd enough to meet every tie, cap and remainder.

use std::ops::RangeInclusive;

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_caps, compute_targets, AllocationError, Cap, Departure, Group, Groups, Limits, Locks,
    Policy, Standing, Targets, Validator,
};
use proptest::prelude::*;

/// The present time, for locks.
pub const NOW: u64 = 100;

/// Distinct addresses, some the beginning of others, in no order.
const ADDRESSES: [&str; 7] = ["b", "a", "bb", "ab", "c", "aa", "d"];

/// Distinct names, one the beginning of another.
const GROUPS: [&str; 4] = ["h", "g", "gg", "f"];

/// A chain, a policy and its validators.
#[derive(Debug, Clone)]
pub struct Case {
    pub total: u128,
    pub base: u128,
    pub total_bonded: u128,
    pub policy: Policy,
    pub validators: Vec<Validator>,
    pub groups: Groups,
}

impl Case {
    /// The rule's result.
    pub fn targets(&self) -> Targets {
        self.try_targets().unwrap()
    }

    /// The rule's result or refusal.
    pub fn try_targets(&self) -> Result<Targets, AllocationError> {
        compute_targets(
            self.total,
            self.base,
            self.total_bonded,
            &self.policy,
            &self.validators,
            &self.groups,
        )
    }

    /// The caps of all validators.
    pub fn caps(&self) -> Vec<Cap> {
        compute_caps(self.base, self.total_bonded, &self.policy, &self.validators).unwrap()
    }

    /// The same case with its validators, and everything that names them, in another order.
    pub fn reordered(&self, order: &[usize]) -> Self {
        let place = |validator: &usize| order.iter().position(|i| i == validator).unwrap();
        let mut case = self.clone();
        case.validators = order.iter().map(|i| self.validators[*i].clone()).collect();
        let mut groups = self.groups.list().to_vec();
        for group in &mut groups {
            group.members = group.members.iter().map(place).collect();
        }
        groups.reverse();
        case.groups = Groups::new(order.len(), groups).unwrap();
        case
    }
}

/// Shares in steps of one in `parts`, so that remainders of all kinds come up.
pub fn share(parts: u128, range: RangeInclusive<u128>) -> impl Strategy<Value = Decimal> {
    range.prop_map(move |part| Decimal::from_ratio(part, parts))
}

/// Caps and floors of every strength, some so weak that all can be placed; alpha may exceed 1, as
/// it does in force for one validator.
pub fn policy() -> impl Strategy<Value = Policy> {
    (
        share(12, 1..=15),
        proptest::option::weighted(0.4, share(20, 0..=8)),
        proptest::option::weighted(0.4, share(7, 1..=6)),
        proptest::option::weighted(0.2, share(2, 0..=6)),
        share(8, 0..=8),
    )
        .prop_map(
            |(vault_share_cap, chain_share_cap, match_cap, bond_factor, floor)| Policy {
                vault_share_cap,
                chain_share_cap,
                match_cap,
                bond_factor,
                floor,
            },
        )
}

/// Up to four groups over so many validators: none, one, some or all of them, overlapping or not, with
/// caps from 0 to more than everything.
pub fn groups(validators: usize) -> impl Strategy<Value = Groups> {
    let some = proptest::collection::vec(any::<bool>(), validators);
    let members = prop_oneof![
        6 => some.prop_map(|flags| (0..flags.len()).filter(|i| flags[*i]).collect()),
        1 => Just((0..validators).collect()),
        1 => Just(Vec::new()),
        1 => (0..validators.max(1)).prop_map(move |i| if validators > 0 { vec![i] } else { vec![] }),
    ];
    let cap = prop_oneof![1 => share(12, 0..=0), 9 => share(12, 0..=14)];
    let names = Just(GROUPS.to_vec()).prop_shuffle();
    let count = prop_oneof![2 => 0usize..=0, 5 => 1usize..=4];
    let rows = count.prop_flat_map(move |n| {
        let members = members.clone().prop_shuffle();
        proptest::collection::vec((members, cap.clone()), n)
    });
    (names, rows).prop_map(move |(names, rows)| {
        let rows = names.into_iter().zip(rows);
        let list = rows.map(|(name, (members, cap))| Group {
            name: name.to_string(),
            cap,
            members,
        });
        Groups::new(validators, list.collect()).unwrap()
    })
}

/// So many validators, seven at most; equal levels are frequent.
pub fn validators(count: RangeInclusive<usize>) -> impl Strategy<Value = Vec<Validator>> {
    let external = prop_oneof![2 => 0u128..=25, 1 => 0u128..=3];
    let most = || proptest::option::weighted(0.2, 0u128..=20);
    let bond = proptest::option::weighted(0.7, 0u128..=12);
    let eligible = prop::bool::weighted(0.85);
    let stakes = (external, 0u128..=15, most(), most(), bond, eligible);
    (
        Just(ADDRESSES.to_vec()).prop_shuffle(),
        proptest::collection::vec(stakes, count),
    )
        .prop_map(|(addresses, stakes)| {
            addresses
                .into_iter()
                .zip(stakes)
                .map(
                    |(address, (external, delegated, owner_max, own_max, self_bond, eligible))| {
                        Validator {
                            address: address.to_string(),
                            external,
                            delegated,
                            standing: Standing::eligible_if(eligible),
                            limits: Limits {
                                owner_max,
                                own_max,
                                self_bond,
                            },
                            locks: Locks::default(),
                        }
                    },
                )
                .collect()
        })
}

/// A case that the twins can work through.
pub fn case() -> impl Strategy<Value = Case> {
    case_with(0..=7)
}

/// A case of so many validators.
pub fn case_with(count: RangeInclusive<usize>) -> impl Strategy<Value = Case> {
    let total = prop_oneof![3 => 0u128..=90, 1 => 0u128..=8];
    let restaking = prop_oneof![2 => Just(0u128), 1 => 1u128..=30];
    (
        (total, restaking),
        40u128..=250,
        policy(),
        validators(count),
    )
        .prop_flat_map(with_groups)
}

fn with_groups(
    ((total, restaking), total_bonded, policy, validators): (
        (u128, u128),
        u128,
        Policy,
        Vec<Validator>,
    ),
) -> impl Strategy<Value = Case> {
    groups(validators.len()).prop_map(move |groups| Case {
        total,
        base: total + restaking,
        total_bonded,
        policy: policy.clone(),
        validators: validators.clone(),
        groups,
    })
}

/// Locks that a withdrawal looks at: free or not by entries, by the chain's word, by a refusal; a
/// redelegation into it or none. Now is [`NOW`].
fn locks() -> impl Strategy<Value = Locks> {
    let free = prop_oneof![
        8 => (0u32..=5, Just(false), prop_oneof![Just(None), Just(Some(NOW - 1)), Just(Some(NOW))]),
        1 => (6u32..=8, Just(false), Just(None)),
        1 => (0u32..=5, Just(true), Just(None)),
        1 => (0u32..=5, Just(false), Just(Some(NOW + 1))),
    ];
    let locked = prop_oneof![
        5 => Just(None),
        1 => Just(Some(NOW)),
        2 => Just(Some(NOW + 1)),
    ];
    (free, locked).prop_map(
        |((unbonding_entries, entries_full, retry_at), redelegation_locked_until)| Locks {
            redelegation_locked_until,
            unbonding_entries,
            entries_full,
            redelegation_refused: false,
            retry_at,
        },
    )
}

/// Validators to withdraw from.
pub fn payers() -> impl Strategy<Value = Vec<Validator>> {
    let rows = (prop::bool::weighted(0.2), locks());
    (validators(0..=7), proptest::collection::vec(rows, 7)).prop_map(|(mut validators, rows)| {
        for (validator, (leaving, locks)) in validators.iter_mut().zip(rows) {
            validator.locks = locks;
            if leaving {
                validator.standing = Standing::Leaving(Departure::Jailed);
            }
        }
        validators
    })
}
