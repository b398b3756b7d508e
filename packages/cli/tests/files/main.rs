//! The commands that work on files, from outside.
//!
//! - the worked examples of the README are what the program prints
//! - amounts and shares are exact far beyond 64 bits
//! - concentration can be recomputed, and its deposit stands where `targets` puts it
//! - errors and warnings are JSON with `--json`
//! - whatever is not as specified ends with status 2, a message that names file and place, and
//!   nothing on standard output

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod concentration;
mod concentration_refusals;
mod concentration_text;
mod metrics;
mod notices;
mod plan;
mod program;
mod readme;
mod sets;
mod targets;
mod targets_refusals;
