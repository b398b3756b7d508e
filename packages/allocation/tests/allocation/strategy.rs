//! Random inputs: small enough for the twins, odd enough to meet every tie, cap and remainder.

use std::ops::RangeInclusive;

use cosmwasm_std::Decimal;
use defenders_allocation::{Policy, Seat, ShaveSeat};
use proptest::prelude::*;

/// Distinct addresses, some the beginning of others, in no order.
const ADDRESSES: [&str; 7] = ["b", "a", "bb", "ab", "c", "aa", "d"];

/// A chain, a policy and its seats.
#[derive(Debug, Clone)]
pub struct Case {
    pub total: u128,
    pub total_bonded: u128,
    pub policy: Policy,
    pub seats: Vec<Seat>,
}

/// Shares in steps of one in `parts`, so that remainders of all kinds come up.
fn share(parts: u128, range: RangeInclusive<u128>) -> impl Strategy<Value = Decimal> {
    range.prop_map(move |part| Decimal::from_ratio(part, parts))
}

/// Caps and floors of every strength, some so weak that all can be placed; alpha may exceed 1, as it does in force for one validator.
pub fn policy() -> impl Strategy<Value = Policy> {
    (
        share(12, 1..=15),
        proptest::option::weighted(0.4, share(20, 0..=8)),
        proptest::option::weighted(0.4, share(7, 1..=6)),
        share(8, 0..=8),
    )
        .prop_map(
            |(vault_share_cap, chain_share_cap, match_cap, floor)| Policy {
                vault_share_cap,
                chain_share_cap,
                match_cap,
                floor,
            },
        )
}

/// So many seats, seven at most; equal levels are frequent.
pub fn seats(count: RangeInclusive<usize>) -> impl Strategy<Value = Vec<Seat>> {
    let stakes = (0u128..=25, 0u128..=15, prop::bool::weighted(0.85));
    (
        Just(ADDRESSES.to_vec()).prop_shuffle(),
        proptest::collection::vec(stakes, count),
    )
        .prop_map(|(addresses, stakes)| {
            addresses
                .into_iter()
                .zip(stakes)
                .map(|(validator, (external, held, eligible))| Seat {
                    validator: validator.to_string(),
                    external,
                    held,
                    eligible,
                })
                .collect()
        })
}

/// A case that the twins can work through.
pub fn case() -> impl Strategy<Value = Case> {
    case_with(0..=7)
}

/// A case of so many seats.
pub fn case_with(count: RangeInclusive<usize>) -> impl Strategy<Value = Case> {
    (0u128..=90, 40u128..=250, policy(), seats(count)).prop_map(
        |(total, total_bonded, policy, seats)| Case {
            total,
            total_bonded,
            policy,
            seats,
        },
    )
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
