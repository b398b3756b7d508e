#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod caps;
pub mod concentration;
pub mod eligibility;
pub mod error;
pub mod gather;
pub mod group;
mod math;
mod order;
pub mod plan;
pub mod policy;
pub mod rule;
pub mod validator;

pub use caps::{compute_capacity, compute_caps, compute_caps_by_name, compute_floor, Binding, Cap};
pub use concentration::{
    compute_concentration, compute_concentration_report, compute_effective_number, compute_gini,
    compute_hhi, compute_largest_share, compute_nakamoto, compute_nakamoto_at, compute_top_share,
    compute_top_third, compute_top_third_of, Comparison, Concentration, ConcentrationReport,
    Position, Stake,
};
pub use eligibility::{
    compute_exclusion, compute_review, compute_standing, compute_top_third_with_margins,
    BondStatus, ChainFacts, Eligibility, EligibilityPolicy, Exclusion, Facts, Listing, Review,
    ReviewMemory, TopThird, ABSENCE_GRACE, COMMISSION_RETURN_PERIOD, SIZE_MARGIN_PERCENT,
    SUSPECT_PERIOD, TOP_THIRD_MARGIN_PERCENT,
};
pub use error::{AllocationError, GroupError};
pub use gather::Gather;
pub use group::{Group, Groups};
pub use order::sort_by;
pub use plan::{
    compute_delegated_after, compute_plan, compute_plan_rows, ensure_harmless, LiveEntries, Move,
    MoveKind, Plan, PlanInput, PlanLimits, PlanRow, PlanRows, Reason, Refusal, Snapshot, Unmoved,
    WhyUnmoved, LEAST_REDELEGATION,
};
pub use policy::{
    compute_group_cap_in_force, compute_vault_share_cap_in_force, count_eligible_groups, Policy,
};
pub use rule::{
    compute_bindings, compute_dust_threshold_floor, compute_fill_list, compute_slopes,
    compute_targets, compute_targets_within, compute_withdrawal_order, DepositSlot, FillInput,
    FillList, Slope, Slopes, Targets, WithdrawalInput, WithdrawalOrder, WithdrawalPart,
};
pub use validator::{Departure, Limits, Locks, Standing, Validator, DEFAULT_MAX_ENTRIES};
