#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod book;
pub mod contract;
pub mod error;
pub mod event;
pub mod execute;
pub mod instantiate;
pub mod jobs;
pub mod key;
pub mod ledger;
pub mod messages;
pub mod migrate;
pub mod packed;
pub mod placement;
pub mod power;
pub mod query;
pub mod registry;
pub mod reply;
pub mod role;
pub mod roster;
pub mod self_limit;
pub mod staking;
pub mod state;
pub mod store;
pub mod token;
