//! The fill list: where the next deposits go, worked out ahead, so that a deposit costs the same
//! with 10 validators as with 200.

use super::{
    candidate::{allocate, compute_candidates},
    water::Pool,
};
use crate::gather::Gather;
use crate::{
    caps::compute_caps, error::AllocationError, group::Groups, math::add, order::sort_by_key,
    policy::Policy, validator::Validator,
};

/// The list plans for this part of T (1/20 = 5 %) on top of the idle tokens.
const AHEAD_DIVISOR: u128 = 20;

/// What the fill list is built from. Amounts in tokens.
#[derive(Debug, Clone, Copy)]
pub struct FillInput<'a> {
    /// T now: the list plans for a part of it.
    pub total: u128,
    /// W: T and what is unbonding to be delegated again. Caps and floor are shares of it.
    pub base: u128,
    /// S: all bonded stake.
    pub total_bonded: u128,
    /// Idle tokens above the reserve.
    pub idle: u128,
    /// No delegation below this, so no slot below it either.
    pub min_delegation: u128,
    /// Most slots of one list.
    pub max_slots: usize,
    /// Caps and floor.
    pub policy: &'a Policy,
    /// The listed validators with the vault's present stake. One that refuses at `now` gets no
    /// slot, but stays in the number of eligible ones: a refusal must not raise everybody's floor.
    pub validators: &'a [Validator],
    /// Groups of validators, with their caps as in force. What members hold counts, eligible or
    /// not: a group above its cap gives no slot.
    pub groups: &'a Groups,
    /// The present time, in the unit of the locks.
    pub now: u64,
}

/// Tokens that a validator may still be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepositSlot {
    /// Index of the validator in the input.
    pub index: usize,
    /// Tokens, never 0.
    pub tokens: u128,
}

/// The slots in the order in which they are filled. Slots, `left_out` and `unplaced` add up to the
/// idle tokens plus 5 % of T, rounded down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillList {
    /// One feasible joint allocation: filling them in any order, in part or in full, keeps every
    /// cap, those of groups included.
    pub slots: Vec<DepositSlot>,
    /// Sum of the slots below `min_delegation` or beyond `max_slots`.
    pub left_out: u128,
    /// What the caps leave no place for.
    pub unplaced: u128,
}

/// The target rule for idle + 5 % of T on top of the present stakes. Slots are ordered: first those
/// of validators that were below their floor, then by level (external + delegated) ascending, then
/// by address.
pub fn compute_fill_list(input: &FillInput<'_>) -> Result<FillList, AllocationError> {
    let FillInput {
        total,
        base,
        total_bonded,
        policy,
        validators,
        groups,
        ..
    } = *input;
    let caps = compute_caps(base, total_bonded, policy, validators)?;
    let mut candidates = compute_candidates(base, &caps, policy, validators, groups)?;
    for candidate in &mut candidates {
        candidate.start = candidate.validator.delegated;
        if candidate.validator.locks.is_refusing(input.now) {
            (candidate.cap, candidate.floor) = (0, 0);
        }
    }
    let tokens = add(input.idle, total / AHEAD_DIVISOR)?;
    let delegated: Vec<_> = validators.iter().map(|it| it.delegated).gather();
    let mut pools = Pool::of(tokens, groups.headroom(base, &delegated));
    allocate(&mut candidates, &mut pools)?;
    let unplaced = pools.first().map_or(0, |tokens| tokens.left);

    // Stable, so equal keys stay in the order of addresses. The level cannot saturate: `allocate`
    // has added it up.
    sort_by_key(&mut candidates, |c| {
        (
            c.to_floor == 0,
            c.validator.external.saturating_add(c.start),
        )
    });
    let slots: Vec<_> = candidates
        .iter()
        .map(|c| DepositSlot {
            index: c.index,
            tokens: c.given(),
        })
        .filter(|slot| slot.tokens > 0 && slot.tokens >= input.min_delegation)
        .take(input.max_slots)
        .gather();
    // Cannot saturate: the slots are parts of `tokens`, and so is `unplaced`.
    let listed = slots
        .iter()
        .fold(unplaced, |sum, slot| sum.saturating_add(slot.tokens));
    Ok(FillList {
        slots,
        left_out: tokens.saturating_sub(listed),
        unplaced,
    })
}
