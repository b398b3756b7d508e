//! The twins: the rules as the README states them, one unit at a time, in plain 128-bit
//! arithmetic that suits small numbers only. They share no code with the crate.

use cosmwasm_std::Decimal;
use defenders_allocation::{Binding, FillInput, Group, Groups, Policy, Standing, Validator};

use crate::strategy::{Case, NOW};

const ONE: u128 = 1_000_000_000_000_000_000;

fn part(share: Decimal, tokens: u128) -> u128 {
    share.atomics().u128() * tokens / ONE
}

/// The validator's own caps, each with its name, in the order in which equal ones are named.
fn own_caps(
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validator: &Validator,
) -> Vec<(u128, Binding)> {
    let mut own = vec![(part(policy.vault_share_cap, base), Binding::VaultShare)];
    if let Some(share) = policy.chain_share_cap {
        let most = part(share, total_bonded);
        own.push((most.saturating_sub(validator.external), Binding::ChainShare));
    }
    if let Some(share) = policy.match_cap {
        let gamma = share.atomics().u128();
        own.push((gamma * validator.external / (ONE - gamma), Binding::Match));
    }
    if let Some(most) = validator.limits.owner_max {
        own.push((most, Binding::OwnerMaximum));
    }
    if let Some(most) = validator.limits.own_max {
        own.push((most, Binding::OwnMaximum));
    }
    if let Some(beta) = policy.bond_factor {
        own.push((
            part(beta, validator.limits.self_bond.unwrap_or(0)),
            Binding::Bond,
        ));
    }
    own
}

/// u_i of every validator.
pub fn caps(
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: &[Validator],
) -> Vec<u128> {
    let least = |validator: &Validator| {
        let own = own_caps(base, total_bonded, policy, validator);
        own.iter().map(|(cap, _)| *cap).min().unwrap()
    };
    validators
        .iter()
        .map(|validator| {
            if validator.is_eligible() {
                least(validator)
            } else {
                0
            }
        })
        .collect()
}

/// Whether validator `i` may have one unit more, as far as its groups go.
fn is_slot_in_groups(i: usize, delegated: &[u128], groups: &[Group], base: u128) -> bool {
    groups
        .iter()
        .filter(|group| group.members.contains(&i))
        .all(|group| {
            let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
            sum < part(group.cap, base)
        })
}

/// Whether no group is above its cap.
pub fn keeps_groups(delegated: &[u128], groups: &[Group], base: u128) -> bool {
    groups.iter().all(|group| {
        let sum: u128 = group.members.iter().map(|member| delegated[*member]).sum();
        sum <= part(group.cap, base)
    })
}

/// What the unit-by-unit rule gives on top of `start`.
pub struct Placed {
    /// Vault stake afterwards.
    pub delegated: Vec<u128>,
    /// Who got units of stage 1.
    pub below_floor: Vec<bool>,
    /// What nobody could take.
    pub unplaced: u128,
}

/// The rule: a unit goes to the smallest stake below its floor, and when there is none to the
/// smallest external + vault stake below its cap; ties to the lower address; never to a member of
/// a full group. `base` is W, which the groups' caps are shares of.
pub fn place(
    start: &[u128],
    caps: &[u128],
    floor: u128,
    validators: &[Validator],
    groups: &Groups,
    base: u128,
    tokens: u128,
) -> Placed {
    let mut placed = Placed {
        delegated: start.to_vec(),
        below_floor: vec![false; validators.len()],
        unplaced: tokens,
    };
    while placed.unplaced > 0 {
        let delegated = &mut placed.delegated;
        let open: Vec<usize> = (0..validators.len())
            .filter(|i| {
                delegated[*i] < caps[*i] && is_slot_in_groups(*i, delegated, groups.list(), base)
            })
            .collect();
        let by_floor = open
            .iter()
            .filter(|i| delegated[**i] < floor)
            .min_by_key(|i| (delegated[**i], &validators[**i].address));
        let by_level = open.iter().min_by_key(|i| {
            (
                validators[**i].external + delegated[**i],
                &validators[**i].address,
            )
        });
        let Some(i) = by_floor.or(by_level) else {
            break;
        };
        delegated[*i] += 1;
        placed.below_floor[*i] |= by_floor.is_some();
        placed.unplaced -= 1;
    }
    placed
}

/// l_i before the cap.
pub fn floor(base: u128, policy: &Policy, validators: &[Validator]) -> u128 {
    let eligible = validators
        .iter()
        .filter(|validator| validator.is_eligible())
        .count() as u128;
    if eligible == 0 {
        return 0;
    }
    policy.floor.atomics().u128() * base / (ONE * eligible)
}

/// Targets and unplaced tokens.
pub fn targets(case: &Case) -> (Vec<u128>, u128) {
    let Case {
        total,
        base,
        total_bonded,
        policy,
        validators,
        groups,
    } = case;
    let (total, base, start) = (*total, *base, vec![0; validators.len()]);
    let caps = caps(base, *total_bonded, policy, validators);
    let floor = floor(base, policy, validators);
    let placed = place(&start, &caps, floor, validators, groups, base, total);
    (placed.delegated, placed.unplaced)
}

/// Why each target is not one unit larger: the definition, read out one case after the other.
pub fn bindings(case: &Case, targets: &[u128]) -> Vec<Binding> {
    let groups = case.groups.list();
    let why = |i: usize| {
        let validator = &case.validators[i];
        if !validator.is_eligible() {
            return Binding::Ineligible;
        }
        let own = own_caps(case.base, case.total_bonded, &case.policy, validator);
        if let Some((_, name)) = own.iter().find(|(cap, _)| *cap == targets[i]) {
            return *name;
        }
        let full = (0..groups.len()).filter(|g| {
            let group = std::slice::from_ref(&groups[*g]);
            !is_slot_in_groups(i, targets, group, case.base)
        });
        full.min_by_key(|g| &groups[*g].name)
            .map_or(Binding::None, Binding::Group)
    };
    (0..case.validators.len()).map(why).collect()
}

/// The rule on top of the present stakes, for a fill list: refusing validators take nothing.
pub fn filled(input: &FillInput<'_>) -> Placed {
    let FillInput {
        total,
        base,
        policy,
        validators,
        groups,
        ..
    } = *input;
    let mut caps = caps(base, input.total_bonded, policy, validators);
    for (cap, validator) in caps.iter_mut().zip(validators) {
        if validator.locks.retry_at.is_some_and(|at| input.now < at) {
            *cap = 0;
        }
    }
    let start: Vec<_> = validators
        .iter()
        .map(|validator| validator.delegated)
        .collect();
    let floor = floor(base, policy, validators);
    let tokens = input.idle + total * 5 / 100;
    place(&start, &caps, floor, validators, groups, base, tokens)
}

/// Slots in filling order before anything is left out: (validator, tokens).
pub fn slots(input: &FillInput<'_>) -> (Vec<(usize, u128)>, u128) {
    let placed = filled(input);
    let validators = input.validators;
    let mut order: Vec<usize> = (0..validators.len())
        .filter(|i| placed.delegated[*i] > validators[*i].delegated)
        .collect();
    order.sort_by_key(|i| {
        let level = validators[*i].external + validators[*i].delegated;
        (
            !placed.below_floor[*i],
            level,
            validators[*i].address.clone(),
        )
    });
    let slots = order
        .into_iter()
        .map(|i| (i, placed.delegated[i] - validators[i].delegated))
        .collect();
    (slots, placed.unplaced)
}

/// Whether it has stake that can be undelegated: six of seven entries at most, no refusal.
pub fn can_pay(validator: &Validator) -> bool {
    let locks = validator.locks;
    validator.delegated > 0
        && !locks.entries_full
        && locks.unbonding_entries < 6
        && locks.retry_at.map_or(true, |at| at <= NOW)
}

/// The withdrawal order: (validator, tokens) in the order of preference.
pub fn withdrawal_order(
    tokens: u128,
    dust_below: u128,
    max_messages: usize,
    validators: &[Validator],
) -> Vec<(usize, u128)> {
    let level = |i: usize| validators[i].external + validators[i].delegated;
    let mut chosen: Vec<usize> = (0..validators.len())
        .filter(|i| can_pay(&validators[*i]))
        .collect();
    // Later sorts weigh more: address, level, locked, leaving.
    chosen.sort_by_key(|i| validators[*i].address.clone());
    chosen.sort_by_key(|i| std::cmp::Reverse(level(*i)));
    chosen.sort_by_key(|i| {
        validators[*i]
            .locks
            .redelegation_locked_until
            .is_some_and(|at| NOW < at)
    });
    chosen.sort_by_key(|i| !matches!(validators[*i].standing, Standing::Leaving(_)));
    if tokens < dust_below {
        let mut alone = chosen.clone();
        alone.retain(|i| validators[*i].delegated >= tokens);
        alone.sort_by_key(|i| validators[*i].locks.unbonding_entries);
        if let Some(payer) = alone.first() {
            chosen = vec![*payer];
        }
    }
    chosen.truncate(max_messages);

    let delegated = |chosen: &[usize]| {
        chosen
            .iter()
            .map(|i| validators[*i].delegated)
            .sum::<u128>()
    };
    if delegated(&chosen) < tokens {
        return chosen
            .into_iter()
            .map(|i| (i, validators[i].delegated))
            .collect();
    }
    while !chosen.is_empty() && delegated(&chosen[..chosen.len() - 1]) >= tokens {
        chosen.pop();
    }
    let mut parts = vec![0; validators.len()];
    for _ in 0..tokens {
        let highest = chosen
            .iter()
            .copied()
            .filter(|i| parts[*i] < validators[*i].delegated)
            .min_by_key(|i| {
                (
                    std::cmp::Reverse(level(*i) - parts[*i]),
                    &validators[*i].address,
                )
            })
            .unwrap();
        parts[highest] += 1;
    }
    chosen
        .into_iter()
        .map(|i| (i, parts[i]))
        .filter(|(_, part)| *part > 0)
        .collect()
}
