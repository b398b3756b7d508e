#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod binding;
pub mod caps;
pub mod concentration;
pub mod eligibility;
pub mod error;
pub mod fill;
pub mod group;
pub mod line;
mod math;
mod order;
pub mod plan;
pub mod policy;
mod rule;
pub mod seat;
pub mod shave;
pub mod target;
mod water;

pub use binding::{compute_bindings, Binding};
pub use caps::{compute_capacity, compute_caps, compute_floor, Cap};
pub use concentration::{
    compute_concentration, compute_concentration_report, compute_effective_number, compute_gini,
    compute_hhi, compute_largest_share, compute_nakamoto, compute_nakamoto_at, compute_top_share,
    compute_top_third, compute_top_third_of, Comparison, Concentration, ConcentrationReport,
    Position, Stake,
};
pub use eligibility::{
    compute_review, BondStatus, ChainFacts, EligibilityPolicy, Exclusion, Facts, Listing, Review,
    Standing, COMMISSION_RETURN_PERIOD,
};
pub use error::{AllocationError, GroupError};
pub use fill::{compute_fill_list, FillInput, FillList, Room};
pub use group::{Group, Groups};
pub use line::{compute_lines, Line, LINE_MARGIN_PERCENT, SIZE_MARGIN_PERCENT};
pub use plan::{
    compute_held_after, compute_plan, ensure_harmless, Cause, Departure, Hold, Limits, LiveEntries,
    Move, MoveKind, Plan, PlanInput, PlanSeat, Reason, Refusal, Stance, DEFAULT_MAX_ENTRIES,
};
pub use policy::{
    compute_group_cap_in_force, compute_vault_share_cap_in_force, count_eligible_groups, Policy,
};
pub use seat::Seat;
pub use shave::{compute_shave, Shave, ShavePart, ShaveSeat};
pub use target::{compute_targets, Targets};
