//! Random inputs: small enough for the twins, odd enough to meet every tie, cap and remainder.

use std::ops::RangeInclusive;

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_caps, compute_targets, AllocationError, Cap, Group, Groups, Policy, Seat, ShaveSeat,
    Targets,
};
use proptest::prelude::*;

/// Distinct addresses, some the beginning of others, in no order.
const ADDRESSES: [&str; 7] = ["b", "a", "bb", "ab", "c", "aa", "d"];

/// Distinct names, one the beginning of another.
const GROUPS: [&str; 4] = ["h", "g", "gg", "f"];

/// A chain, a policy and its seats.
#[derive(Debug, Clone)]
pub struct Case {
    pub total: u128,
    pub total_bonded: u128,
    pub policy: Policy,
    pub seats: Vec<Seat>,
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
            self.total_bonded,
            &self.policy,
            &self.seats,
            &self.groups,
        )
    }

    /// The caps of all seats.
    pub fn caps(&self) -> Vec<Cap> {
        compute_caps(self.total, self.total_bonded, &self.policy, &self.seats).unwrap()
    }

    /// The same case with its seats, and everything that names them, in another order.
    pub fn reordered(&self, order: &[usize]) -> Self {
        let place = |seat: &usize| order.iter().position(|i| i == seat).unwrap();
        let mut case = self.clone();
        case.seats = order.iter().map(|i| self.seats[*i].clone()).collect();
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

/// Up to four groups over so many seats: none, one, some or all of them, overlapping or not, with
/// caps from 0 to more than everything.
pub fn groups(seats: usize) -> impl Strategy<Value = Groups> {
    let some = proptest::collection::vec(any::<bool>(), seats);
    let members = prop_oneof![
        6 => some.prop_map(|flags| (0..flags.len()).filter(|i| flags[*i]).collect()),
        1 => Just((0..seats).collect()),
        1 => Just(Vec::new()),
        1 => (0..seats.max(1)).prop_map(move |i| if seats > 0 { vec![i] } else { vec![] }),
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
        Groups::new(seats, list.collect()).unwrap()
    })
}

/// So many seats, seven at most; equal levels are frequent.
pub fn seats(count: RangeInclusive<usize>) -> impl Strategy<Value = Vec<Seat>> {
    let external = prop_oneof![2 => 0u128..=25, 1 => 0u128..=3];
    let declared = proptest::option::weighted(0.2, 0u128..=20);
    let bond = proptest::option::weighted(0.7, 0u128..=12);
    let eligible = prop::bool::weighted(0.85);
    let stakes = (external, 0u128..=15, declared, bond, eligible);
    (
        Just(ADDRESSES.to_vec()).prop_shuffle(),
        proptest::collection::vec(stakes, count),
    )
        .prop_map(|(addresses, stakes)| {
            addresses
                .into_iter()
                .zip(stakes)
                .map(
                    |(validator, (external, held, declared_max, self_bond, eligible))| Seat {
                        validator: validator.to_string(),
                        external,
                        held,
                        declared_max,
                        self_bond,
                        eligible,
                    },
                )
                .collect()
        })
}

/// A case that the twins can work through.
pub fn case() -> impl Strategy<Value = Case> {
    case_with(0..=7)
}

/// A case of so many seats.
pub fn case_with(count: RangeInclusive<usize>) -> impl Strategy<Value = Case> {
    let total = prop_oneof![3 => 0u128..=90, 1 => 0u128..=8];
    (total, 40u128..=250, policy(), seats(count)).prop_flat_map(with_groups)
}

fn with_groups(
    (total, total_bonded, policy, seats): (u128, u128, Policy, Vec<Seat>),
) -> impl Strategy<Value = Case> {
    groups(seats.len()).prop_map(move |groups| Case {
        total,
        total_bonded,
        policy: policy.clone(),
        seats: seats.clone(),
        groups,
    })
}

/// Validators to withdraw from.
pub fn shave_seats() -> impl Strategy<Value = Vec<ShaveSeat>> {
    let flags = (
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.8),
    );
    (seats(0..=7), proptest::collection::vec(flags, 7)).prop_map(|(seats, flags)| {
        seats
            .into_iter()
            .zip(flags)
            .map(|(seat, (leaving, pinned, available))| ShaveSeat {
                validator: seat.validator,
                external: seat.external,
                held: seat.held,
                leaving,
                pinned,
                available,
            })
            .collect()
    })
}
