//! The allocation against its naive twins, which move one unit at a time, against brute force, and
//! against the numbered invariants of the README.

// Tests may fail loudly and index freely.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod caps;
mod caps_by_name;
mod concentration;
mod concentration_report;
mod eligibility;
mod equality;
mod exclusion;
mod fill;
mod groups;
mod large;
mod naive;
mod optimal;
mod plan;
mod real_size;
mod second;
mod slopes;
mod strategy;
mod suspect;
mod targets;
mod top_third;
mod withdrawal;
