//! The fill list: equal to the twin, and what makes it safe to fill in any order.
//!
//! Fails when: a validator is listed twice, idle + 5 % of T exceeds 128 bits.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_fill_list, AllocationError, DepositSlot, FillInput, FillList, Group, Groups, Policy,
    Standing, Validator,
};
use proptest::prelude::*;

use crate::{
    naive,
    strategy::{case, Case, NOW},
};

/// A fill input that owns its parts.
#[derive(Debug, Clone)]
struct Fill {
    case: Case,
    idle: u128,
    min_delegation: u128,
    max_slots: usize,
}

impl Fill {
    fn input(&self) -> FillInput<'_> {
        FillInput {
            total: self.case.total,
            base: self.case.base,
            total_bonded: self.case.total_bonded,
            idle: self.idle,
            min_delegation: self.min_delegation,
            max_slots: self.max_slots,
            policy: &self.case.policy,
            validators: &self.case.validators,
            groups: &self.case.groups,
            now: NOW,
        }
    }

    fn list(&self) -> FillList {
        compute_fill_list(&self.input()).unwrap()
    }
}

fn fill() -> impl Strategy<Value = Fill> {
    let retry_at = prop_oneof![
        7 => Just(None),
        1 => Just(Some(NOW)),
        2 => Just(Some(NOW + 1)),
    ];
    let retries = proptest::collection::vec(retry_at, 7);
    (case(), 0u128..=60, 0u128..=4, 0usize..=8, retries).prop_map(
        |(mut case, idle, min_delegation, max_slots, retries)| {
            for (validator, retry_at) in case.validators.iter_mut().zip(retries) {
                validator.locks.retry_at = retry_at;
            }
            Fill {
                case,
                idle,
                min_delegation,
                max_slots,
            }
        },
    )
}

fn validator(address: &str, external: u128, delegated: u128) -> Validator {
    Validator::eligible(address, external, delegated)
}

/// T = 400, alpha 40 %: u = 160; phi 50 %, 4 eligible: l = 50; H = idle 60 + 5 % of 400 = 80.
fn worked() -> Fill {
    Fill {
        case: Case {
            total: 400,
            base: 400,
            total_bonded: 10_000,
            policy: Policy {
                vault_share_cap: Decimal::percent(40),
                chain_share_cap: None,
                match_cap: None,
                bond_factor: None,
                floor: Decimal::percent(50),
            },
            validators: vec![
                validator("d", 500, 30), // below its floor by 20, although its level 530 is the highest
                validator("c", 100, 60), // level 160
                validator("b", 90, 65),  // level 155
                validator("a", 0, 185),  // above its cap of 160: nothing
            ],
            groups: Groups::NONE,
        },
        idle: 60,
        min_delegation: 1,
        max_slots: 32,
    }
}

fn slots(slots: &[(usize, u128)]) -> Vec<DepositSlot> {
    let slot = |&(index, tokens)| DepositSlot { index, tokens };
    slots.iter().map(slot).collect()
}

#[test]
fn floor_is_filled_first_then_the_lowest_level() {
    // 80 - 20 = 60 for b and c: 5 lift b to 160, the other 55 are 28 for b (lower address), 27 for c.
    let list = worked().list();
    assert_eq!(list.slots, slots(&[(0, 20), (2, 33), (1, 27)]));
    assert_eq!((list.left_out, list.unplaced), (0, 0));
}

#[test]
fn slots_below_the_minimum_or_beyond_the_most_are_left_out() {
    let mut fill = worked();
    fill.min_delegation = 27;
    assert_eq!(fill.list().slots, slots(&[(2, 33), (1, 27)]));
    assert_eq!(fill.list().left_out, 20);
    fill.min_delegation = 28;
    assert_eq!(fill.list().slots, slots(&[(2, 33)]));
    assert_eq!(fill.list().left_out, 20 + 27);

    let mut fill = worked();
    fill.max_slots = 1;
    assert_eq!(fill.list().slots, slots(&[(0, 20)]));
    assert_eq!(fill.list().left_out, 33 + 27);
}

#[test]
fn refusing_validator_gets_no_slot_and_moves_nobody_elses_floor() {
    // Without d the floor stays 50, which b and c have: all 80 level them, 5 + 38 for b, 37 for c.
    // Were l = 1/2 x 400 / 3 = 66 instead, c would come first with its shortfall.
    let mut fill = worked();
    fill.case.validators[0].locks.retry_at = Some(NOW + 1);
    assert_eq!(fill.list().slots, slots(&[(2, 43), (1, 37)]));
    // The time has come: as before.
    fill.case.validators[0].locks.retry_at = Some(NOW);
    assert_eq!(fill.list(), worked().list());
}

#[test]
fn group_above_its_cap_gives_no_slot_and_the_ineligible_count_in_it() {
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
    assert_eq!(fill.list().slots, slots(&[(2, 80)]));
    // 70 % = 280 leave 5, the first of stage 1; a is no longer eligible and counts all the same.
    // l = 1/2 x 400 / 3 = 66: b is below its floor too, by 1, and level 155 comes before 530.
    fill.case.groups = host(70);
    fill.case.validators[3].standing = Standing::Waiting;
    assert_eq!(fill.list().slots, slots(&[(2, 75), (0, 5)]));
}

#[test]
fn five_percent_is_rounded_down() {
    let mut fill = worked();
    fill.idle = 0;
    fill.case.total = 419; // 20.95
    let planned: u128 = fill.list().slots.iter().map(|slot| slot.tokens).sum();
    assert_eq!(planned, 20);
}

#[test]
fn validator_listed_twice_is_refused() {
    let mut fill = worked();
    fill.case.validators[3].address = "d".to_string();
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

    /// Slots, their order and what is left out, all by the twin.
    #[test]
    fn fill_list_equals_the_naive_rule(fill in fill()) {
        let (all, unplaced) = naive::slots(&fill.input());
        let mut kept = all.clone();
        kept.retain(|(_, tokens)| *tokens >= fill.min_delegation);
        kept.truncate(fill.max_slots);
        let sum = |slots: &[(usize, u128)]| slots.iter().map(|(_, tokens)| tokens).sum::<u128>();
        let list = fill.list();
        prop_assert_eq!(list.slots, slots(&kept));
        prop_assert_eq!(list.left_out, sum(&all) - sum(&kept));
        prop_assert_eq!(list.unplaced, unplaced);
    }

    /// Invariant 8: filled up with nothing left out, the list is the rule's result.
    #[test]
    fn fill_list_used_up_is_the_rule(mut fill in fill()) {
        fill.min_delegation = 0;
        fill.max_slots = 32;
        let list = fill.list();
        prop_assert_eq!(list.left_out, 0);
        let mut delegated: Vec<_> = fill.case.validators.iter().map(|it| it.delegated).collect();
        for slot in &list.slots {
            delegated[slot.index] += slot.tokens;
        }
        prop_assert_eq!(delegated, naive::filled(&fill.input()).delegated);
    }

    /// Invariants 1, 2 and 5, for filling in any order and part.
    #[test]
    fn slots_add_up_and_keep_every_cap(fill in fill()) {
        let Case { total, base, validators, groups, .. } = &fill.case;
        let caps = fill.case.caps();
        let list = fill.list();
        let mut sum = list.left_out + list.unplaced;
        for slot in &list.slots {
            sum += slot.tokens;
            prop_assert!(slot.tokens > 0);
            prop_assert_ne!(validators[slot.index].locks.retry_at, Some(NOW + 1));
            prop_assert!(validators[slot.index].is_eligible());
            prop_assert!(validators[slot.index].delegated + slot.tokens <= caps[slot.index].tokens);
        }
        prop_assert_eq!(sum, fill.idle + total / 20);
        let delegated: Vec<_> = validators.iter().map(|validator| validator.delegated).collect();
        let mut after = delegated.clone();
        for slot in &list.slots {
            after[slot.index] += slot.tokens;
        }
        for group in groups.list() {
            let most = group.cap_floor(*base).max(group.sum(&delegated));
            prop_assert!(group.sum(&after) <= most);
        }
    }

    /// Invariant 3: the same validators in the same sequence, however the validators are ordered.
    #[test]
    fn fill_list_does_not_depend_on_the_order_of_the_validators(
        (fill, order) in fill().prop_flat_map(|fill| {
            let order: Vec<_> = (0..fill.case.validators.len()).collect();
            (Just(fill), Just(order).prop_shuffle())
        })
    ) {
        let mut shuffled = fill.clone();
        shuffled.case = fill.case.reordered(&order);
        let by_address = |fill: &Fill| {
            let name = |slot: &DepositSlot| fill.case.validators[slot.index].address.clone();
            let list = fill.list();
            let named: Vec<_> = list.slots.iter().map(|r| (name(r), r.tokens)).collect();
            (named, list.left_out, list.unplaced)
        };
        prop_assert_eq!(by_address(&fill), by_address(&shuffled));
    }
}
