//! The rule in two stages, on top of whatever is already there. Targets start from nothing, the
//! fill list starts from the vault's present stake.

use crate::{
    caps::{compute_caps, compute_floor},
    error::AllocationError,
    math::add,
    order::sort_by_address,
    policy::Policy,
    seat::Seat,
    water::{raise_lowest, Column},
};

/// A seat on its way through the rule.
pub(crate) struct Candidate<'a> {
    /// Its place in the input.
    pub seat: usize,
    pub validator: &'a str,
    pub external: u128,
    /// The vault's stake that it starts from.
    pub start: u128,
    /// u_i.
    pub cap: u128,
    /// min(l_i, u_i).
    pub floor: u128,
    /// Units of stage 1, to the floor.
    pub to_floor: u128,
    /// Units of stage 2, to the common level.
    pub to_level: u128,
}

impl Candidate<'_> {
    /// All that it was given. Cannot saturate: both are parts of one amount.
    pub(crate) fn given(&self) -> u128 {
        self.to_floor.saturating_add(self.to_level)
    }
}

/// All seats as candidates in ascending operator address, starting from nothing.
pub(crate) fn compute_candidates<'a>(
    total: u128,
    total_bonded: u128,
    policy: &Policy,
    seats: &'a [Seat],
) -> Result<Vec<Candidate<'a>>, AllocationError> {
    let floor = compute_floor(total, policy, seats);
    let caps = compute_caps(total, total_bonded, policy, seats)?;
    let mut candidates: Vec<_> = seats
        .iter()
        .zip(caps)
        .enumerate()
        .map(|(index, (seat, cap))| Candidate {
            seat: index,
            validator: &seat.validator,
            external: seat.external,
            start: 0,
            cap: cap.tokens,
            floor: floor.min(cap.tokens),
            to_floor: 0,
            to_level: 0,
        })
        .collect();
    sort_by_address(&mut candidates, |candidate| candidate.validator)?;
    Ok(candidates)
}

/// Gives `tokens` to the candidates, who stand in ascending operator address, and returns what
/// nobody could take. Stage 1 raises the lowest start to its floor; stage 2 raises the lowest
/// external + vault stake to its cap.
pub(crate) fn place(
    candidates: &mut [Candidate<'_>],
    tokens: u128,
) -> Result<u128, AllocationError> {
    let mut columns: Vec<_> = candidates
        .iter()
        // Saturates: who stands above the floor needs nothing.
        .map(|c| Column::new(c.start, c.floor.saturating_sub(c.start)))
        .collect();
    let left = raise_lowest(&mut columns, tokens)?;

    for (candidate, column) in candidates.iter_mut().zip(columns.iter_mut()) {
        candidate.to_floor = column.given;
        let held = add(candidate.start, candidate.to_floor)?;
        let level = add(candidate.external, held)?;
        // Saturates: who stands above the cap gets nothing.
        *column = Column::new(level, candidate.cap.saturating_sub(held));
    }
    let left = raise_lowest(&mut columns, left)?;

    for (candidate, column) in candidates.iter_mut().zip(columns) {
        candidate.to_level = column.given;
    }
    Ok(left)
}
