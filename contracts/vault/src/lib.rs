#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod bounds;
pub mod call;
pub mod chain;
pub mod contract;
pub mod error;
pub mod event;
pub mod execute;
mod exit_delay;
pub mod fill_list;
mod funds;
pub mod governance;
pub mod instantiate;
pub mod jobs;
pub mod messages;
pub mod migrate;
pub mod moves;
pub mod query;
pub mod role;
pub mod self_limit;
pub mod shares;
pub mod state;
pub mod store;
pub mod validators;
