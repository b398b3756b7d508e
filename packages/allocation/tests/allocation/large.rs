//! Amounts of 10^27 on 300 validators, where no unit-by-unit twin can follow. What makes a result
//! that of the unit-by-unit rule is checked pair by pair instead: the last unit that anybody got
//! came before the next unit that anybody else could have taken.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_capacity, compute_caps, compute_fill_list, compute_floor, compute_targets,
    compute_withdrawal_order, FillInput, Group, Groups, Limits, Policy, Standing, Validator,
    WithdrawalInput, DEFAULT_MAX_ENTRIES,
};
use proptest::prelude::*;

const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

fn large_case() -> impl Strategy<Value = (u128, Policy, Vec<Validator>)> {
    let policy = (1u64..=30, 1u64..=20, 1u64..=99, 0u64..=100);
    let validator = (0..=MOST, 0..=MOST / 10, prop::bool::weighted(0.9));
    (
        1..=150 * MOST,
        policy,
        proptest::collection::vec(validator, 300),
    )
        .prop_map(|(total, (alpha, chain, gamma, phi), rows)| {
            let policy = Policy {
                vault_share_cap: Decimal::permille(alpha),
                chain_share_cap: Some(Decimal::permille(chain)),
                match_cap: Some(Decimal::percent(gamma)),
                bond_factor: None,
                floor: Decimal::percent(phi),
            };
            let validator =
                |(i, (external, delegated, eligible)): (usize, (u128, u128, bool))| Validator {
                    // 7 and 300 share no factor: distinct addresses, not in order.
                    address: format!("valoper{:03}", i * 7 % 300),
                    external,
                    delegated,
                    standing: Standing::eligible_if(eligible),
                    ..Validator::default()
                };
            (
                total,
                policy,
                rows.into_iter().enumerate().map(validator).collect(),
            )
        })
}

/// (key of the last unit given, address) is below (key of the next unit possible, address) for
/// every pair.
fn is_unit_exact(rows: &[(u128, u128, u128, &str)]) -> bool {
    // (level before, given, slot, address)
    let last = rows
        .iter()
        .filter(|(_, given, _, _)| *given > 0)
        .map(|(level, given, _, address)| (level + given - 1, *address))
        .max();
    let next = rows
        .iter()
        .filter(|(_, given, slot, _)| given < slot)
        .map(|(level, given, _, address)| (level + given, *address))
        .min();
    match (last, next) {
        (Some(last), Some(next)) => last < next,
        _ => true,
    }
}

/// Splits what a validator was given into the two stages and checks both.
fn check_stages(
    validators: &[Validator],
    start: &[u128],
    given: &[u128],
    floor: u128,
    caps: &[u128],
) {
    let rows = || validators.iter().zip(start).zip(given).zip(caps);
    let shortfall = |start: u128, cap: u128| floor.min(cap).saturating_sub(start);
    let needed: u128 = rows().map(|(((_, s), _), u)| shortfall(*s, *u)).sum();
    let placed: u128 = given.iter().sum();
    if placed < needed {
        let stage =
            rows().map(|(((validator, s), g), u)| (*s, *g, shortfall(*s, *u), &*validator.address));
        assert!(is_unit_exact(&stage.collect::<Vec<_>>()));
        return;
    }
    let stage = rows().map(|(((validator, s), g), u)| {
        let first = shortfall(*s, *u);
        assert!(*g >= first, "stage 1 comes first");
        let level = validator.external + s + first;
        (
            level,
            g - first,
            u.saturating_sub(s + first),
            &*validator.address,
        )
    });
    assert!(is_unit_exact(&stage.collect::<Vec<_>>()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn large_targets_are_exact_to_the_unit((total, policy, validators) in large_case()) {
        let total_bonded = 300 * MOST;
        let result = compute_targets(total, total, total_bonded, &policy, &validators, &Groups::NONE).unwrap();
        let caps = compute_caps(total, total_bonded, &policy, &validators).unwrap();
        let caps: Vec<_> = caps.iter().map(|cap| cap.tokens).collect();
        prop_assert_eq!(result.tokens.iter().sum::<u128>() + result.unplaced, total);
        prop_assert!(result.tokens.iter().zip(&caps).all(|(target, cap)| target <= cap));
        let floor = compute_floor(total, &policy, &validators);
        check_stages(&validators, &[0; 300], &result.tokens, floor, &caps);
    }

    #[test]
    fn large_fill_list_is_exact_to_the_unit((total, policy, validators) in large_case()) {
        let total_bonded = 300 * MOST;
        let input = FillInput {
            total,
            base: total,
            total_bonded,
            idle: total / 7,
            min_delegation: 0,
            max_slots: 300,
            policy: &policy,
            validators: &validators,
            groups: &Groups::NONE,
            now: 0,
        };
        let list = compute_fill_list(&input).unwrap();
        let mut given = vec![0; 300];
        for slot in &list.slots {
            given[slot.index] = slot.tokens;
        }
        prop_assert_eq!(list.left_out, 0);
        prop_assert_eq!(given.iter().sum::<u128>() + list.unplaced, total / 7 + total / 20);
        let start: Vec<_> = validators.iter().map(|validator| validator.delegated).collect();
        let caps = compute_caps(total, total_bonded, &policy, &validators).unwrap();
        let caps: Vec<_> = caps.iter().map(|cap| cap.tokens).collect();
        let floor = compute_floor(total, &policy, &validators);
        check_stages(&validators, &start, &given, floor, &caps);
    }

    #[test]
    fn large_withdrawal_order_is_exact_to_the_unit(
        (total, _, validators) in large_case(),
        most in 1usize..=300,
    ) {
        let mut validators = validators;
        for validator in &mut validators {
            validator.standing = Standing::Eligible;
        }
        let asked = total / 20;
        let input = WithdrawalInput {
            tokens: asked,
            dust_below: 0,
            max_messages: most,
            max_entries: DEFAULT_MAX_ENTRIES,
            validators: &validators,
            now: 0,
        };
        let order = compute_withdrawal_order(&input).unwrap();
        prop_assert_eq!(order.parts.iter().map(|part| part.tokens).sum::<u128>(), order.tokens);
        if order.tokens < asked {
            let mut parts = order.parts.iter();
            prop_assert!(parts.all(|part| part.tokens == validators[part.index].delegated));
        } else {
            // Mirrored: depth below a level that nobody reaches, given = taken.
            let rows: Vec<_> = order
                .parts
                .iter()
                .map(|part| {
                    let validator = &validators[part.index];
                    let depth = 3 * MOST - validator.external - validator.delegated;
                    (depth, part.tokens, validator.delegated, validator.address.as_str())
                })
                .collect();
            prop_assert!(is_unit_exact(&rows));
        }
    }
}

#[test]
fn absurd_policies_and_amounts_saturate_instead_of_failing() {
    let validators: Vec<_> = (0..300)
        .map(|i| Validator {
            limits: Limits {
                self_bond: Some(MOST),
                ..Limits::default()
            },
            ..Validator::eligible(format!("valoper{i:03}"), MOST, MOST)
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
    let result = compute_targets(
        300 * MOST,
        300 * MOST,
        600 * MOST,
        &policy,
        &validators,
        &groups,
    )
    .unwrap();
    assert_eq!(result.tokens, vec![MOST; 300]);
    assert_eq!(
        compute_capacity(600 * MOST, &policy, &validators),
        u128::MAX
    );
}
