//! Random histories: whatever happens in whatever order, the invariants hold after every block,
//! and in the end everyone gets out.

// A history that goes wrong must fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod action;
mod fairness;
mod history;
mod perform;
mod reach;
mod regression;
