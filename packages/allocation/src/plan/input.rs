//! What a plan is made from.

use crate::{
    caps::compute_caps, error::AllocationError, group::Groups, policy::Policy,
    rule::compute_targets, validator::Validator,
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

/// What one call may do. Budgets are what is left of them in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanLimits {
    /// Tokens that may still move toward targets.
    pub quality_budget: u128,
    /// Tokens that may still leave validators, or a cap or group cap that is exceeded.
    pub emergency_budget: u128,
    /// M: most moves.
    pub max_moves: usize,
    /// No move is smaller, leaving a validator aside. 0 and 1 are the same.
    pub min_move: u128,
    /// Who is nearer to its target stays where it is, leaving aside.
    pub dead_band: u128,
    /// Live entries that the chain allows, see [`crate::DEFAULT_MAX_ENTRIES`].
    pub max_entries: u32,
}

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// T: what group caps are shares of, in tokens.
    pub total: u128,
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

/// The rows of a plan by the target rule: see [`compute_caps`] and [`compute_targets`].
pub fn compute_plan_rows(
    total: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: Vec<Validator>,
    groups: &Groups,
) -> Result<PlanRows, AllocationError> {
    let caps = compute_caps(total, total_bonded, policy, &validators)?;
    let targets = compute_targets(total, total_bonded, policy, &validators, groups)?;
    let rows = validators.into_iter().zip(caps.iter().zip(targets.tokens));
    Ok(PlanRows {
        rows: rows
            .map(|(validator, (cap, target))| PlanRow {
                validator,
                target,
                cap: cap.tokens,
            })
            .collect(),
        unplaced: targets.unplaced,
    })
}
