//! Targets: who should hold how much of the whole vault.

use super::{
    candidate::{allocate, compute_candidates},
    water::Pool,
};
use crate::gather::Gather;
use crate::{
    caps::{compute_caps, Cap},
    error::AllocationError,
    group::Groups,
    order::sort_by_key,
    policy::Policy,
    validator::Validator,
};

/// The result of the target rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// t_i in tokens, in the order of the validators given.
    pub tokens: Vec<u128>,
    /// What the caps leave no place for. Targets and this add up to the total.
    pub unplaced: u128,
}

/// The target rule: allocates `total` (T) tokens to the validators, on a chain with `total_bonded` (S)
/// tokens bonded, no group above its cap. Caps and floor are shares of `base` (W): T and what is
/// unbonding to be delegated again. It does not look at what the vault holds now, and does
/// not depend on the order of the validators or groups.
pub fn compute_targets(
    total: u128,
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: &[Validator],
    groups: &Groups,
) -> Result<Targets, AllocationError> {
    let caps = compute_caps(base, total_bonded, policy, validators)?;
    compute_targets_within(total, base, &caps, policy, validators, groups)
}

/// The same with these caps: those of [`compute_caps`], by whoever needs them too.
pub fn compute_targets_within(
    total: u128,
    base: u128,
    caps: &[Cap],
    policy: &Policy,
    validators: &[Validator],
    groups: &Groups,
) -> Result<Targets, AllocationError> {
    let mut candidates = compute_candidates(base, caps, policy, validators, groups)?;
    let mut pools = Pool::of(total, groups.headroom(base, &[]));
    allocate(&mut candidates, &mut pools)?;
    // Back from address order to the caller's.
    sort_by_key(&mut candidates, |candidate| candidate.index);
    let tokens = candidates.iter().map(|c| c.given()).gather();
    let unplaced = pools.first().map_or(0, |tokens| tokens.left);
    Ok(Targets { tokens, unplaced })
}
