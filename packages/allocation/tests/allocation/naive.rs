//! The twins: the rules as the README states them, one unit at a time, in plain 128-bit
//! arithmetic that suits small numbers only. They share no code with the crate.

use cosmwasm_std::Decimal;
use defenders_allocation::{FillInput, Policy, Seat, ShaveSeat};

const ONE: u128 = 1_000_000_000_000_000_000;

/// u_i of every seat.
pub fn caps(total: u128, total_bonded: u128, policy: &Policy, seats: &[Seat]) -> Vec<u128> {
    let part = |share: Decimal, tokens: u128| share.atomics().u128() * tokens / ONE;
    seats
        .iter()
        .map(|seat| {
            if !seat.eligible {
                return 0;
            }
            let mut cap = part(policy.vault_share_cap, total);
            if let Some(share) = policy.chain_share_cap {
                let most = part(share, total_bonded);
                cap = cap.min(most.saturating_sub(seat.external));
            }
            if let Some(share) = policy.match_cap {
                let gamma = share.atomics().u128();
                cap = cap.min(gamma * seat.external / (ONE - gamma));
            }
            cap
        })
        .collect()
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
/// smallest external + vault stake below its cap; ties to the lower address.
pub fn place(start: &[u128], caps: &[u128], floor: u128, seats: &[Seat], tokens: u128) -> Placed {
    let mut held = start.to_vec();
    let mut below_floor = vec![false; seats.len()];
    let all = || 0..seats.len();
    for placed in 0..tokens {
        let by_floor = all()
            .filter(|i| held[*i] < floor.min(caps[*i]))
            .min_by_key(|i| (held[*i], &seats[*i].validator));
        if let Some(i) = by_floor {
            below_floor[i] = true;
            held[i] += 1;
            continue;
        }
        let by_level = all()
            .filter(|i| held[*i] < caps[*i])
            .min_by_key(|i| (seats[*i].external + held[*i], &seats[*i].validator));
        match by_level {
            Some(i) => held[i] += 1,
            None => {
                let unplaced = tokens - placed;
                return Placed {
                    held,
                    below_floor,
                    unplaced,
                };
            }
        }
    }
    Placed {
        held,
        below_floor,
        unplaced: 0,
    }
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
pub fn targets(
    total: u128,
    total_bonded: u128,
    policy: &Policy,
    seats: &[Seat],
) -> (Vec<u128>, u128) {
    let caps = caps(total, total_bonded, policy, seats);
    let start = vec![0; seats.len()];
    let placed = place(&start, &caps, floor(total, policy, seats), seats, total);
    (placed.held, placed.unplaced)
}

/// The rule on top of the present stakes, for a fill list: excluded seats take nothing.
pub fn filled(input: &FillInput<'_>) -> Placed {
    let FillInput {
        total,
        policy,
        seats,
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
    place(&start, &caps, floor, seats, input.idle + total * 5 / 100)
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
