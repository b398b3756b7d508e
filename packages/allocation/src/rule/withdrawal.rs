//! The withdrawal order: from which validators a withdrawal is paid.

use crate::gather::Gather;
use std::cmp::Reverse;

use super::water::{raise_lowest, Column, Pool};
use crate::{
    error::AllocationError,
    group::TOKENS,
    math::add,
    order::{sort_by_address, sort_by_key},
    validator::Validator,
};

/// What a withdrawal is worked out from.
#[derive(Debug, Clone, Copy)]
pub struct WithdrawalInput<'a> {
    /// What is to be paid.
    pub tokens: u128,
    /// Less than this is dust, see [`compute_dust_threshold_floor`]. With 0 nothing is.
    pub dust_below: u128,
    /// K: most undelegations.
    pub max_messages: usize,
    /// Live entries that the chain allows, see [`crate::DEFAULT_MAX_ENTRIES`].
    pub max_entries: u32,
    /// All validators on which the vault may have stake. `delegated` is what can be undelegated:
    /// where the chain does not let go of the last unit, without that one.
    pub validators: &'a [Validator],
    /// The present time, in the unit of the locks.
    pub now: u64,
}

/// Tokens to undelegate from one validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawalPart {
    /// Index of the validator in the input.
    pub index: usize,
    /// Tokens, never 0 and never above what the vault has there.
    pub tokens: u128,
}

/// What one piece of a batch undelegates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalOrder {
    /// In the order of preference: leaving, then without a live redelegation into it, then level
    /// descending, then address.
    pub parts: Vec<WithdrawalPart>,
    /// Sum of the parts: what was asked, or less when the candidates hold less.
    pub tokens: u128,
}

impl WithdrawalInput<'_> {
    /// Whether the vault has stake there that it can undelegate now: an unbonding entry is free
    /// beside the one that is kept for leaving, and it refused nothing recently.
    pub fn can_pay(&self, validator: &Validator) -> bool {
        let locks = &validator.locks;
        validator.delegated > 0
            && locks.has_entry_for_withdrawal(self.max_entries)
            && !locks.is_refusing(self.now)
    }

    fn is_dust(&self) -> bool {
        self.tokens < self.dust_below
    }
}

/// What a withdrawal must reach not to be dust: 0.1 % of all that the vault has `delegated`, rounded
/// down, and at least the least delegation.
///
/// x/staking allows a delegator 7 unbonding entries for each validator (its parameter `MaxEntries`),
/// however small they are. Where one unit a day is taken from the top as everything else, it uses up
/// the entries of the largest validators one after the other, and who leaves with much waits until they
/// complete: 33 days instead of 22 were measured. So dust goes where most entries are free: a validator
/// has its m-th entry of dust only when all others that can pay it have m - 1.
#[must_use]
pub fn compute_dust_threshold_floor(delegated: u128, min_delegation: u128) -> u128 {
    min_delegation.max(delegated / 1_000)
}

/// Spreads the tokens over at most `max_messages` validators: the first ones by preference that can
/// pay, and of these no more than are needed. Among them the highest level (external + delegated)
/// is lowered unit by unit, ties to the lower address, none below what the vault has there. If all
/// of them together have less than the tokens, they give all they have.
///
/// Validators with a live redelegation into them come late: if its source is slashed, entries that
/// unbond here pay first.
///
/// Dust that one validator can pay is taken from the one with the most free entries, of several from
/// the first by preference.
pub fn compute_withdrawal_order(
    input: &WithdrawalInput<'_>,
) -> Result<WithdrawalOrder, AllocationError> {
    let mut candidates = compute_candidates(input)?;
    if let Some(payer) = find_dust_payer(&candidates, input) {
        candidates = candidates.into_iter().skip(payer).take(1).gather();
    }
    candidates.truncate(input.max_messages);
    let payers = count_payers(&candidates, input.tokens);
    candidates.truncate(payers);
    lower_highest(&mut candidates, input.tokens)?;

    let parts: Vec<_> = candidates
        .iter()
        .filter(|candidate| candidate.part > 0)
        .map(|candidate| WithdrawalPart {
            index: candidate.index,
            tokens: candidate.part,
        })
        .gather();
    // Cannot saturate: the parts are parts of the tokens.
    let tokens = parts
        .iter()
        .fold(0, |sum: u128, part| sum.saturating_add(part.tokens));
    Ok(WithdrawalOrder { parts, tokens })
}

struct Candidate<'a> {
    index: usize,
    validator: &'a Validator,
    level: u128,
    part: u128,
}

/// Who can pay at all, in the order of preference.
fn compute_candidates<'a>(
    input: &WithdrawalInput<'a>,
) -> Result<Vec<Candidate<'a>>, AllocationError> {
    let mut candidates = Vec::with_capacity(input.validators.len());
    for (index, validator) in input.validators.iter().enumerate() {
        candidates.push(Candidate {
            index,
            validator,
            level: add(validator.external, validator.delegated)?,
            part: 0,
        });
    }
    sort_by_address(&mut candidates, |candidate| &candidate.validator.address)?;
    candidates.retain(|candidate| input.can_pay(candidate.validator));
    // Stable, so equal keys stay in the order of addresses.
    sort_by_key(&mut candidates, |c| {
        (
            c.validator.departure().is_none(),
            c.validator.locks.is_redelegation_locked(input.now),
            Reverse(c.level),
        )
    });
    Ok(candidates)
}

/// The place of the one that pays dust. `None`: it is not dust, or nobody can pay it alone.
fn find_dust_payer(candidates: &[Candidate<'_>], input: &WithdrawalInput<'_>) -> Option<usize> {
    if !input.is_dust() {
        return None;
    }
    let able = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.validator.delegated >= input.tokens);
    // Of equal ones the first.
    let payer = able.min_by_key(|(_, candidate)| candidate.validator.locks.unbonding_entries);
    payer.map(|(place, _)| place)
}

/// How many of the first candidates suffice to pay `tokens`; all, when none do.
fn count_payers(candidates: &[Candidate<'_>], tokens: u128) -> usize {
    let mut unpaid = tokens;
    candidates
        .iter()
        .take_while(|candidate| {
            let needed = unpaid > 0;
            // Saturates: who has more than is unpaid ends the count.
            unpaid = unpaid.saturating_sub(candidate.validator.delegated);
            needed
        })
        .count()
}

/// Takes `tokens` from the candidates, from the highest level down. Lowering the highest level is
/// raising the lowest depth below the top, with the same ties.
fn lower_highest(candidates: &mut [Candidate<'_>], tokens: u128) -> Result<(), AllocationError> {
    let top = candidates.iter().map(|c| c.level).max().unwrap_or_default();
    let mut by_address: Vec<_> = candidates.iter_mut().gather();
    sort_by_address(&mut by_address, |candidate| &candidate.validator.address)?;
    let mut columns: Vec<_> = by_address
        .iter()
        // Cannot saturate: no level is above the top.
        .map(|candidate| {
            let depth = top.saturating_sub(candidate.level);
            Column::new(depth, candidate.validator.delegated, TOKENS)
        })
        .gather();
    raise_lowest(&mut columns, &mut [Pool::new(tokens)])?;
    for (candidate, column) in by_address.into_iter().zip(columns) {
        candidate.part = column.given;
    }
    Ok(())
}
