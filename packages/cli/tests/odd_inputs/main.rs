//! Files that people really have in the place of those that are asked for.
//!
//! - what is unambiguous is read
//! - everything else ends with status 2, and says what it looks like and what to give instead
//! - no input ends in a panic

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod others;
mod program;
mod tables;
