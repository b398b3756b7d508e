//! The shave: from which validators a withdrawal is paid.

use std::cmp::Reverse;

use crate::{
    error::AllocationError,
    math::add,
    order::{sort_by_address, sort_by_key},
    water::{raise_lowest, Column, Pool, TOKENS},
};

/// A validator that may hold stake of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShaveSeat {
    /// Operator address.
    pub validator: String,
    /// e_i: its stake without the vault's, in tokens.
    pub external: u128,
    /// x_i: the vault's stake on it now, in tokens.
    pub held: u128,
    /// The vault is leaving it.
    pub leaving: bool,
    /// A redelegation into it has not completed: if its source is slashed, entries that unbond
    /// here pay first.
    pub pinned: bool,
    /// It has a free unbonding slot and refused nothing recently.
    pub available: bool,
}

/// Tokens to undelegate from one validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShavePart {
    /// Index of the seat in the input.
    pub seat: usize,
    /// Tokens, never 0 and never above what the seat holds.
    pub tokens: u128,
}

/// What one piece of a batch undelegates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shave {
    /// In the order of preference: leaving, then not pinned, then level descending, then address.
    pub parts: Vec<ShavePart>,
    /// Sum of the parts: what was asked, or less when the candidates hold less.
    pub tokens: u128,
}

/// Spreads `tokens` over at most `max_messages` validators: the first ones by preference that hold
/// something and are available, and of these no more than are needed. Among them the highest level
/// (external + held) is lowered unit by unit, ties to the lower address, none below what the vault
/// holds there. If all of them together hold less than `tokens`, they give all they hold.
pub fn compute_shave(
    tokens: u128,
    max_messages: usize,
    seats: &[ShaveSeat],
) -> Result<Shave, AllocationError> {
    let mut candidates = compute_candidates(seats)?;
    candidates.truncate(max_messages);
    let payers = count_payers(&candidates, tokens);
    candidates.truncate(payers);
    lower_highest(&mut candidates, tokens)?;

    let parts: Vec<_> = candidates
        .iter()
        .filter(|candidate| candidate.part > 0)
        .map(|candidate| ShavePart {
            seat: candidate.index,
            tokens: candidate.part,
        })
        .collect();
    // Cannot saturate: the parts are parts of `tokens`.
    let tokens = parts
        .iter()
        .fold(0, |sum: u128, part| sum.saturating_add(part.tokens));
    Ok(Shave { parts, tokens })
}

struct Candidate<'a> {
    index: usize,
    seat: &'a ShaveSeat,
    level: u128,
    part: u128,
}

/// Who can pay at all, in the order of preference.
fn compute_candidates(seats: &[ShaveSeat]) -> Result<Vec<Candidate<'_>>, AllocationError> {
    let mut candidates = Vec::with_capacity(seats.len());
    for (index, seat) in seats.iter().enumerate() {
        candidates.push(Candidate {
            index,
            seat,
            level: add(seat.external, seat.held)?,
            part: 0,
        });
    }
    sort_by_address(&mut candidates, |candidate| &candidate.seat.validator)?;
    candidates.retain(|candidate| candidate.seat.held > 0 && candidate.seat.available);
    // Stable, so equal keys stay in the order of addresses.
    sort_by_key(&mut candidates, |c| {
        (!c.seat.leaving, c.seat.pinned, Reverse(c.level))
    });
    Ok(candidates)
}

/// How many of the first candidates suffice to pay `tokens`; all, when none do.
fn count_payers(candidates: &[Candidate<'_>], tokens: u128) -> usize {
    let mut unpaid = tokens;
    candidates
        .iter()
        .take_while(|candidate| {
            let needed = unpaid > 0;
            // Saturates: who holds more than is unpaid ends the count.
            unpaid = unpaid.saturating_sub(candidate.seat.held);
            needed
        })
        .count()
}

/// Takes `tokens` from the candidates, from the highest level down. Lowering the highest level is
/// raising the lowest depth below the top, with the same ties.
fn lower_highest(candidates: &mut [Candidate<'_>], tokens: u128) -> Result<(), AllocationError> {
    let top = candidates.iter().map(|c| c.level).max().unwrap_or_default();
    let mut by_address: Vec<_> = candidates.iter_mut().collect();
    sort_by_address(&mut by_address, |candidate| &candidate.seat.validator)?;
    let mut columns: Vec<_> = by_address
        .iter()
        // Cannot saturate: no level is above the top.
        .map(|candidate| {
            let depth = top.saturating_sub(candidate.level);
            Column::new(depth, candidate.seat.held, TOKENS)
        })
        .collect();
    raise_lowest(&mut columns, &mut [Pool::new(tokens)])?;
    for (candidate, column) in by_address.into_iter().zip(columns) {
        candidate.part = column.given;
    }
    Ok(())
}
