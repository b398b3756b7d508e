//! The model's rules, a file for each. One program: each would be linked with the whole of cw-multi-test.

// Whatever a test cannot do ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod blocks;
mod cancel_unbonding;
mod coming_from;
mod common;
mod conservation;
mod contract;
mod delegate;
mod faults;
mod infractions;
mod legacy_dec;
mod long_run;
mod own;
mod own_modules;
mod panics;
mod payouts;
mod queries;
mod raw_queries;
mod readme;
mod redelegate;
mod rewards;
mod slash;
mod slash_redelegation;
mod undelegate;
mod validator_set;
