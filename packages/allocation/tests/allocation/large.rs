//! Amounts of 10^27 on 300 validators, where no unit-by-unit twin can follow. What makes a result
//! that of the unit-by-unit rule is checked pair by pair instead: the last unit that anybody got
//! came before the next unit that anybody else could have taken.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_capacity, compute_caps, compute_fill_list, compute_floor, compute_shave,
    compute_targets, FillInput, Group, Groups, Policy, Seat, ShaveSeat,
};
use proptest::prelude::*;

const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

fn large_case() -> impl Strategy<Value = (u128, Policy, Vec<Seat>)> {
    let policy = (1u64..=30, 1u64..=20, 1u64..=99, 0u64..=100);
    let seat = (0..=MOST, 0..=MOST / 10, prop::bool::weighted(0.9));
    (1..=150 * MOST, policy, proptest::collection::vec(seat, 300)).prop_map(
        |(total, (alpha, chain, gamma, phi), rows)| {
            let policy = Policy {
                vault_share_cap: Decimal::permille(alpha),
                chain_share_cap: Some(Decimal::permille(chain)),
                match_cap: Some(Decimal::percent(gamma)),
                bond_factor: None,
                floor: Decimal::percent(phi),
            };
            let seat = |(i, (external, held, eligible)): (usize, (u128, u128, bool))| Seat {
                // 7 and 300 share no factor: distinct addresses, not in order.
                validator: format!("valoper{:03}", i * 7 % 300),
                external,
                held,
                eligible,
                ..Seat::default()
            };
            (
                total,
                policy,
                rows.into_iter().enumerate().map(seat).collect(),
            )
        },
    )
}

/// (key of the last unit given, address) is below (key of the next unit possible, address) for
/// every pair.
fn is_unit_exact(rows: &[(u128, u128, u128, &str)]) -> bool {
    // (level before, given, room, address)
    let last = rows
        .iter()
        .filter(|(_, given, _, _)| *given > 0)
        .map(|(level, given, _, address)| (level + given - 1, *address))
        .max();
    let next = rows
        .iter()
        .filter(|(_, given, room, _)| given < room)
        .map(|(level, given, _, address)| (level + given, *address))
        .min();
    match (last, next) {
        (Some(last), Some(next)) => last < next,
        _ => true,
    }
}

/// Splits what a seat was given into the two stages and checks both.
fn check_stages(seats: &[Seat], start: &[u128], given: &[u128], floor: u128, caps: &[u128]) {
    let rows = || seats.iter().zip(start).zip(given).zip(caps);
    let shortfall = |start: u128, cap: u128| floor.min(cap).saturating_sub(start);
    let needed: u128 = rows().map(|(((_, s), _), u)| shortfall(*s, *u)).sum();
    let placed: u128 = given.iter().sum();
    if placed < needed {
        let stage = rows().map(|(((seat, s), g), u)| (*s, *g, shortfall(*s, *u), &*seat.validator));
        assert!(is_unit_exact(&stage.collect::<Vec<_>>()));
        return;
    }
    let stage = rows().map(|(((seat, s), g), u)| {
        let first = shortfall(*s, *u);
        assert!(*g >= first, "stage 1 comes first");
        let level = seat.external + s + first;
        (
            level,
            g - first,
            u.saturating_sub(s + first),
            &*seat.validator,
        )
    });
    assert!(is_unit_exact(&stage.collect::<Vec<_>>()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn large_targets_are_exact_to_the_unit((total, policy, seats) in large_case()) {
        let total_bonded = 300 * MOST;
        let result = compute_targets(total, total_bonded, &policy, &seats, &Groups::NONE).unwrap();
        let caps = compute_caps(total, total_bonded, &policy, &seats).unwrap();
        let caps: Vec<_> = caps.iter().map(|cap| cap.tokens).collect();
        prop_assert_eq!(result.tokens.iter().sum::<u128>() + result.unplaced, total);
        prop_assert!(result.tokens.iter().zip(&caps).all(|(target, cap)| target <= cap));
        let floor = compute_floor(total, &policy, &seats);
        check_stages(&seats, &[0; 300], &result.tokens, floor, &caps);
    }

    #[test]
    fn large_fill_list_is_exact_to_the_unit((total, policy, seats) in large_case()) {
        let total_bonded = 300 * MOST;
        let input = FillInput {
            total,
            total_bonded,
            idle: total / 7,
            min_delegation: 0,
            max_rooms: 300,
            policy: &policy,
            seats: &seats,
            groups: &Groups::NONE,
            excluded: &[false; 300],
        };
        let list = compute_fill_list(&input).unwrap();
        let mut given = vec![0; 300];
        for room in &list.rooms {
            given[room.seat] = room.tokens;
        }
        prop_assert_eq!(list.left_out, 0);
        prop_assert_eq!(given.iter().sum::<u128>() + list.unplaced, total / 7 + total / 20);
        let start: Vec<_> = seats.iter().map(|seat| seat.held).collect();
        let caps = compute_caps(total, total_bonded, &policy, &seats).unwrap();
        let caps: Vec<_> = caps.iter().map(|cap| cap.tokens).collect();
        let floor = compute_floor(total, &policy, &seats);
        check_stages(&seats, &start, &given, floor, &caps);
    }

    #[test]
    fn large_shave_is_exact_to_the_unit((total, _, seats) in large_case(), most in 1usize..=300) {
        let shave_seat = |seat: &Seat| ShaveSeat {
            validator: seat.validator.clone(),
            external: seat.external,
            held: seat.held,
            leaving: false,
            pinned: false,
            available: true,
        };
        let seats: Vec<_> = seats.iter().map(shave_seat).collect();
        let asked = total / 20;
        let shave = compute_shave(asked, most, &seats).unwrap();
        prop_assert_eq!(shave.parts.iter().map(|part| part.tokens).sum::<u128>(), shave.tokens);
        if shave.tokens < asked {
            prop_assert!(shave.parts.iter().all(|part| part.tokens == seats[part.seat].held));
        } else {
            // Mirrored: depth below a level that nobody reaches, given = taken.
            let rows: Vec<_> = shave
                .parts
                .iter()
                .map(|part| {
                    let seat = &seats[part.seat];
                    let depth = 3 * MOST - seat.external - seat.held;
                    (depth, part.tokens, seat.held, seat.validator.as_str())
                })
                .collect();
            prop_assert!(is_unit_exact(&rows));
        }
    }
}

#[test]
fn absurd_policies_and_amounts_saturate_instead_of_failing() {
    let seats: Vec<_> = (0..300)
        .map(|i| Seat {
            validator: format!("valoper{i:03}"),
            external: MOST,
            held: MOST,
            self_bond: Some(MOST),
            eligible: true,
            ..Seat::default()
        })
        .collect();
    let policy = Policy {
        vault_share_cap: Decimal::MAX,
        chain_share_cap: Some(Decimal::MAX),
        match_cap: Some(Decimal::one() - Decimal::raw(1)),
        bond_factor: Some(Decimal::MAX),
        floor: Decimal::MAX,
    };
    // Nothing binds, so 300 equal validators get a 300th each.
    let everybody = Group {
        name: "everybody".to_string(),
        cap: Decimal::MAX,
        members: (0..300).collect(),
    };
    let groups = Groups::new(300, vec![everybody]).unwrap();
    let result = compute_targets(300 * MOST, 600 * MOST, &policy, &seats, &groups).unwrap();
    assert_eq!(result.tokens, vec![MOST; 300]);
    assert_eq!(compute_capacity(600 * MOST, &policy, &seats), u128::MAX);
}
