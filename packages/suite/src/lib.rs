#![doc = include_str!("../README.md")]
// Whatever goes wrong here must fail the test that runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod builder;
mod calls;
pub mod chain;
pub mod choice;
pub mod deployment;
pub mod event;
pub mod governor;
pub mod invariants;
pub mod keeper;
mod leaving;
pub mod messages;
mod planned;
pub mod reader;
pub mod share;
pub mod sim;
pub mod snapshot;
pub mod suite;
pub mod trials;
pub mod units;
pub mod wasmd;

pub use builder::SuiteBuilder;
pub use chain::{ChainView, Outcome, RawQueries, Refusal, Refused, TestChain, Tx, TxResult};
pub use deployment::Deployment;
pub use event::{amount, by_key, event, number, text, value};
pub use reader::Reader;
pub use suite::Suite;
pub use units::{BLOCK, DAY, DENOM, HOUR, TOKEN, UNBONDING_TIME, json};
