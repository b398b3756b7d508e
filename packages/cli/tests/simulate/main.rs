//! The program from outside: its report, its arithmetic, its refusals.
//!
//! - the report has every field, the same seed gives the same bytes
//! - flows and concentration can be recomputed from what is printed
//! - the best is never below what became of it; what is idle, refused, jailed or left out has its reason
//! - a list, a policy and a table of days of one's own
//! - the picture says what the report says
//! - sets of any size and shape run, with no invariant violated
//! - wrong arguments and files end with status 2, a message that names the thing, and no output

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod picture;
mod program;
mod refusals;
mod report;
mod reports;
mod sets;
mod truth;
mod wishes;
