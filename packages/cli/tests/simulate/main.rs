//! The program from outside: its report, its arithmetic, its refusals.
//!
//! - the report has every field, the same seed gives the same bytes
//! - flows and concentration can be recomputed from what is printed
//! - the best is never below what became of it; what is idle, refused, jailed or left out has its reason
//! - a list, a policy and a table of days of one's own
//! - the picture and the page say what the report says, and names in them are text
//! - each scenario does what it says; epochs can be recomputed from the moves, and keep the budgets
//! - sets of any size and shape run, with no invariant violated
//! - wrong arguments and files end with status 2, a message that names the thing, and no output

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod picture;
mod program;
mod refusals;
mod report;
mod reports;
mod scenarios;
mod sets;
mod truth;
mod web_page;
mod wishes;
