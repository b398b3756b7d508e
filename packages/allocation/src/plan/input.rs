//! What a plan is made from.

use crate::gather::Gather;
use crate::{
    caps::{compute_caps, compute_caps_without_own_max},
    error::AllocationError,
    group::Groups,
    policy::Policy,
    rule::compute_targets_within,
    validator::Validator,
};

/// A validator with what the rule wants for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanRow {
    /// The validator, with what the vault has on it.
    pub validator: Validator,
    /// t_i, in tokens. Counts for the eligible only.
    pub target: u128,
    /// u_i, in tokens.
    pub cap: u128,
    /// u_i without the operator's own maximum, in tokens. What is above it is above a cap; what is only
    /// above the own maximum leaves on the quality budget.
    pub cap_without_own_max: u128,
}

/// Live redelegation entries of the vault from one validator to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveEntries {
    /// Index of the source among the rows.
    pub source: usize,
    /// Index of the destination among the rows.
    pub destination: usize,
    /// How many.
    pub entries: u32,
}

/// After a slash the shares of a single unit may be worth nothing, which x/staking refuses to redelegate and
/// takes as an undelegation.
pub const LEAST_REDELEGATION: u128 = 2;

/// What one call may do. Budgets are what is left of them in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanLimits {
    /// Tokens that may still move toward targets, or below operators' own maxima.
    pub quality_budget: u128,
    /// Tokens that may still leave validators, or a cap or group cap that is exceeded.
    pub emergency_budget: u128,
    /// How many of these for what the owner can bring about: all but who is tombstoned, jailed or
    /// unbonded. It pays beside the emergency budget: such moves need both.
    pub owner_budget: u128,
    /// M: most moves.
    pub max_moves: usize,
    /// No move is smaller, leaving a validator aside. 0 and 1 are the same.
    pub min_move: u128,
    /// No redelegation is smaller, leaving a validator included: the chain may refuse one. What is left of a
    /// source below it can be undelegated only. 0 and 1 are the same; see [`LEAST_REDELEGATION`].
    pub least_redelegation: u128,
    /// Who is nearer to its target stays where it is, leaving aside.
    pub dead_band: u128,
    /// Live entries that the chain allows, see [`crate::DEFAULT_MAX_ENTRIES`].
    pub max_entries: u32,
}

/// What the readings behind the rows are worth, and so what may move by them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Snapshot {
    /// They are believed: everything may move.
    #[default]
    Trusted,
    /// So many fail at once that they may be wrong. What the chain or the owner states leaves, whose
    /// listing is over too; nothing else moves.
    Suspect,
    /// Too old: nobody is known to be fit to take stake. What the chain or the owner states leaves by
    /// undelegation; nothing else moves.
    Stale,
}

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// W: what group caps are shares of, in tokens. What the rows do not hold of it is idle or unbonding
    /// and will be delegated again.
    pub base: u128,
    /// Whether the readings behind the rows are believed.
    pub snapshot: Snapshot,
    /// All validators on which the vault has stake or wants some, with target and cap. The plan
    /// does not look at refusals (`retry_at`).
    pub rows: &'a [PlanRow],
    /// Groups of validators, with their caps as in force.
    pub groups: &'a Groups,
    /// Live redelegation entries; a pair named twice has the sum.
    pub live: &'a [LiveEntries],
    /// The time until which redelegations have completed for sure, in the unit of the locks. The
    /// chain lifts a lock at the end of the first block that reaches its completion: this is the
    /// time of the block before the present one.
    pub now: u64,
    /// Budgets and bounds.
    pub limits: PlanLimits,
}

/// What the rule wants for a list of validators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRows {
    /// In the order of the validators given.
    pub rows: Vec<PlanRow>,
    /// What the caps leave no place for.
    pub unplaced: u128,
}

/// The rows of a plan by the target rule: see [`compute_caps`] and [`crate::compute_targets`].
pub fn compute_plan_rows(
    total: u128,
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: Vec<Validator>,
    groups: &Groups,
) -> Result<PlanRows, AllocationError> {
    let caps = compute_caps(base, total_bonded, policy, &validators)?;
    let without = compute_caps_without_own_max(&caps, base, total_bonded, policy, &validators)?;
    let targets = compute_targets_within(total, base, &caps, policy, &validators, groups)?;
    let caps = caps.into_iter().zip(without);
    let rows = validators.into_iter().zip(caps.zip(targets.tokens));
    Ok(PlanRows {
        rows: rows
            .map(|(validator, ((cap, without), target))| PlanRow {
                validator,
                target,
                cap: cap.tokens,
                cap_without_own_max: without,
            })
            .gather(),
        unplaced: targets.unplaced,
    })
}
