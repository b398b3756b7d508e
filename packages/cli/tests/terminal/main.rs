//! What a person sees: whole outputs at 80 and 120 columns, as files in `golden/`.
//!
//! - no line is wider than the terminal, whatever the names and amounts
//! - names stand first, addresses are shortened unless `--full`, the longest tables cut at `--top`
//! - amounts are in the chain's unit, one thing is no plural, ratios have four digits
//! - a reader that stops reading ends the program without a word
//!
//! `UPDATE_GOLDEN=1 cargo test -p defenders-cli --test terminal` writes the files anew.

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod golden;
mod program;
mod shape;
