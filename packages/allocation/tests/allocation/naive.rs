//! The twins: the rules as the README states them, one unit at a time, in plain 128-bit
//! arithmetic that suits small numbers only. They share no code with the crate.

use cosmwasm_std::Decimal;
use defenders_allocation::{Binding, FillInput, Group, Groups, Policy, Seat, ShaveSeat};

use crate::strategy::Case;

const ONE: u128 = 1_000_000_000_000_000_000;

fn part(share: Decimal, tokens: u128) -> u128 {
    share.atomics().u128() * tokens / ONE
}

/// The seat's own caps, each with its name, in the order in which equal ones are named.
fn own_caps(total: u128, total_bonded: u128, policy: &Policy, seat: &Seat) -> Vec<(u128, Binding)> {
    let mut own = vec![(part(policy.vault_share_cap, total), Binding::VaultShare)];
    if let Some(share) = policy.chain_share_cap {
        let most = part(share, total_bonded);
        own.push((most.saturating_sub(seat.external), Binding::ChainShare));
    }
    if let Some(share) = policy.match_cap {
        let gamma = share.atomics().u128();
        own.push((gamma * seat.external / (ONE - gamma), Binding::Match));
    }
    if let Some(declared) = seat.declared_max {
        own.push((declared, Binding::Declared));
    }
    if let Some(beta) = policy.bond_factor {
        own.push((part(beta, seat.self_bond.unwrap_or(0)), Binding::Bond));
    }
    own
}

/// u_i of every seat.
pub fn caps(total: u128, total_bonded: u128, policy: &Policy, seats: &[Seat]) -> Vec<u128> {
    let least = |seat: &Seat| {
        let own = own_caps(total, total_bonded, policy, seat);
        own.iter().map(|(cap, _)| *cap).min().unwrap()
    };
    seats
        .iter()
        .map(|seat| if seat.eligible { least(seat) } else { 0 })
        .collect()
}

/// Whether seat `i` may have one unit more, as far as its groups go.
fn is_room_in_groups(i: usize, held: &[u128], groups: &[Group], total: u128) -> bool {
    groups
        .iter()
        .filter(|group| group.members.contains(&i))
        .all(|group| {
            let sum: u128 = group.members.iter().map(|member| held[*member]).sum();
            sum < part(group.cap, total)
        })
}

/// Whether no group is above its cap.
pub fn keeps_groups(held: &[u128], groups: &[Group], total: u128) -> bool {
    groups.iter().all(|group| {
        let sum: u128 = group.members.iter().map(|member| held[*member]).sum();
        sum <= part(group.cap, total)
    })
}

/// What the unit-by-unit rule gives on top of `start`.
pub struct Placed {
    /// Vault stake afterwards.
    pub held: Vec<u128>,
    /// Who got units of stage 1.
    pub below_floor: Vec<bool>,
    /// What nobody could take.
    pub unplaced: u128,
}

/// The rule: a unit goes to the smallest stake below its floor, and when there is none to the
/// smallest external + vault stake below its cap; ties to the lower address; never to a member of
/// a full group. `total` is T, which the groups' caps are shares of.
pub fn place(
    start: &[u128],
    caps: &[u128],
    floor: u128,
    seats: &[Seat],
    groups: &Groups,
    total: u128,
    tokens: u128,
) -> Placed {
    let mut placed = Placed {
        held: start.to_vec(),
        below_floor: vec![false; seats.len()],
        unplaced: tokens,
    };
    while placed.unplaced > 0 {
        let held = &mut placed.held;
        let open: Vec<usize> = (0..seats.len())
            .filter(|i| held[*i] < caps[*i] && is_room_in_groups(*i, held, groups.list(), total))
            .collect();
        let by_floor = open
            .iter()
            .filter(|i| held[**i] < floor)
            .min_by_key(|i| (held[**i], &seats[**i].validator));
        let by_level = open
            .iter()
            .min_by_key(|i| (seats[**i].external + held[**i], &seats[**i].validator));
        let Some(i) = by_floor.or(by_level) else {
            break;
        };
        held[*i] += 1;
        placed.below_floor[*i] |= by_floor.is_some();
        placed.unplaced -= 1;
    }
    placed
}

/// l_i before the cap.
pub fn floor(total: u128, policy: &Policy, seats: &[Seat]) -> u128 {
    let eligible = seats.iter().filter(|seat| seat.eligible).count() as u128;
    if eligible == 0 {
        return 0;
    }
    policy.floor.atomics().u128() * total / (ONE * eligible)
}

/// Targets and unplaced tokens.
pub fn targets(case: &Case) -> (Vec<u128>, u128) {
    let Case {
        total,
        total_bonded,
        policy,
        seats,
        groups,
    } = case;
    let (total, start) = (*total, vec![0; seats.len()]);
    let caps = caps(total, *total_bonded, policy, seats);
    let floor = floor(total, policy, seats);
    let placed = place(&start, &caps, floor, seats, groups, total, total);
    (placed.held, placed.unplaced)
}

/// Why each target is not one unit larger: the definition, read out one case after the other.
pub fn bindings(case: &Case, targets: &[u128]) -> Vec<Binding> {
    let groups = case.groups.list();
    let why = |i: usize| {
        let seat = &case.seats[i];
        if !seat.eligible {
            return Binding::Ineligible;
        }
        let own = own_caps(case.total, case.total_bonded, &case.policy, seat);
        if let Some((_, name)) = own.iter().find(|(cap, _)| *cap == targets[i]) {
            return *name;
        }
        let full = (0..groups.len()).filter(|g| {
            let group = std::slice::from_ref(&groups[*g]);
            !is_room_in_groups(i, targets, group, case.total)
        });
        full.min_by_key(|g| &groups[*g].name)
            .map_or(Binding::None, Binding::Group)
    };
    (0..case.seats.len()).map(why).collect()
}

/// The rule on top of the present stakes, for a fill list: excluded seats take nothing.
pub fn filled(input: &FillInput<'_>) -> Placed {
    let FillInput {
        total,
        policy,
        seats,
        groups,
        ..
    } = *input;
    let mut caps = caps(total, input.total_bonded, policy, seats);
    for (cap, excluded) in caps.iter_mut().zip(input.excluded) {
        if *excluded {
            *cap = 0;
        }
    }
    let start: Vec<_> = seats.iter().map(|seat| seat.held).collect();
    let floor = floor(total, policy, seats);
    let tokens = input.idle + total * 5 / 100;
    place(&start, &caps, floor, seats, groups, total, tokens)
}

/// Rooms in filling order before anything is left out: (seat, tokens).
pub fn rooms(input: &FillInput<'_>) -> (Vec<(usize, u128)>, u128) {
    let placed = filled(input);
    let seats = input.seats;
    let mut order: Vec<usize> = (0..seats.len())
        .filter(|i| placed.held[*i] > seats[*i].held)
        .collect();
    order.sort_by_key(|i| {
        let level = seats[*i].external + seats[*i].held;
        (!placed.below_floor[*i], level, seats[*i].validator.clone())
    });
    let rooms = order
        .into_iter()
        .map(|i| (i, placed.held[i] - seats[i].held))
        .collect();
    (rooms, placed.unplaced)
}

/// The shave: (seat, tokens) in the order of preference.
pub fn shave(tokens: u128, max_messages: usize, seats: &[ShaveSeat]) -> Vec<(usize, u128)> {
    let level = |i: usize| seats[i].external + seats[i].held;
    let mut chosen: Vec<usize> = (0..seats.len())
        .filter(|i| seats[*i].held > 0 && seats[*i].available)
        .collect();
    // Later sorts weigh more: address, level, pinned, leaving.
    chosen.sort_by_key(|i| seats[*i].validator.clone());
    chosen.sort_by_key(|i| std::cmp::Reverse(level(*i)));
    chosen.sort_by_key(|i| seats[*i].pinned);
    chosen.sort_by_key(|i| !seats[*i].leaving);
    chosen.truncate(max_messages);

    let held = |chosen: &[usize]| chosen.iter().map(|i| seats[*i].held).sum::<u128>();
    if held(&chosen) < tokens {
        return chosen.into_iter().map(|i| (i, seats[i].held)).collect();
    }
    while !chosen.is_empty() && held(&chosen[..chosen.len() - 1]) >= tokens {
        chosen.pop();
    }
    let mut parts = vec![0; seats.len()];
    for _ in 0..tokens {
        let highest = chosen
            .iter()
            .copied()
            .filter(|i| parts[*i] < seats[*i].held)
            .min_by_key(|i| {
                (
                    std::cmp::Reverse(level(*i) - parts[*i]),
                    &seats[*i].validator,
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
