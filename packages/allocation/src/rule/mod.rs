//! The target rule and what is built on it: targets, what binds them, what more would bring, the fill list, and, upside
//! down, the withdrawal order.

pub mod bindings;
mod candidate;
pub mod fill_list;
pub mod slopes;
pub mod targets;
pub(crate) mod water;
pub mod withdrawal;

pub use bindings::compute_bindings;
pub use fill_list::{compute_fill_list, DepositSlot, FillInput, FillList};
pub use slopes::{compute_slopes, Slope, Slopes};
pub use targets::{compute_targets, compute_targets_within, Targets};
pub use withdrawal::{
    compute_dust_threshold_floor, compute_withdrawal_order, WithdrawalInput, WithdrawalOrder,
    WithdrawalPart,
};
