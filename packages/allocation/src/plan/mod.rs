//! The plan: which stake moves where, from what the vault has on validators now toward their
//! targets.

mod balance;
mod budgets;
mod compute;
mod draft;
mod entries;
mod guard;
mod input;
mod last_place;
mod moves;
mod pairing;
mod passes;
mod plan_draft;
mod shares;
mod unmoved;

pub use compute::{compute_plan, Plan};
pub use guard::{ensure_harmless, Refusal};
pub use input::{
    compute_plan_rows, LiveEntries, PlanInput, PlanLimits, PlanRow, PlanRows, Snapshot,
    LEAST_REDELEGATION,
};
pub use moves::{compute_delegated_after, Move, MoveKind, Reason};
pub use unmoved::{Unmoved, WhyUnmoved};
