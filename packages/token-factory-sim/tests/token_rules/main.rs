//! The model's rules, a file for each. One program: each would be linked with the whole of cw-multi-test.

// Whatever a test cannot do ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
mod created_denoms;
mod denom_admin;
mod denom_metadata;
mod mint_and_burn;
