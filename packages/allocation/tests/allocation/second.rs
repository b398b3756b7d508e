//! A second fast algorithm, for sizes where no unit-by-unit twin can follow. It bisects the level
//! at which each group is full, takes the lowest, hands that level out by address, freezes who
//! finds a group full, and begins anew. It shares no code with the crate, and its caps come from
//! 256-bit formulas of its own.

use cosmwasm_std::{Decimal, Uint128, Uint256};
use defenders_allocation::{Policy, Validator};

use crate::strategy::Case;

const ONE: u128 = 1_000_000_000_000_000_000;

/// floor(a x b / c).
fn ratio(a: u128, b: u128, c: u128) -> u128 {
    let exact = Uint256::from(a) * Uint256::from(b) / Uint256::from(c);
    Uint128::try_from(exact).unwrap().u128()
}

fn part(share: Decimal, tokens: u128) -> u128 {
    ratio(share.atomics().u128(), tokens, ONE)
}

fn cap(base: u128, total_bonded: u128, policy: &Policy, validator: &Validator) -> u128 {
    if !validator.is_eligible() {
        return 0;
    }
    let mut cap = part(policy.vault_share_cap, base);
    if let Some(share) = policy.chain_share_cap {
        cap = cap.min(part(share, total_bonded).saturating_sub(validator.external));
    }
    if let Some(share) = policy.match_cap {
        let gamma = share.atomics().u128();
        cap = cap.min(ratio(gamma, validator.external, ONE - gamma));
    }
    if let Some(beta) = policy.bond_factor {
        cap = cap.min(part(beta, validator.limits.self_bond.unwrap_or(0)));
    }
    let limits = &validator.limits;
    cap.min(limits.owner_max.unwrap_or(u128::MAX))
        .min(limits.own_max.unwrap_or(u128::MAX))
}

/// One who rises: where from, how far, and whether for good.
#[derive(Clone)]
struct Riser {
    from: u128,
    slot: u128,
    got: u128,
    frozen: bool,
}

/// Members by their place in the order of addresses, and what they may still take.
struct Budget {
    members: Vec<usize>,
    left: u128,
}

fn wanted(riser: &Riser, level: u128) -> u128 {
    if riser.frozen {
        return 0;
    }
    let most = riser.slot.min(level.saturating_sub(riser.from));
    most.saturating_sub(riser.got)
}

fn need(budget: &Budget, risers: &[Riser], level: u128) -> u128 {
    let members = budget.members.iter();
    members.map(|i| wanted(&risers[*i], level)).sum()
}

/// The highest level that the budget can pay for, none when it can pay for any.
fn last_level(budget: &Budget, risers: &[Riser], top: u128) -> Option<u128> {
    if need(budget, risers, top) <= budget.left {
        return None;
    }
    let (mut low, mut high) = (0, top);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if need(budget, risers, middle) <= budget.left {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

fn give(i: usize, tokens: u128, risers: &mut [Riser], budgets: &mut [Budget]) {
    risers[i].got += tokens;
    for budget in budgets.iter_mut().filter(|b| b.members.contains(&i)) {
        budget.left -= tokens;
    }
}

fn raise(risers: &mut [Riser], budgets: &mut [Budget]) {
    let tops = risers.iter().map(|r| r.from + r.slot);
    let top = tops.max().unwrap_or(0);
    loop {
        let levels = budgets.iter().map(|b| last_level(b, risers, top));
        let level = levels.flatten().min();
        for i in 0..risers.len() {
            let tokens = wanted(&risers[i], level.unwrap_or(top));
            give(i, tokens, risers, budgets);
        }
        let Some(level) = level else {
            return;
        };
        for i in 0..risers.len() {
            if wanted(&risers[i], level + 1) == 0 {
                continue;
            }
            let mut own = budgets.iter().filter(|b| b.members.contains(&i));
            if own.all(|budget| budget.left > 0) {
                give(i, 1, risers, budgets);
            } else {
                risers[i].frozen = true;
            }
        }
    }
}

/// Targets and unplaced tokens, in the order of the validators.
pub fn targets(case: &Case) -> (Vec<u128>, u128) {
    let validators = &case.validators;
    let mut order: Vec<usize> = (0..validators.len()).collect();
    order.sort_by_key(|i| validators[*i].address.as_bytes());
    let place = |validator: &usize| order.iter().position(|i| i == validator).unwrap();

    let everybody = Budget {
        members: (0..validators.len()).collect(),
        left: case.total,
    };
    let mut budgets = vec![everybody];
    budgets.extend(case.groups.list().iter().map(|group| Budget {
        members: group.members.iter().map(place).collect(),
        left: part(group.cap, case.base),
    }));

    let eligible = validators
        .iter()
        .filter(|validator| validator.is_eligible())
        .count() as u128;
    let phi = case.policy.floor.atomics().u128();
    let floor = ratio(phi, case.base, ONE * eligible.max(1));
    let caps: Vec<u128> = order
        .iter()
        .map(|i| cap(case.base, case.total_bonded, &case.policy, &validators[*i]))
        .collect();
    let riser = |from, slot| Riser {
        from,
        slot,
        got: 0,
        frozen: false,
    };
    let mut first: Vec<_> = caps.iter().map(|cap| riser(0, floor.min(*cap))).collect();
    raise(&mut first, &mut budgets);
    let mut second: Vec<_> = (0..caps.len())
        .map(|i| {
            let got = first[i].got;
            riser(validators[order[i]].external + got, caps[i] - got)
        })
        .collect();
    raise(&mut second, &mut budgets);

    let mut targets = vec![0; validators.len()];
    for (i, validator) in order.iter().enumerate() {
        targets[*validator] = first[i].got + second[i].got;
    }
    (targets, budgets[0].left)
}
