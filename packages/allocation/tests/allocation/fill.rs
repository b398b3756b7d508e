//! The fill list: equal to the twin, and what makes it safe to fill in any order.
//!
//! Fails when: exclusions do not fit the seats, a validator is listed twice, idle + 5 % of T
//! exceeds 128 bits.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_fill_list, AllocationError, FillInput, FillList, Group, Groups, Policy, Room, Seat,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case, Case},
};

/// A fill input that owns its parts.
#[derive(Debug, Clone)]
struct Fill {
    case: Case,
    idle: u128,
    min_delegation: u128,
    max_rooms: usize,
    excluded: Vec<bool>,
}

impl Fill {
    fn input(&self) -> FillInput<'_> {
        FillInput {
            total: self.case.total,
            total_bonded: self.case.total_bonded,
            idle: self.idle,
            min_delegation: self.min_delegation,
            max_rooms: self.max_rooms,
            policy: &self.case.policy,
            seats: &self.case.seats,
            groups: &self.case.groups,
            excluded: &self.excluded,
        }
    }

    fn list(&self) -> FillList {
        compute_fill_list(&self.input()).unwrap()
    }
}

fn fill() -> impl Strategy<Value = Fill> {
    let excluded = proptest::collection::vec(prop::bool::weighted(0.15), 7);
    (case(), 0u128..=60, 0u128..=4, 0usize..=8, excluded).prop_map(
        |(case, idle, min_delegation, max_rooms, mut excluded)| {
            excluded.truncate(case.seats.len());
            Fill {
                case,
                idle,
                min_delegation,
                max_rooms,
                excluded,
            }
        },
    )
}

fn seat(validator: &str, external: u128, held: u128) -> Seat {
    Seat {
        validator: validator.to_string(),
        external,
        held,
        eligible: true,
        ..Seat::default()
    }
}

/// T = 400, alpha 40 %: u = 160; phi 50 %, 4 eligible: l = 50; H = idle 60 + 5 % of 400 = 80.
fn worked() -> Fill {
    Fill {
        case: Case {
            total: 400,
            total_bonded: 10_000,
            policy: Policy {
                vault_share_cap: Decimal::percent(40),
                chain_share_cap: None,
                match_cap: None,
                bond_factor: None,
                floor: Decimal::percent(50),
            },
            seats: vec![
                seat("d", 500, 30), // below its floor by 20, although its level 530 is the highest
                seat("c", 100, 60), // level 160
                seat("b", 90, 65),  // level 155
                seat("a", 0, 185),  // above its cap of 160: nothing
            ],
            groups: Groups::NONE,
        },
        idle: 60,
        min_delegation: 1,
        max_rooms: 32,
        excluded: vec![false; 4],
    }
}

fn rooms(rooms: &[(usize, u128)]) -> Vec<Room> {
    let room = |&(seat, tokens)| Room { seat, tokens };
    rooms.iter().map(room).collect()
}

#[test]
fn floor_is_filled_first_then_the_lowest_level() {
    // 80 - 20 = 60 for b and c: 5 lift b to 160, the other 55 are 28 for b (lower address), 27 for c.
    let list = worked().list();
    assert_eq!(list.rooms, rooms(&[(0, 20), (2, 33), (1, 27)]));
    assert_eq!((list.left_out, list.unplaced), (0, 0));
}

#[test]
fn rooms_below_the_minimum_or_beyond_the_most_are_left_out() {
    let mut fill = worked();
    fill.min_delegation = 27;
    assert_eq!(fill.list().rooms, rooms(&[(2, 33), (1, 27)]));
    assert_eq!(fill.list().left_out, 20);
    fill.min_delegation = 28;
    assert_eq!(fill.list().rooms, rooms(&[(2, 33)]));
    assert_eq!(fill.list().left_out, 20 + 27);

    let mut fill = worked();
    fill.max_rooms = 1;
    assert_eq!(fill.list().rooms, rooms(&[(0, 20)]));
    assert_eq!(fill.list().left_out, 33 + 27);
}

#[test]
fn excluded_seat_gets_no_room_and_moves_nobody_elses_floor() {
    // Without d the floor stays 50, which b and c have: all 80 level them, 5 + 38 for b, 37 for c.
    // Were l = 1/2 x 400 / 3 = 66 instead, c would come first with its shortfall.
    let mut fill = worked();
    fill.excluded[0] = true;
    assert_eq!(fill.list().rooms, rooms(&[(2, 43), (1, 37)]));
}

#[test]
fn group_above_its_cap_gives_no_room_and_the_ineligible_count_in_it() {
    // 60 % of 400 = 240 for d, c and a; they hold 30 + 60 + 185 = 275 already.
    let mut fill = worked();
    let host = |percent| {
        let host = Group {
            name: "host".to_string(),
            cap: Decimal::percent(percent),
            members: vec![3, 0, 1],
        };
        Groups::new(4, vec![host]).unwrap()
    };
    fill.case.groups = host(60);
    assert_eq!(fill.list().rooms, rooms(&[(2, 80)]));
    // 70 % = 280 leave 5, the first of stage 1; a is no longer eligible and counts all the same.
    // l = 1/2 x 400 / 3 = 66: b is below its floor too, by 1, and level 155 comes before 530.
    fill.case.groups = host(70);
    fill.case.seats[3].eligible = false;
    assert_eq!(fill.list().rooms, rooms(&[(2, 75), (0, 5)]));
}

#[test]
fn five_percent_is_rounded_down() {
    let mut fill = worked();
    fill.idle = 0;
    fill.case.total = 419; // 20.95
    let planned: u128 = fill.list().rooms.iter().map(|room| room.tokens).sum();
    assert_eq!(planned, 20);
}

#[test]
fn exclusions_must_fit_the_seats() {
    let mut fill = worked();
    fill.excluded.pop();
    let expected = AllocationError::ExclusionsMismatch {
        seats: 4,
        excluded: 3,
    };
    assert_eq!(compute_fill_list(&fill.input()), Err(expected));
}

#[test]
fn validator_listed_twice_is_refused() {
    let mut fill = worked();
    fill.case.seats[3].validator = "d".to_string();
    let expected = AllocationError::DuplicateValidator {
        validator: "d".to_string(),
    };
    assert_eq!(compute_fill_list(&fill.input()), Err(expected));
}

#[test]
fn tokens_beyond_128_bits_are_refused() {
    let mut fill = worked();
    fill.idle = u128::MAX;
    let expected = AllocationError::SumOverflow {
        left: u128::MAX,
        right: 20,
    };
    assert_eq!(compute_fill_list(&fill.input()), Err(expected));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30_000))]

    /// Rooms, their order and what is left out, all by the twin.
    #[test]
    fn fill_list_equals_the_naive_rule(fill in fill()) {
        let (all, unplaced) = naive::rooms(&fill.input());
        let mut kept = all.clone();
        kept.retain(|(_, tokens)| *tokens >= fill.min_delegation);
        kept.truncate(fill.max_rooms);
        let sum = |rooms: &[(usize, u128)]| rooms.iter().map(|(_, tokens)| tokens).sum::<u128>();
        let list = fill.list();
        prop_assert_eq!(list.rooms, rooms(&kept));
        prop_assert_eq!(list.left_out, sum(&all) - sum(&kept));
        prop_assert_eq!(list.unplaced, unplaced);
    }

    /// Invariant 8: filled up with nothing left out, the list is the rule's result.
    #[test]
    fn fill_list_used_up_is_the_rule(mut fill in fill()) {
        fill.min_delegation = 0;
        fill.max_rooms = 32;
        let list = fill.list();
        prop_assert_eq!(list.left_out, 0);
        let mut held: Vec<_> = fill.case.seats.iter().map(|seat| seat.held).collect();
        for room in &list.rooms {
            held[room.seat] += room.tokens;
        }
        prop_assert_eq!(held, naive::filled(&fill.input()).held);
    }

    /// Invariants 1, 2 and 5, for filling in any order and part.
    #[test]
    fn rooms_add_up_and_keep_every_cap(fill in fill()) {
        let Case { total, seats, groups, .. } = &fill.case;
        let caps = fill.case.caps();
        let list = fill.list();
        let mut sum = list.left_out + list.unplaced;
        for room in &list.rooms {
            sum += room.tokens;
            prop_assert!(room.tokens > 0);
            prop_assert!(!fill.excluded[room.seat]);
            prop_assert!(seats[room.seat].eligible);
            prop_assert!(seats[room.seat].held + room.tokens <= caps[room.seat].tokens);
        }
        prop_assert_eq!(sum, fill.idle + total / 20);
        let held: Vec<_> = seats.iter().map(|seat| seat.held).collect();
        let mut after = held.clone();
        for room in &list.rooms {
            after[room.seat] += room.tokens;
        }
        for group in groups.list() {
            let most = group.cap_floor(*total).max(group.sum(&held));
            prop_assert!(group.sum(&after) <= most);
        }
    }

    /// Invariant 3: the same validators in the same sequence, however the seats are ordered.
    #[test]
    fn fill_list_does_not_depend_on_the_order_of_the_seats(
        (fill, order) in fill().prop_flat_map(|fill| {
            let order: Vec<_> = (0..fill.case.seats.len()).collect();
            (Just(fill), Just(order).prop_shuffle())
        })
    ) {
        let mut shuffled = fill.clone();
        shuffled.case = fill.case.reordered(&order);
        shuffled.excluded = order.iter().map(|i| fill.excluded[*i]).collect();
        let by_address = |fill: &Fill| {
            let name = |room: &Room| fill.case.seats[room.seat].validator.clone();
            let list = fill.list();
            let named: Vec<_> = list.rooms.iter().map(|r| (name(r), r.tokens)).collect();
            (named, list.left_out, list.unplaced)
        };
        prop_assert_eq!(by_address(&fill), by_address(&shuffled));
    }
}
