//! The rule in two stages, on top of whatever is already there. Targets start from nothing, the
//! fill list starts from the vault's present stake.

use super::water::{raise_lowest, Column, Pool};
use crate::gather::Gather;
use crate::{
    caps::{compute_floor, Cap},
    error::AllocationError,
    group::Groups,
    math::add,
    order::sort_by_address,
    policy::Policy,
    validator::Validator,
};

/// A validator on its way through the rule.
pub(crate) struct Candidate<'a> {
    /// Its index in the input.
    pub index: usize,
    pub validator: &'a Validator,
    /// The pools that its units are taken from: the tokens, and its groups.
    pub draws: &'a [usize],
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

/// All validators as candidates in ascending operator address, starting from nothing. `caps` stand in the
/// order of the validators.
pub(crate) fn compute_candidates<'a>(
    base: u128,
    caps: &[Cap],
    policy: &Policy,
    validators: &'a [Validator],
    groups: &'a Groups,
) -> Result<Vec<Candidate<'a>>, AllocationError> {
    let all = validators.len();
    if !groups.fit(all) {
        return Err(AllocationError::GroupsMismatch { validators: all });
    }
    let floor = compute_floor(base, policy, validators);
    let mut candidates: Vec<_> = validators
        .iter()
        .zip(caps)
        .enumerate()
        .map(|(index, (validator, cap))| Candidate {
            index,
            validator,
            draws: groups.draws_of(index),
            start: 0,
            cap: cap.tokens,
            floor: floor.min(cap.tokens),
            to_floor: 0,
            to_level: 0,
        })
        .gather();
    sort_by_address(&mut candidates, |candidate| &candidate.validator.address)?;
    Ok(candidates)
}

/// Gives the tokens in the first of the `pools` to the candidates, who stand in ascending operator
/// address; what nobody could take stays there. Stage 1 raises the lowest start to its floor;
/// stage 2 raises the lowest external + vault stake to its cap. Both draw from the same pools, so
/// a group's cap counts them together.
pub(crate) fn allocate(
    candidates: &mut [Candidate<'_>],
    pools: &mut [Pool],
) -> Result<(), AllocationError> {
    let mut columns: Vec<_> = candidates
        .iter()
        // Saturates: who stands above the floor needs nothing.
        .map(|c| Column::new(c.start, c.floor.saturating_sub(c.start), c.draws))
        .gather();
    raise_lowest(&mut columns, pools)?;
    let to_floor: Vec<_> = columns.into_iter().map(|column| column.given).gather();

    let mut columns = Vec::with_capacity(candidates.len());
    for (candidate, to_floor) in candidates.iter().zip(&to_floor) {
        let delegated = add(candidate.start, *to_floor)?;
        let level = add(candidate.validator.external, delegated)?;
        // Saturates: who stands above the cap gets nothing.
        let headroom = candidate.cap.saturating_sub(delegated);
        columns.push(Column::new(level, headroom, candidate.draws));
    }
    raise_lowest(&mut columns, pools)?;
    let to_level: Vec<_> = columns.into_iter().map(|column| column.given).gather();

    for (candidate, given) in candidates
        .iter_mut()
        .zip(to_floor.into_iter().zip(to_level))
    {
        (candidate.to_floor, candidate.to_level) = given;
    }
    Ok(())
}
